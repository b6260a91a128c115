import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Rollup } from 'vite'
import { describe, expect, it } from 'vitest'
import { shortenPlugin } from '../host/build/shorten.ts'

/** What a document with deferred parts loads for them, as an app's build makes it. */
async function bundle(): Promise<string> {
  const file = fileURLToPath(new URL('./receive.ts', import.meta.url))
  const code = `export { read } from ${JSON.stringify(file)}\nimport { receive } from ${JSON.stringify(file)}\nreceive((url) => import(/* @vite-ignore */ url))`
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      rolldownOptions: { input: 'entry', preserveEntrySignatures: 'strict' },
    },
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? '\0entry' : undefined),
        load: (id) => (id === '\0entry' ? code : undefined),
      },
      shortenPlugin(),
    ],
  })
  const { output } = built as Rollup.RollupOutput
  // One file: it imports nothing.
  expect(output).toHaveLength(1)
  return output[0].code
}

describe('receive', () => {
  it('is less than 1 KiB, with nothing of the page renamed', async () => {
    const code = await bundle()
    expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(1024)
    for (const name of ['nextSibling', 'nodeValue', 'childNodes', 'dataset', 'write', 'open', 'remove'])
      expect(code).toContain(name)
  })
})
