// What a page with one root makes a browser load, all in: the same bytes on every machine.
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { openBrowser } from './harness/browser.ts'
import { type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'

let app: AppCopy
let server: RunningServer
beforeAll(async () => {
  app = await copyApp('examples/counter')
  expect(await runLayer9(['build'], { cwd: app.root })).toMatchObject({ code: 0, err: '' })
  server = await startLayer9(['start'], { cwd: app.root })
})
afterAll(async () => {
  await server.end()
  await app.delete()
})

describe('the script of the counter page', () => {
  it('is at most 5 KiB gzip, with nothing that a counter does not use', async () => {
    const browser = await openBrowser()
    const page = await browser.newPage()
    const scripts: Promise<Buffer>[] = []
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.push(response.body())
    })
    await page.goto(server.url, { waitUntil: 'networkidle' })
    await page.getByRole('button').click()
    expect(await page.locator('h1').textContent()).toBe('Count: 1')
    const files = await Promise.all(scripts)
    await browser.close()
    // What listens, what starts roots, the counter. The navigation, which nothing here asks for, is none of them.
    expect(files).toHaveLength(3)
    expect(files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0)).toBeLessThanOrEqual(5120)
    // Slots, keyed lists, the codec, the merge, Vite's loader of chunks: each would be bytes that this page never runs.
    expect(Buffer.concat(files).toString()).not.toMatch(
      /\$slot"\]|extractContents|Int32Array|BigInt|DOMParser|vitePreload|vite:preloadError/,
    )
  })
})
