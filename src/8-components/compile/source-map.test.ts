// A position in compiled code, mapped back, is where the source has it: in holes, handlers, keys, and in real stacks.
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

/** Line and column, from 1, of a call. */
function position(text: string, call: string): { line: number; column: number } {
  const before = text.slice(0, text.indexOf(`${call}(`)).split('\n')
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
    expect(origin(plain.map!, position(plain.code, word))).toEqual(position(code, word))
  })
})

const throwing = `import { useState, type Child } from 'layer9/components'
export const handlers: (() => void)[] = []
const keep = (handler: () => void) => { handlers.push(handler); return handler }
export default function Case({ fail }: { fail?: boolean }): Child {
  return (
    <main>
      <button onClick={keep(() => { throw new Error('handler') })}>
        static text, then <b title={'x'}>{fail ? (() => { throw new Error('hole') })() : null}</b>
      </button>
    </main>
  )
}
`

/** Where the source makes an error. */
const thrower = (message: string) => {
  const before = throwing.slice(0, throwing.indexOf(`new Error('${message}')`)).split('\n')
  return { line: before.length, column: before.at(-1)!.length + 1 }
}

/** Runs a module as Node would load it, with the framework's own sources. */
async function run(side: 'browser' | 'server') {
  const file = 'app/components/Case.tsx'
  const compiled = compileModule(throwing, { file, side, dev: false, route: false })
  const plain = await transformWithOxc(compiled.code, 'Case.ts', { lang: 'ts', sourcemap: true }, compiled.map!)
  const door = new URL(`../${side}.ts`, import.meta.url).href
  const code = plain.code
    .replace(`'layer9/components/${side}'`, JSON.stringify(door))
    .replace(`"layer9/components/${side}"`, JSON.stringify(door))
    .replace(/import \{[^}]*\} from "layer9\/components";/, '')
  const module = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`)
  return { module, map: plain.map! }
}

/** Where the topmost frame of an error is in the source. */
function thrownAt(throws: () => void, map: object): { message: string; line: number; column: number } {
  try {
    throws()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const [, line, column] = /:(\d+):(\d+)\)?$/m.exec(error.stack!.split('\n')[1]!)!
    return { message: error.message, ...origin(map, { line: Number(line), column: Number(column) }) }
  }
  throw new Error('nothing was thrown')
}

describe.each(['browser', 'server'] as const)('an error thrown on the %s', (side) => {
  it('in a hole leads to its line and column', async () => {
    const { module, map } = await run(side)
    expect(thrownAt(() => module.default({ fail: true }), map)).toEqual({ message: 'hole', ...thrower('hole') })
  })

  it('in a handler leads to its line and column', async () => {
    const { module, map } = await run(side)
    module.default({})
    expect(thrownAt(module.handlers[0], map)).toEqual({ message: 'handler', ...thrower('handler') })
  })
})
