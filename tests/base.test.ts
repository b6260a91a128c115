// An app that is mounted below a path: `base` in layer9.config.ts.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { openBrowser, openPage } from './harness/browser.ts'
import { type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'

let browser: Browser
let app: AppCopy
beforeAll(async () => {
  browser = await openBrowser()
  app = await copyApp('tests/fixtures/mounted')
})
afterAll(async () => {
  await browser.close()
  await app.delete()
})

describe.each(['dev', 'build'])('an app below a path in %s', (mode) => {
  let server: RunningServer
  let shop: string
  beforeAll(async () => {
    if (mode === 'build') expect(await runLayer9(['build'], { cwd: app.root })).toMatchObject({ code: 0, err: '' })
    server = await startLayer9([mode === 'dev' ? 'dev' : 'start'], { cwd: app.root })
    shop = `${server.url}/shop`
  })
  afterAll(async () => await server.end())

  const thanks = async (page: Page, name: string) => {
    await page.locator('h1', { hasText: `Thanks, ${name}` }).waitFor()
    expect(page.url()).toBe(`${shop}/thanks/${name.replaceAll(' ', '%20')}`)
    // What a page is told of its path is the same wherever the app is mounted.
    expect(await page.locator('main p').textContent()).toBe(`/thanks/${name.replaceAll(' ', '%20')}`)
  }
  const back = async (page: Page) => {
    await page.getByRole('link', { name: 'Back' }).click()
    await page.locator('h1', { hasText: 'Shop' }).waitFor()
    expect(page.url()).toBe(shop)
  }

  describe.each([true, false])('with scripts: %s', (javaScript) => {
    it('leads links, forms and redirects to where its pages are', async () => {
      const { page, troubles, loads, close } = await openPage(browser, { javaScript })
      await page.goto(shop, { waitUntil: 'networkidle' })
      expect(await page.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(8)
      await page.getByRole('link', { name: 'Plain' }).click()
      await thanks(page, 'Eve')
      await back(page)
      await page.getByRole('button', { name: 'Order' }).click()
      await thanks(page, 'Ada')
      await back(page)
      await page.getByRole('button', { name: 'Leave' }).click()
      await thanks(page, 'Bob')
      await back(page)
      await page.getByRole('link', { name: 'Old' }).click()
      await page.waitForURL(shop)
      if (javaScript) expect(loads()).toBe(1)
      expect(troubles).toEqual([])
      await close()
    })
  })

  it('calls the server from live components, whose links lead there too', async () => {
    const { page, troubles, loads, close } = await openPage(browser)
    await page.goto(shop, { waitUntil: 'networkidle' })
    await page.getByRole('button', { name: 'Count' }).click()
    await page.locator('output', { hasText: '3' }).waitFor()
    await page.getByRole('link', { name: 'Live' }).click()
    await thanks(page, 'number 3')
    expect(loads()).toBe(1)
    expect(troubles).toEqual([])
    await close()
  })

  it('says of paths outside that nothing is there', async () => {
    expect((await fetch(`${server.url}/thanks/Eve`)).status).toBe(404)
  })
})
