// An error thrown in compiled code, mapped back, is where the source has it: in holes, handlers, keys and loaders.
import { SourceMap } from 'node:module'
import { transformWithOxc } from 'vite'
import { describe, expect, it } from 'vitest'
import { compileModule } from './module.ts'

const code = `// 🎉 astral, to count as two units
import { useState } from 'layer9/components'

type Props = { rows: { id: string }[] }

export function Table({ rows }: Props) {
  const [open, setOpen] = useState<boolean>(false)
  return (
    <table class={classOf(open)} {...spreadOf(rows)}>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)} onClick={() => { setOpen(handlerOf(row)) }}>
            <td title="static">
              {textOf(row)} <b>static</b> {tailOf(row)}
            </td>
            <Cell of={propOf(row)} {...restOf(row)}>{childOf(row)}<select value={chosenOf(row)}>{optionsOf(row)}</select></Cell>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
`

const markers = [...code.matchAll(/\w+Of(?=\()/g)].map(([name]) => name)

/** Line and column, from 1, of a word. */
function position(text: string, word: string): { line: number; column: number } {
  const before = text.slice(0, text.indexOf(`${word}(`)).split('\n')
  return { line: before.length, column: before.at(-1)!.length + 1 }
}

function origin(map: object, at: { line: number; column: number }): { line: number; column: number } {
  // A map as JSON is what the constructor takes; its type in @types/node wants more fields than maps have.
  const entry = new SourceMap(map as never).findOrigin(at.line, at.column)
  return 'lineNumber' in entry ? { line: entry.lineNumber, column: entry.columnNumber } : { line: 0, column: 0 }
}

describe.each(['browser', 'server'] as const)('the source map for the %s', (side) => {
  const file = 'app/components/Table.tsx'
  const compiled = compileModule(code, { file, side, dev: side === 'browser', route: false })

  it('names the module and holds its source', () => {
    expect(compiled.map).toMatchObject({ sources: [file], sourcesContent: [code] })
  })

  it.each(markers)('leads from %s to its place', (word) => {
    expect(origin(compiled.map!, position(compiled.code, word))).toEqual(position(code, word))
  })

  it.each(markers)('still leads from %s to its place once the types are gone', async (word) => {
    const plain = await transformWithOxc(
      compiled.code,
      file.replace('.tsx', '.ts'),
      { lang: 'ts', sourcemap: true },
      compiled.map!,
    )
    expect(origin(plain.map, position(plain.code, word))).toEqual(position(code, word))
  })
})
