// The smallest app, from the one file to a browser that clicks: in development and as a build, with and without scripts.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { openBrowser, openPage } from './harness/browser.ts'
import { type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'

let browser: Browser
let app: AppCopy
beforeAll(async () => {
  browser = await openBrowser()
  app = await copyApp('examples/counter')
})
afterAll(async () => {
  await browser.close()
  await app.delete()
})

/** The counter's page, by what one sees and does. */
const openCounter = async (server: RunningServer, javaScript: boolean) => {
  const opened = await openPage(browser, { javaScript })
  await opened.page.goto(server.url, { waitUntil: 'networkidle' })
  return {
    ...opened,
    title: async () => await opened.page.locator('h1').textContent(),
    add: async () => await opened.page.getByRole('button', { name: '+1' }).click(),
  }
}

describe.each(['dev', 'build'])('the counter in %s', (mode) => {
  let server: RunningServer
  beforeAll(async () => {
    if (mode === 'build') {
      const built = await runLayer9(['build'], { cwd: app.root })
      expect(built).toMatchObject({ code: 0, err: '' })
    }
    server = await startLayer9([mode === 'dev' ? 'dev' : 'start'], { cwd: app.root })
  })
  afterAll(async () => await server.end())

  it('counts', async () => {
    const counter = await openCounter(server, true)
    expect(await counter.title()).toBe('Count: 0')
    await counter.add()
    await counter.add()
    expect(await counter.title()).toBe('Count: 2')
    expect(await counter.page.title()).toBe('Counter')
    expect(counter.troubles).toEqual([])
    await counter.close()
  })

  it('shows the same without scripts', async () => {
    const counter = await openCounter(server, false)
    expect(await counter.title()).toBe('Count: 0')
    expect(await counter.page.getByRole('button').textContent()).toBe('+1')
    await counter.close()
  })
})
