import { describe, expect, it } from 'vitest'
import { compileModule } from './module.ts'

const compile = (code: string, file = 'app/components/theme.tsx') =>
  (['server', 'browser'] as const).map((side) => {
    const imported = `import { createContext as make } from 'layer9/components'\n`
    return compileModule(imported + code, { file, side, dev: false, route: false }).code
  })

describe('a context at the top of a module', () => {
  it.each([
    ["export const Theme = make('light')", "make('light', undefined, 'app/components/theme.tsx#Theme')"],
    ["const Theme = make<'a' | 'b'>('a',)", "make<'a' | 'b'>('a', undefined, 'app/components/theme.tsx#Theme',)"],
    ['const A = make({ a: 1 }, { travels: true })', "{ travels: true }, 'app/components/theme.tsx#A')"],
    ['const A = make()', "make(undefined, undefined, 'app/components/theme.tsx#A')"],
    ['const A = make(<b />)', "[]), undefined, 'app/components/theme.tsx#A')"],
    ["export default make('light')", "make('light', undefined, 'app/components/theme.tsx#default')"],
  ])('has one id on both sides: %s', (code, expected) => {
    const [server, browser] = compile(code)
    expect(browser).toContain(expected)
    expect(server).toContain(expected.replace('[]), ', '), '))
  })

  it('has one in a module without JSX, whose syntax is that of TypeScript', () => {
    const code = 'export const Size = make<number>(<number>(1 as unknown))\nexport const same = <T>(value: T) => value'
    for (const compiled of compile(code, 'app/components/size.ts'))
      expect(compiled).toContain("make<number>(<number>(1 as unknown), undefined, 'app/components/size.ts#Size')")
  })

  it('is dropped by a bundler where nobody uses it', () => {
    expect(compile("export const Theme = make('light')")[1]).toContain('/*#__PURE__*/ make(')
  })
})
