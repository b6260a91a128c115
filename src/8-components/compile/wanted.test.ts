import { transformWithOxc } from 'vite'
import { describe, expect, it } from 'vitest'
import { evaluate } from '../fixtures/evaluate.ts'
import * as components from '../index.ts'
import { wantedOf } from '../mark.ts'
import * as server from '../server.ts'
import { compileModule } from './module.ts'

/** What of its props a component X takes, as the server knows it. */
async function wanted(code: string): Promise<unknown> {
  const whole = `import { memo, useState } from 'layer9/components'\n${code}\nexport const props = [X]`
  const compiled = compileModule(whole, { file: 'app/components/x.tsx', side: 'server', dev: false, route: false })
  const plain = await transformWithOxc(compiled.code, 'x.ts', { lang: 'ts' })
  const { props } = evaluate(plain.code, {
    'layer9/components': components,
    'layer9/components/server': server as never,
  })
  return wantedOf((props as unknown as [() => null])[0])
}

const live = (parameter: string, body = '') => `function X(${parameter}) { useState(0); ${body} return <b /> }`

describe('the props that a live component takes', () => {
  it.each<[string, unknown]>([
    ['{ a, b: c }', { a: 1, b: 1 }],
    ['{ user: { id, name } }', { user: { id: 1, name: 1 } }],
    ['{ user: { address: { city } }, open }', { user: { address: { city: 1 } }, open: 1 }],
    ["{ 'data-id': id, 0: first }", { 'data-id': 1, 0: 1 }],
    ['{ a = 1, user: { id = a } = {} }', { a: 1, user: { id: 1 } }],
    ['{ list: [first] }', { list: 1 }],
    ['{ user, user: { id } }', { user: 1 }],
    ['{ user: { id, ...rest } }', { user: 1 }],
    ['{ user: { [key]: value } }', { user: 1 }],
    ['{ user: { id } }: { user: { id: string } }', { user: { id: 1 } }],
    ['{ a } = {}', { a: 1 }],
    ['{}', {}],
    ['', undefined],
    ['props', undefined],
    ['{ a, ...rest }', undefined],
    ['{ [key]: a }', undefined],
    ['{ __proto__: a }', undefined],
  ])('(%s)', async (parameter, expected) => {
    expect(await wanted(live(parameter))).toEqual(expected)
  })

  it('are all where `arguments` may be read', async () => {
    expect(await wanted(live('{ a }', 'arguments[0];'))).toBeUndefined()
    expect(await wanted(live('{ a }', '(() => arguments)();'))).toBeUndefined()
  })

  it('are those of what a memo holds, unless the memo compares others', async () => {
    const inner = 'function Inner({ a }) { useState(0); return <b>{a}</b> }'
    expect(await wanted(`${inner}\nconst X = memo(Inner)`)).toEqual({ a: 1 })
    expect(await wanted(`${inner}\nconst X = memo(Inner, (old, now) => old.b === now.b)`)).toBeUndefined()
  })

  it('are all of a wrapper that hands them on', async () => {
    const code = 'const wrap = (Inner) => (props) => { useState(0); return <Inner {...props} /> }'
    expect(await wanted(`${code}\nconst X = wrap(({ a }) => <b>{a}</b>)`)).toBeUndefined()
  })
})
