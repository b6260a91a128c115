import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Rollup } from 'vite'
import { describe, expect, it } from 'vitest'

const file = (name: string) => JSON.stringify(fileURLToPath(new URL(name, import.meta.url)))

/** What is on every page, and the module that it loads: as an app's build makes them. */
const entries: Record<string, string> = {
  listen: `import { startNavigation } from ${file('./listen.ts')}\nstartNavigation((url) => import(/* @vite-ignore */ url))`,
  navigation: `import 'listen'\nexport { follow, goBack, hint, reloadKept, submit } from ${file('./browser.ts')}`,
}

/** Builds both, minified; the code of each. */
async function bundle(): Promise<{ listen: string; navigation: string }> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    // As a build of an app does; this process is a test's.
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: { listen: 'listen', navigation: 'navigation' },
        preserveEntrySignatures: 'allow-extension',
      },
    },
    plugins: [
      {
        name: 'entries',
        resolveId: (id) => (id in entries ? `\0${id}` : undefined),
        load: (id) => entries[id.slice(1)],
      },
    ],
  })
  const codeOf = (name: string) =>
    (built as Rollup.RollupOutput).output.filter((item) => item.type === 'chunk' && item.name === name)
  const [[listen], [navigation]] = [codeOf('listen'), codeOf('navigation')]
  // Each entry is a chunk, and nothing is shared beside them: one request a file.
  expect((built as Rollup.RollupOutput).output).toHaveLength(2)
  return { listen: (listen as Rollup.OutputChunk).code, navigation: (navigation as Rollup.OutputChunk).code }
}

const sizeOf = (code: string): number => gzipSync(code, { level: 9 }).length

describe('the navigation script', () => {
  it('fits into 1 KiB where nothing is wanted yet', async () => {
    const { listen } = await bundle()
    expect(listen).toContain('addEventListener')
    // Neither the merge nor the fetch: only what listens.
    expect(listen).not.toMatch(/DOMParser|moveBefore|fetch\(/)
    expect(sizeOf(listen)).toBeLessThanOrEqual(1024)
  })

  it('fits into 5,500 bytes with all that a wanted link loads', async () => {
    const { navigation } = await bundle()
    expect(navigation).toContain('DOMParser')
    expect(sizeOf(navigation)).toBeLessThanOrEqual(5500)
  })
})
