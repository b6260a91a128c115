import { describe, expect, it } from 'vitest'
import { compileModule } from './module.ts'

const compile = (code: string, side: 'browser' | 'server' = 'browser', route = false) =>
  compileModule(code, { file: 'app/components/x.tsx', side, dev: true, route }).code

/** The registrations: id and signature. */
function registered(code: string): Record<string, string> {
  const calls = compile(code).matchAll(/_\$hot\((\w+), '([^']+)', '((?:[^'\\]|\\.)*)'\)/g)
  return Object.fromEntries([...calls].map(([, local, id, signature]) => [`${local} ${id}`, signature!]))
}

describe('hot replacement', () => {
  it('registers every component with its module, name and hooks', () => {
    const code = `
      export function A() { const [a] = useState(0); useEffect(() => {}); return <b /> }
      const B = memo(() => { useRef<number>( null ); return <b /> })
      export default () => <b />
      const row = () => <b />
    `
    expect(registered(code)).toEqual({
      'A app/components/x.tsx#A': 'useState(0) useEffect',
      'B app/components/x.tsx#B': 'useRef(null)',
      '__l9_default app/components/x.tsx#default': '',
    })
  })

  it.each([
    ['another first value', 'useState(0)', 'useState(1)'],
    ['another order', 'useState(0); useEffect(f)', 'useEffect(f); useState(0)'],
    ['one hook more', 'useState(0)', 'useState(0); useState(0)'],
    ['another start of a reducer', 'useReducer(f, 1)', 'useReducer(f, 2)'],
  ])('tells %s', (_, one, other) => {
    const signature = (hooks: string) => Object.values(registered(`export function A() { ${hooks}; return <b /> }`))[0]
    expect(signature(one)).not.toBe(signature(other))
  })

  it('keeps the signature when only markup, handlers or effects change', () => {
    const signature = (rest: string) => registered(`export function A() { useState( {a:1} ); ${rest} }`)
    expect(signature('useEffect(f); return <b />')).toEqual(
      signature('useEffect(() => g()); return <i onClick={h}>x</i>'),
    )
  })

  it('counts the hooks of a custom hook of the same module', () => {
    const signature = (first: number) =>
      registered(`const useA = () => useState(${first})\nexport const A = () => { useA(); return <b /> }`)
    expect(signature(1)).toEqual({ 'A app/components/x.tsx#A': 'useA{useState(1)}' })
    expect(signature(1)).not.toEqual(signature(2))
  })

  it.each([
    ['only components', 'export const A = () => <b />\nexport default function B() { return <b /> }', true],
    ['types beside them', 'export const A = () => <b />\nexport type T = 1\nexport interface U {}', true],
    ['a constant too', 'export const A = () => <b />\nexport const size = 1', false],
    ['a hook too', 'export const A = () => <b />\nexport const useA = () => useState(0)', false],
    ['everything of another module', "export const A = () => <b />\nexport * from './b'", false],
    ['something of another module', "export const A = () => <b />\nexport { b } from './b'", false],
  ])('is accepted by a module that exports %s', (_, code, accepts) => {
    expect(compile(code).includes('import.meta.hot.accept()')).toBe(accepts)
  })

  it('is accepted by a route whose other exports are cut', () => {
    const code = 'export const loader = () => 1\nexport default function Page() { useState(0); return <b /> }'
    expect(compile(code, 'browser', true)).toContain('import.meta.hot.accept()')
  })

  it('concerns the browser in development alone', () => {
    const code = 'export const A = () => { useState(0); return <b /> }'
    expect(compile(code, 'server')).not.toContain('hot')
    const built = compileModule(code, { file: 'x.tsx', side: 'browser', dev: false, route: false }).code
    expect(built).not.toContain('hot')
  })
})
