import { describe, expect, it } from 'vitest'
import { findComponentAt, findComponentNamed } from './find-component.ts'

const file = 'app/components/x.tsx'
const code = `import { memo, useState } from 'layer9/components'
const icon = <svg />
export function Plain({ names }) {
  return <ul>{names.map((name) => <li>{name}</li>)}</ul>
}
export const Live = memo(function Inner() {
  const [on, set] = useState(false)
  const Nested = () => <i>nested</i>
  return <b>{on}<Nested /></b>
})
export default () => <button onClick={() => 0}>x</button>
`

/** The component of a place, given by the text that begins there. */
function at(text: string) {
  const before = code.slice(0, code.indexOf(text)).split('\n')
  return findComponentAt(code, file, { line: before.length, column: before.at(-1)!.length + 1 })
}

describe('findComponentAt', () => {
  it('finds a plain component, through the functions in it', () => {
    expect(at('<li>')).toEqual({ name: 'Plain', mark: 'plain', line: 3, column: 8, names: [] })
  })

  it('finds a live one with its reason and the name that documents have for it', () => {
    expect(at('<b>')).toMatchObject({ name: 'Inner', mark: 'live', line: 6, names: ['Live'] })
    expect(at('<b>')?.reason).toEqual({ kind: 'hook', name: 'useState', line: 7, column: 21 })
    expect(at('<button')).toMatchObject({ name: 'default', names: ['default'], reason: { name: 'onClick' } })
  })

  it('knows it by the bindings that are made of it, too', () => {
    const rows = `import { memo, useState } from 'layer9/components'
function Row() {
  return <b>{useState(0)}</b>
}
export const CalmRow = memo(memo(Row))
export default CalmRow
`
    expect(findComponentAt(rows, file, { line: 3, column: 10 })?.names).toEqual(['Row', 'default'])
    expect(findComponentNamed(rows, file, 'default')).toMatchObject({ name: 'Row', line: 2 })
  })

  it('finds the inner one of two', () => {
    expect(at('<i>')).toMatchObject({ name: 'Nested', mark: 'plain' })
  })

  it('finds none for what is in none', () => {
    expect(at('<svg')).toBe(undefined)
    expect(findComponentAt(code, file, { line: 99, column: 1 })).toBe(undefined)
  })

  it('refuses what is no module', () => {
    expect(() => findComponentAt('<', file, { line: 1, column: 1 })).toThrow(
      expect.objectContaining({ code: 'JSX_SYNTAX' }),
    )
  })
})

describe('findComponentNamed', () => {
  it('finds what a document starts', () => {
    expect(findComponentNamed(code, file, 'Live')).toMatchObject({ name: 'Inner', reason: { line: 7 } })
    expect(findComponentNamed(code, file, 'default')).toMatchObject({ name: 'default', line: 11 })
    expect(findComponentNamed(code, file, 'Plain')).toBe(undefined)
  })
})
