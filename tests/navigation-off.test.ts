// An app that leaves all navigation to the browser: `navigation: false` in layer9.config.ts.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { openBrowser, openPage } from './harness/browser.ts'
import { type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'
import { siteOn } from './harness/site.ts'

let browser: Browser
let app: AppCopy
beforeAll(async () => {
  browser = await openBrowser()
  app = await copyApp('tests/fixtures/site')
  await app.write('layer9.config.ts', 'export default { navigation: false }\n')
})
afterAll(async () => {
  await browser.close()
  await app.delete()
})

describe.each(['dev', 'build'])('an app without navigation in %s', (mode) => {
  let server: RunningServer
  beforeAll(async () => {
    if (mode === 'build') expect(await runLayer9(['build'], { cwd: app.root })).toMatchObject({ code: 0, err: '' })
    server = await startLayer9([mode === 'dev' ? 'dev' : 'start'], { cwd: app.root })
  })
  afterAll(async () => await server.end())

  it('starts its roots, and goes from page to page by full loads', async () => {
    const { page, troubles, loads, close } = await openPage(browser)
    const site = siteOn(page)
    await page.goto(server.url, { waitUntil: 'networkidle' })
    await site.add()
    expect(await site.count()).toBe('6')
    await site.follow('About')
    await site.shows('About')
    // The heading is there before the load of its page is over.
    await expect.poll(loads).toBe(2)
    expect(troubles).toEqual([])
    await close()
  })

  it('sends no script to a page without roots', async () => {
    const html = await (await fetch(`${server.url}/about`)).text()
    const scripts = [...html.matchAll(/<script[^>]*src="([^"]+)"/g)].map(([, url]) => url)
    // Development has its own: hot reload and the overlay.
    expect(scripts).toEqual(mode === 'dev' ? [expect.stringContaining('layer9/dev')] : [])
  })
})
