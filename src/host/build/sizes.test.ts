import { describe, expect, it } from 'vitest'
import type { BuildManifest } from './build-files.ts'
import { measureNavigation, measurePages, measureReceiver, measureRoot, measureTagged } from './sizes.ts'

const url = (name: string) => `/_layer9/assets/${name}`
const file = (size: number, gzip?: number) => ({
  file: '',
  size,
  type: '',
  etag: '',
  immutable: true,
  ...(gzip && { gzip: { file: '', size: gzip } }),
})
const root = (name: string) => ({ url: url(name), preload: [url('runtime.js')], styles: [] })

const manifest: BuildManifest = {
  build: '1',
  listener: url('listen.js'),
  navigation: url('navigation.js'),
  starter: url('start.js'),
  starterPreload: [url('runtime.js')],
  tagged: '',
  taggedPreload: [],
  call: '',
  later: '',
  receiver: '',
  unscripted: '',
  reach: {},
  styles: { 'index.tsx': [url('index.css')], 'layout.tsx': [url('site.css')] },
  roots: { 'app/components/A.tsx': root('a.js'), 'app/components/B.tsx': root('b.js') },
  files: {
    [url('listen.js')]: file(1000, 100),
    [url('navigation.js')]: file(9000, 900),
    [url('start.js')]: file(1000, 10),
    [url('runtime.js')]: file(1000, 20),
    [url('a.js')]: file(3),
    [url('b.js')]: file(4),
    [url('index.css')]: file(500, 50),
    [url('site.css')]: file(7),
  },
  generations: [],
  start: { port: 3000, base: '/', drain: 1 },
}

const reach = (...modules: string[]) => ({ styles: [], modules })
const graph = new Map([
  ['index.tsx', reach('app/routes/index.tsx', 'app/components/A.tsx', 'app/components/Plain.tsx')],
  ['about.tsx', reach('app/routes/about.tsx')],
  ['layout.tsx', reach('app/routes/layout.tsx')],
  ['admin/layout.tsx', reach('app/components/B.tsx')],
  ['admin/index.tsx', reach('app/components/A.tsx')],
])

describe('measurePages', () => {
  const pages = measurePages(
    ['index.tsx', 'about.tsx', 'layout.tsx', 'admin/layout.tsx', 'admin/index.tsx'],
    manifest,
    graph,
  )
  const page = (id: string) => pages.find((candidate) => candidate.page === id)

  it('counts each file once, compressed where it is', () => {
    expect(page('/')).toMatchObject({ script: 100 + 10 + 20 + 3, styles: 50 + 7, roots: ['app/components/A.tsx'] })
  })

  it('counts for brotli too, and what is sent with gzip or as it is where that is smaller', () => {
    const name = url('navigation.js')
    const br = { file: '', size: 90 }
    const files = {
      ...manifest.files,
      [url('start.js')]: { ...file(1000, 10), br: { ...br, size: 9 } },
      [name]: file(9),
    }
    const [index] = measurePages(['index.tsx'], { ...manifest, files }, graph)
    expect((index?.script ?? 0) - (index?.brotli.script ?? 0)).toBe(1)
  })

  it('counts what listens alone for a page without roots', () => {
    expect(page('/about')).toMatchObject({ script: 100, styles: 7, roots: [] })
  })

  it('counts the roots of the layouts around a page', () => {
    expect(page('/admin')?.roots).toEqual(['app/components/B.tsx', 'app/components/A.tsx'])
  })

  it('counts nothing where navigation is off and there are no roots', () => {
    const [about] = measurePages(['about.tsx'], { ...manifest, navigation: null }, graph)
    expect(about?.script).toBe(0)
  })
})

describe('measureTagged', () => {
  it('tells what props beyond JSON load', () => {
    const tagged = { tagged: url('start.js'), taggedPreload: [url('runtime.js'), url('a.js')] }
    expect(measureTagged({ ...manifest, ...tagged })).toBe(10 + 20 + 3)
    expect(measureTagged(manifest)).toBe(0)
  })
})

describe('measureReceiver', () => {
  it('tells what parts that come later load', () => {
    expect(measureReceiver({ ...manifest, receiver: url('b.js') })).toBe(4)
  })
})

describe('measureNavigation', () => {
  it('tells what a first link loads, and nothing where navigation is off', () => {
    expect(measureNavigation(manifest)).toBe(900)
    expect(measureNavigation({ ...manifest, navigation: null })).toBe(0)
  })
})

describe('measureRoot', () => {
  it('counts what the root brings, without what starts all roots', () => {
    expect(measureRoot(manifest, 'app/components/A.tsx')).toBe(3)
    expect(measureRoot(manifest, 'app/components/Plain.tsx')).toBe(undefined)
  })
})
