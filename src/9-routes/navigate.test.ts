import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Rollup } from 'vite'
import { describe, expect, it } from 'vitest'

/** What a page loads when its script calls one function of a module: minified as a build does it. */
async function bundle(file: string, name: string): Promise<string> {
  const entry = '\0entry'
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    // As a build of an app does; this process is a test's.
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, minify: true, target: 'es2022', modulePreload: false, rollupOptions: { input: entry } },
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) =>
          id === entry
            ? `import { ${name} } from ${JSON.stringify(file)}\n${name}((url) => import(/* @vite-ignore */ url))`
            : undefined,
      },
    ],
  })
  const [chunk] = (built as Rollup.RollupOutput).output
  return chunk.code
}

describe('the navigation script', () => {
  it('fits into 2 KiB with all it imports', async () => {
    const code = await bundle(fileURLToPath(new URL('./navigate.ts', import.meta.url)), 'startNavigation')
    expect(gzipSync(code).length).toBeLessThanOrEqual(2048)
  })
})
