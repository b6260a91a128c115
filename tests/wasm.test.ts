// WebAssembly in a real browser: from public/ and beside a component, in development and in production.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { openBrowser, openPage } from './harness/browser.ts'
import { type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'

/** A module that exports `add(a, b)`: header, type, function, export and code section (WebAssembly core 2.0 §5.5). */
const add = Uint8Array.of(
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 7, 1, 0x60, 2, 0x7f, 0x7f, 1, 0x7f],
  ...[3, 2, 1, 0],
  ...[7, 7, 1, 3, 0x61, 0x64, 0x64, 0, 0],
  ...[10, 9, 1, 7, 0, 0x20, 0, 0x20, 1, 0x6a, 0x0b],
)

/** The same with 3,000 bytes behind it that mean nothing, in a custom section without a name: worth compressing. */
const large = Uint8Array.of(...add, 0, ...[0xb9, 0x17], 0, ...new Uint8Array(3000))

const component = `import { useState } from 'layer9/components'

const beside = new URL('./sum.wasm', import.meta.url).href

export function Sum() {
  const [shown, show] = useState('nothing yet')
  const run = async (url: string) => {
    try {
      const { instance } = await WebAssembly.instantiateStreaming(fetch(url))
      show(String((instance.exports.add as (a: number, b: number) => number)(40, 2)))
    } catch (error) {
      show(String(error))
    }
  }
  return (
    <p>
      <output>{shown}</output>
      <button type="button" onClick={() => run('/sum.wasm')}>public</button>
      <button type="button" onClick={() => run(beside)}>beside</button>
    </p>
  )
}
`

const page = `import { Sum } from '~/components/Sum'

export default function SumPage() {
  return <Sum />
}
`

let app: AppCopy
let browser: Browser
beforeAll(async () => {
  app = await copyApp('tests/fixtures/site')
  await writeFile(join(app.root, 'public/sum.wasm'), large)
  // Small enough that the bundler would write it into the script, as data that the policy does not let a page fetch.
  await writeFile(join(app.root, 'app/components/sum.wasm'), add)
  await app.write('app/components/Sum.tsx', component)
  await app.write('app/routes/sum.tsx', page)
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await app.delete()
})

/** What the page shows after a press of one of its buttons. */
const press = async (server: RunningServer, name: 'public' | 'beside'): Promise<string> => {
  const { page: opened, close } = await openPage(browser)
  await opened.goto(`${server.url}/sum`)
  const output = opened.locator('output')
  await expect
    .poll(async () => {
      // The first press may come before the root is alive.
      await opened.getByRole('button', { name }).click()
      return await output.textContent()
    })
    .not.toBe('nothing yet')
  const shown = (await output.textContent()) ?? ''
  await close()
  return shown
}

describe.each(['dev', 'start'] as const)('WebAssembly under layer9 %s', (command) => {
  let server: RunningServer
  const open = async (config: string) => {
    await app.write('layer9.config.ts', `export default ${config}\n`)
    if (command === 'start') expect(await runLayer9(['build'], { cwd: app.root })).toMatchObject({ code: 0, err: '' })
    server = await startLayer9([command], { cwd: app.root })
  }

  describe('with webAssembly: true', () => {
    beforeAll(async () => await open('{ webAssembly: true }'))
    afterAll(async () => await server.end())

    it('compiles while it streams, from public/ and from beside a component', async () => {
      expect(await press(server, 'public')).toBe('42')
      expect(await press(server, 'beside')).toBe('42')
    })

    it('is served as application/wasm', async () => {
      expect((await fetch(`${server.url}/sum.wasm`)).headers.get('content-type')).toBe('application/wasm')
    })

    it('is sent whole, in production compressed', async () => {
      const response = await fetch(`${server.url}/sum.wasm`, { headers: { 'accept-encoding': 'br' } })
      expect(response.headers.get('content-encoding')).toBe(command === 'start' ? 'br' : null)
      if (command === 'start') expect(Number(response.headers.get('content-length'))).toBeLessThan(large.length / 10)
      expect(new Uint8Array(await response.arrayBuffer())).toEqual(large)
    })

    it('opens the policy for nothing else', async () => {
      const policy = (await fetch(`${server.url}/sum`)).headers.get('content-security-policy')
      expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';")
      expect(policy).not.toContain("'unsafe-eval'")
    })
  })

  describe('without it', () => {
    beforeAll(async () => await open('{}'))
    afterAll(async () => await server.end())

    it('is refused by the policy', async () => {
      expect(await press(server, 'public')).toMatch(/CompileError|Content Security Policy/)
    })
  })
})
