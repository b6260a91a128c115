import type { Rolldown } from 'vite'
import { describe, expect, it } from 'vitest'
import { virtual } from '../vite/virtual.ts'
import { readBrowserManifest } from './manifest.ts'

interface GivenChunk {
  file: string
  entry?: string
  imports?: string[]
  css?: string[]
}

/** Output of the bundler, as far as the manifest is read from it. */
const output = (...chunks: GivenChunk[]): Rolldown.RolldownOutput['output'] => {
  const made = chunks.map(({ file, entry, imports = [], css = [] }) => ({
    type: 'chunk',
    fileName: `_layer9/assets/${file}`,
    isEntry: entry !== undefined,
    facadeModuleId: entry ?? null,
    imports: imports.map((name) => `_layer9/assets/${name}`),
    viteMetadata: { importedCss: new Set(css.map((name) => `_layer9/assets/${name}`)), importedAssets: new Set() },
  }))
  // A chunk has twenty more fields, of which nothing is read.
  return made as unknown as Rolldown.RolldownOutput['output']
}

describe('readBrowserManifest', () => {
  const made = output(
    { file: 'listen.js', entry: virtual.listener },
    { file: 'navigation.js', entry: virtual.navigation, imports: ['listen.js'] },
    { file: 'start.js', entry: virtual.starter, imports: ['runtime.js'] },
    { file: 'tagged.js', entry: virtual.tagged, imports: ['runtime.js', 'decode.js'] },
    { file: 'decode.js' },
    { file: 'receive.js', entry: virtual.receiver },
    { file: 'unscripted.js', entry: virtual.unscripted, css: ['unscripted.css'] },
    { file: 'runtime.js', imports: ['state.js'] },
    { file: 'state.js' },
    {
      file: 'counter.js',
      entry: `${virtual.root}app/components/Counter.tsx`,
      imports: ['runtime.js'],
      css: ['counter.css'],
    },
    { file: 'index-styles.js', entry: `${virtual.styles}index.tsx`, imports: ['shared.js'], css: ['index.css'] },
    { file: 'shared.js', css: ['shared.css'] },
  )

  const graph = new Map([
    ['index.tsx', { styles: [], modules: ['app/components/Plain.tsx', 'app/components/Counter.tsx'] }],
  ])

  it('finds every entry, with the files that it will ask for', () => {
    expect(readBrowserManifest(made, '/', graph)).toEqual({
      listener: '/_layer9/assets/listen.js',
      navigation: '/_layer9/assets/navigation.js',
      starter: '/_layer9/assets/start.js',
      starterPreload: ['/_layer9/assets/state.js', '/_layer9/assets/runtime.js'],
      tagged: '/_layer9/assets/tagged.js',
      taggedPreload: ['/_layer9/assets/decode.js'],
      call: '',
      later: '',
      receiver: '/_layer9/assets/receive.js',
      unscripted: '/_layer9/assets/unscripted.css',
      styles: { 'index.tsx': ['/_layer9/assets/shared.css', '/_layer9/assets/index.css'] },
      roots: {
        'app/components/Counter.tsx': {
          url: '/_layer9/assets/counter.js',
          preload: ['/_layer9/assets/state.js', '/_layer9/assets/runtime.js'],
          styles: ['/_layer9/assets/counter.css'],
        },
      },
      reach: { 'index.tsx': ['app/components/Counter.tsx'] },
    })
  })

  it('puts the base before every URL', () => {
    const manifest = readBrowserManifest(made, '/shop/', graph)
    expect(manifest.navigation).toBe('/shop/_layer9/assets/navigation.js')
    expect(manifest.styles['index.tsx']?.[0]).toBe('/shop/_layer9/assets/shared.css')
  })

  it('has no navigation where it is off, and no starter where nothing starts', () => {
    expect(readBrowserManifest(output(), '/', new Map())).toEqual({
      listener: '',
      navigation: null,
      starter: '',
      starterPreload: [],
      tagged: '',
      taggedPreload: [],
      call: '',
      later: '',
      receiver: '',
      unscripted: '',
      styles: {},
      roots: {},
      reach: {},
    })
  })

  it('ends at chunks that import each other', () => {
    const circle = output(
      { file: 'start.js', entry: virtual.starter, imports: ['a.js'] },
      { file: 'a.js', imports: ['start.js'] },
    )
    expect(readBrowserManifest(circle, '/', new Map()).starterPreload).toEqual(['/_layer9/assets/a.js'])
  })
})
