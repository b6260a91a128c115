import { transformWithOxc } from 'vite'
import { describe, expect, it } from 'vitest'
import { evaluate } from '../fixtures/evaluate.ts'
import * as components from '../index.ts'
import * as server from '../server.ts'
import { compileModule } from './module.ts'

/** Runs a module as the server would, and gives `seen`: what the module put on that list. */
async function run(code: string): Promise<((props: object) => unknown)[]> {
  const file = 'app/components/x.tsx'
  const compiled = compileModule(`export const seen = []\n${code}`, { file, side: 'server', dev: true, route: false })
  const plain = await transformWithOxc(compiled.code, 'x.ts', { lang: 'ts' })
  const modules = { 'layer9/components': components, 'layer9/components/server': server }
  // The fixture's exports are typed for cases; here the one export is the list.
  return evaluate(plain.code, modules)['seen' as 'props'] as unknown as ((props: object) => unknown)[]
}

const marks = async (code: string) => (await run(code)).map((one) => server.isLive(one as never))
const names = async (code: string) => (await run(code)).map((one) => server.nameOf(one as never)?.name)

describe('marks on the server', () => {
  it.each([
    ['a declaration', 'function X() { return <b onClick={f} /> }'],
    ['a constant', 'const X = () => <b onClick={f} />'],
    ['a constant without a line break behind it', 'const X = () => <b onClick={f} />; const Y = 1'],
    ['a function expression', 'const X = function () { return <b ref={f} /> }'],
    ['one of two constants', 'const Y = 1, X = (() => <b onClick={f} />) as never'],
    ['a memo', "const X = memo(() => <b onClick={f} />)\nimport { memo } from 'layer9/components'"],
    ['a wrapper', 'const wrap = (C) => (p) => <C onClick={f} {...p} />\nconst X = wrap(1)'],
    [
      'a wrapper in a block',
      'function wrap(C) { const Wrapped = (p) => <C onClick={f} />; return Wrapped }\nconst X = wrap(1)',
    ],
    [
      'a declaration in a function',
      "function wrap() { 'use strict'; return X; function X() { return <b onClick={f} /> } }\nconst X = wrap()",
    ],
    ['an entry of an object', 'const { X } = { X: () => <b onClick={f} /> }'],
    ['a choice', 'const X = 1 ? () => <b onClick={f} /> : null'],
  ])('%s', async (_, code) => {
    expect(await marks(`const f = () => {}\n${code}\nseen.push(X)`)).toEqual([true])
  })

  it('not a plain component, nor the one around a live one', async () => {
    const code =
      'const X = () => <b />\nfunction Y() { const Z = () => <b onClick={1} />; seen.push(Z); return <Z /> }\nY()\nseen.push(X, Y)'
    expect(await marks(code)).toEqual([true, false, false])
  })

  it('keep the name of the function, for messages', async () => {
    const code = 'const X = () => <b onClick={1} />\nfunction Y() { return <b onClick={1} /> }\nseen.push(X, Y)'
    expect((await run(code)).map(({ name }) => name)).toEqual(['X', 'Y'])
  })
})

describe('names on the server', () => {
  it('are those of the bindings, and of the module', async () => {
    const code =
      'const X = () => <b onClick={1} />\nfunction Y() { return <b ref={1} /> }\nconst Z = () => <b />\nseen.push(X, Y, Z)'
    expect(await names(code)).toEqual(['X', 'Y', undefined])
    const [x] = await run(code)
    expect(server.nameOf(x as never)).toEqual({ module: 'app/components/x.tsx', name: 'X' })
  })

  it('stay with the binding that came first', async () => {
    expect(await names('const X = () => <b onClick={1} />\nconst Y = X\nseen.push(Y)')).toEqual(['X'])
  })
})
