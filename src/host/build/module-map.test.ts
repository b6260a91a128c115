import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Rolldown } from 'vite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { mapModules, readModuleMap, writeModuleMap } from './module-map.ts'

/** A chunk of the bundler's output, as far as the map is read from it: bytes by module. */
const chunk = (fileName: string, bytes: Readonly<Record<string, number>>) => ({
  type: 'chunk',
  fileName,
  modules: Object.fromEntries(Object.entries(bytes).map(([id, renderedLength]) => [id, { renderedLength }])),
})

const made = mapModules({
  root: '/my',
  build: 'b1',
  base: '/',
  // A chunk has twenty more fields, of which nothing is read.
  client: [
    chunk('a.js', { '/my/app/components/A.tsx': 5, '/my/app/api/posts.ts': 4, '/my/node_modules/x/index.js': 9 }),
    chunk('b.js', { '/my/app/components/A.tsx?x': 5, '/my/app/contracts/gone.ts': 0, '\0virtual': 3 }),
    { type: 'asset', fileName: 'a.css' },
  ] as unknown as Rolldown.RolldownOutput['output'],
  graph: new Map([
    ['index.tsx', { modules: ['app/components/A.tsx'], styles: ['/my/app/components/A.css?used', '/other/b.css'] }],
  ]),
})

describe('mapModules', () => {
  it('tells the chunks of each module of the app of which something is left', () => {
    expect(made.chunks).toEqual({ 'app/components/A.tsx': ['/a.js', '/b.js'], 'app/api/posts.ts': ['/a.js'] })
  })

  it('tells what each route reaches, style sheets too', () => {
    expect(made.routes).toEqual({ 'index.tsx': ['app/components/A.tsx', 'app/components/A.css'] })
  })
})

describe('readModuleMap', () => {
  it('reads what was written, and nothing where there is no build', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'layer9-map-'))
    onTestFinished(async () => await rm(folder, { recursive: true }))
    expect(await readModuleMap(folder)).toBeUndefined()
    await mkdir(join(folder, 'server'))
    await writeModuleMap(folder, made)
    expect(await readModuleMap(folder)).toEqual({ map: made, written: expect.any(Number) })
  })
})
