// The compiler in Vite's own build: what is in the bundle, and above all what is not.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { build, createServer, type Plugin, type Rolldown, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apiPlugin } from '../../6-api/build.ts'
import { jsxPlugin } from './plugin.ts'

const files: Record<string, string> = {
  'app/routes/index.tsx': `
    import './page.css'
    import { posts } from '~/services/posts'
    import { Like, Unused } from '~/components/Like'
    import { createPost } from '~/api/posts'
    export const loader = () => posts('LOADER-SECRET')
    export default function Page({ data }) { return <main class="PLAIN-PAGE">{data}<Like /><Unused /></main> }
    export function Live() { useState(createPost); return <Like label="from live" /> }
    import { useState } from 'layer9/components'
  `,
  'app/routes/page.css': 'main { color: red }',
  'app/components/Like.tsx': `
    import { memo, useState } from 'layer9/components'
    export type Props = { label?: string }
    export function Like({ label }: Props) { const [n, set] = useState<number>(0); return <button onClick={() => set(n + 1)}>{label ?? 'LIKE'} {n}</button> }
    export const Unused = () => <p class="UNUSED-PLAIN">unused</p>
    export const UnusedMemo = memo(() => <p class="UNUSED-MEMO">unused</p>)
    const hidden = <p class="UNUSED-ELEMENT" />
  `,
  'app/services/posts.ts': "export const posts = (secret: string) => 'SERVICE-SECRET' + secret",
  'app/api/posts.ts': `
    import { action } from 'layer9/api'
    import { posts } from '../services/posts'
    export const createPost = action({ handler: () => posts('API-SECRET') })
  `,
  'app/throws.tsx':
    'type Props = { a: string }\n\nexport const X = (p: Props) => <b title="x">\n  static {boom(p)}\n</b>\nconst boom = (_: Props) => { throw new Error("boom") }\nX({ a: "" })',
  'app/broken.tsx': 'export const X = () =>\n  <p><div /></p>',
}

let root = ''

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'layer9-compile-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
})

afterAll(() => rmSync(root, { recursive: true }))

/** Resolves `layer9/…` to the sources, `~/` to the app. */
function doors(): Plugin {
  const source = new URL('../../', import.meta.url).pathname
  const layers: Record<string, string> = { api: '6-api', components: '8-components', state: '7-state' }
  return {
    name: 'doors',
    enforce: 'pre',
    async resolveId(id, importer) {
      if (id.startsWith('~/')) return await this.resolve(join(root, 'app', id.slice(2)), importer)
      const [, layer, door = 'index'] = /^layer9\/(\w+)(?:\/(\w+))?$/.exec(id) ?? []
      return layer ? { id: join(source, layers[layer]!, `${door}.ts`), moduleSideEffects: false } : null
    },
  }
}

async function bundle(entry: string, ssr = false): Promise<{ code: string; map: string }> {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [doors(), apiPlugin({ root }), jsxPlugin({ root, dev: false })],
    resolve: { extensions: ['.ts', '.tsx'] },
    ssr: { noExternal: true },
    build: {
      write: false,
      minify: false,
      sourcemap: true,
      ssr,
      rolldownOptions: { input: join(root, entry), preserveEntrySignatures: 'strict' },
    },
  })
  const { output } = (Array.isArray(result) ? result[0] : result) as Rolldown.RolldownOutput
  const chunks = output.filter((file) => file.type === 'chunk')
  return { code: chunks.map(({ code }) => code).join('\n'), map: JSON.stringify(chunks.map(({ map }) => map)) }
}

describe('jsxPlugin in a client build', () => {
  it('keeps loaders, services and api handlers out, source maps included', async () => {
    const { code, map } = await bundle('app/routes/index.tsx')
    expect(code).toContain('__l9_Live')
    expect(code).toContain('posts/createPost')
    for (const secret of ['SERVICE-SECRET', 'API-SECRET', 'LOADER-SECRET', 'PLAIN-PAGE']) {
      expect(code).not.toContain(secret)
      expect(map).not.toContain(secret)
    }
    expect(code).toContain('from live')
  })

  it('lets the bundler drop what nobody shows: components, wrapped ones, their templates', async () => {
    const { code } = await bundle('app/routes/index.tsx')
    expect(code).toContain('LIKE')
    for (const unused of ['UNUSED-PLAIN', 'UNUSED-MEMO', 'UNUSED-ELEMENT']) expect(code).not.toContain(unused)
  })

  it('fails with the error of the compiler, its place and frame', async () => {
    const failure = await bundle('app/broken.tsx').catch((error: unknown) => error)
    const errors = [failure, ...((failure as { errors?: unknown[] }).errors ?? [])]
    const text = errors.map(String).join('\n')
    expect(text).toContain('<div> cannot stand in <p>')
    expect(text).toContain('JSX_NESTING')
  })
})

describe('jsxPlugin in a server build', () => {
  it('keeps everything, and joins strings', async () => {
    const { code } = await bundle('app/routes/index.tsx', true)
    for (const part of ['LOADER-SECRET', 'SERVICE-SECRET', 'PLAIN-PAGE']) expect(code).toContain(part)
    expect(code).not.toContain('_$template')
  })
})

describe('jsxPlugin in development', () => {
  let server: ViteDevServer

  beforeAll(async () => {
    server = await createServer({
      root,
      configFile: false,
      logLevel: 'silent',
      server: { middlewareMode: true, ws: false, watch: null },
      optimizeDeps: { noDiscovery: true },
      plugins: [doors(), jsxPlugin({ root, dev: true })],
    })
  })

  afterAll(async () => await server.close())

  it('gives an error its place, frame and fix, as the overlay shows them', async () => {
    const failure = await server.environments.client
      .transformRequest('/app/broken.tsx')
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'JSX_NESTING', loc: { file: 'app/broken.tsx', line: 2, column: 6 } })
    expect(failure).toHaveProperty('frame', expect.stringContaining('> 2 |   <p><div /></p>'))
    expect(failure).toHaveProperty('frame', expect.stringContaining('Fix: Make the outer <p>'))
  })

  it("shows the server's stacks in the places of the source", async () => {
    const failure: unknown = await server.ssrLoadModule('/app/throws.tsx').catch((error: unknown) => error)
    if (!(failure instanceof Error)) throw new Error('nothing was thrown')
    server.ssrFixStacktrace(failure)
    const places = String(failure.stack).match(/throws\.tsx:\d+:\d+/g)
    expect(places).toEqual(['throws.tsx:6:36', 'throws.tsx:4:11', 'throws.tsx:7:1'])
  })

  it('names the source beside the module for the browser', async () => {
    const result = await server.environments.client.transformRequest('/app/components/Like.tsx')
    expect(result?.map).toMatchObject({ sources: ['Like.tsx'] })
  })
})
