// A case is a folder: what goes in, what comes out for each side, and the markup that the server then writes.
import { readdirSync, readFileSync } from 'node:fs'
import { transformWithOxc } from 'vite'
import { describe, expect, it } from 'vitest'
import { evaluate } from '../fixtures/evaluate.ts'
import * as components from '../index.ts'
import * as runtime from '../jsx-runtime.ts'
import * as server from '../server.ts'
import { compileModule } from './module.ts'

const folder = new URL('../fixtures/', import.meta.url)
const cases = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
const modules = {
  'layer9/components': components,
  'layer9/components/server': server,
  'layer9/jsx-runtime': runtime,
}

/** The markup of a fixture's component as a root, which is what the browser adopts. */
function render(code: string): string {
  const { default: Case, props } = evaluate(code, modules)
  server.name(server.live(Case), 'app/components/fixture.tsx', 'default')
  const renderer = server.createRenderer({ dev: true })
  return renderer.render(server.component(Case as never, props))
}

/** Markup as a parser reads it: no case in names, and no line break right behind `<pre>`. */
function asRead(html: string): string {
  return html
    .replaceAll(/ (?:tabIndex|contentEditable)=/g, (name) => name.toLowerCase())
    .replace(/(<pre[^>]*>)\n/g, '$1')
}

describe.each(cases.map(({ name }) => name))('fixture %s', (name) => {
  const code = readFileSync(new URL(`${name}/input.tsx`, folder), 'utf8')
  const route = name === 'route'
  const file = route ? `app/routes/${name}.tsx` : `app/components/${name}.tsx`
  const path = (output: string) => new URL(`${name}/${output}`, folder).pathname
  const compile = (side: 'browser' | 'server') => compileModule(code, { file, side, dev: false, route }).code

  it.each(['browser', 'server'] as const)('compiles for the %s as written down', async (side) => {
    await expect(compile(side)).toMatchFileSnapshot(path(`${side}.js`))
  })

  it('gives JavaScript once the types are gone', async () => {
    for (const side of ['browser', 'server'] as const) {
      await expect(transformWithOxc(compile(side), 'fixture.ts', { lang: 'ts' })).resolves.toHaveProperty('code')
    }
  })

  it.runIf(code.includes('export const props'))('is written by the server as uncompiled JSX is', async () => {
    const uncompiled = await transformWithOxc(code, 'fixture.tsx', {
      jsx: { runtime: 'automatic', importSource: 'layer9', development: false },
    })
    const html = render(compile('server'))
    expect(asRead(html)).toBe(asRead(render(uncompiled.code)))
    await expect(html).toMatchFileSnapshot(path('output.html'))
  })
})
