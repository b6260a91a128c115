import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apiPlugin } from './build.ts'

const files: Record<string, string> = {
  'app/api/posts.ts':
    "import { query } from 'layer9/api'\nimport { all } from '../services/posts'\nexport const listPosts = query({ handler: () => all('SECRET') })",
  'app/api/wrong.ts': "// wrong\nexport default 'SECRET'",
  'app/services/posts.ts': "export const all = () => 'SERVICE'",
  'app/components/api/card.ts': 'export const card = 1',
}

let root = ''
let server: ViteDevServer

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'layer9-api-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  server = await createServer({
    root,
    configFile: false,
    logLevel: 'silent',
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    resolve: { alias: { 'layer9/api/browser': new URL('browser.ts', import.meta.url).pathname } },
    plugins: [apiPlugin({ root })],
  })
})

afterAll(async () => {
  await server.close()
  rmSync(root, { recursive: true })
})

const client = async (path: string) => await server.environments.client.transformRequest(path)
const onServer = async (path: string) => await server.environments['ssr']!.transformRequest(path)

describe('apiPlugin', () => {
  it('gives the browser stubs, and neither code nor source of the server', async () => {
    const result = await client('/app/api/posts.ts')
    expect(result?.code).toMatch(/stub\("posts\/listPosts", ["']query["']\)/)
    expect(JSON.stringify(result)).not.toContain('SECRET')
  })

  it('leaves the module to the server as it is', async () => {
    expect((await onServer('/app/api/posts.ts'))?.code).toContain('SECRET')
  })

  it('leaves other folders named api alone', async () => {
    expect((await client('/app/components/api/card.ts'))?.code).toContain('card = 1')
  })

  it('gives an error its place, frame and fix, as the overlay shows them', async () => {
    const failure = await client('/app/api/wrong.ts').catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'API_DEFAULT_EXPORT', loc: { file: 'app/api/wrong.ts', line: 2, column: 1 } })
    expect(failure).toHaveProperty('frame', expect.stringContaining("> 2 | export default 'SECRET'"))
    expect(failure).toHaveProperty('frame', expect.stringContaining('Fix: Export it by name'))
  })
})
