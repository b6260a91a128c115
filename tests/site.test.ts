// A site with layouts, a layout that is a root, pages, a form and error pages: in development and as a build.
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { type OpenPage, openBrowser, openPage } from './harness/browser.ts'
import { type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'
import { type SitePage, siteOn } from './harness/site.ts'

let browser: Browser
let app: AppCopy
beforeAll(async () => {
  browser = await openBrowser()
  app = await copyApp('tests/fixtures/site')
})
afterAll(async () => {
  await browser.close()
  await app.delete()
})

describe.each(['dev', 'build'])('the site in %s', (mode) => {
  let server: RunningServer
  beforeAll(async () => {
    if (mode === 'build') expect(await runLayer9(['build'], { cwd: app.root })).toMatchObject({ code: 0, err: '' })
    server = await startLayer9([mode === 'dev' ? 'dev' : 'start'], { cwd: app.root })
  })
  afterAll(async () => await server.end())

  describe('with scripts', () => {
    let opened: OpenPage
    let site: SitePage
    const open = async (path: string) => {
      await opened.page.goto(server.url + path, { waitUntil: 'networkidle' })
    }
    beforeEach(async () => {
      opened = await openPage(browser)
      site = siteOn(opened.page)
    })
    afterEach(async () => await opened.close())

    it('adopts what the server wrote and counts on', async () => {
      await open('/')
      expect(await site.count()).toBe('5')
      await site.add()
      expect(await site.count()).toBe('6')
      expect(opened.troubles).toEqual([])
    })

    it('goes from page to page without a full load', async () => {
      await open('/')
      await site.follow('About')
      await site.shows('About')
      expect(new URL(opened.page.url()).pathname).toBe('/about')
      expect(await opened.page.title()).toBe('About')
      expect(await opened.page.locator('nav a[aria-current=page]').textContent()).toBe('About')
      expect(await site.style('strong', 'color')).toBe('rgb(10, 120, 60)')
      await opened.page.goBack()
      await site.shows('Home')
      expect(await opened.page.title()).toBe('Site')
      await site.add()
      expect(await site.count()).toBe('6')
      expect(opened.loads()).toBe(1)
      expect(opened.troubles).toEqual([])
    })

    it('starts roots on a page reached from one that had none', async () => {
      await open('/about')
      await site.follow('Home')
      await site.shows('Home')
      await expect
        .poll(async () => {
          await site.add()
          return Number(await site.count())
        })
        .toBeGreaterThan(5)
      expect(opened.loads()).toBe(1)
    })

    it('keeps the state of a layout that is a root between its pages', async () => {
      await open('/panel/one')
      await site.toggle()
      await site.add()
      await site.follow('Two')
      await site.shows('Two')
      expect(await site.opened()).toBe('opened 1')
      expect(await site.count()).toBe('0')
      await site.add()
      expect(await site.count()).toBe('1')
      await site.follow('One')
      await site.shows('One')
      expect(await site.opened()).toBe('opened 1')
      expect(opened.loads()).toBe(1)
      expect(opened.troubles).toEqual([])
    })

    it('shares a signal between pages', async () => {
      await open('/panel/one')
      await opened.page.locator('.tally').click()
      await site.follow('Two')
      await site.shows('Two')
      expect(await opened.page.locator('.tally').textContent()).toBe('tally 1')
      // The server wrote "tally 0", which is no mistake of the page's.
      expect(opened.troubles).toEqual([])
    })

    it('keeps the state of a layout that is a root on the way to and from a page that streams', async () => {
      await open('/panel/one')
      await site.toggle()
      await site.follow('Late')
      await site.shows('Late')
      await opened.page.locator('.word', { hasText: 'came late' }).waitFor()
      expect(await site.opened()).toBe('opened 1')
      await site.toggle()
      await site.add()
      expect(await site.count()).toBe('1')
      await site.follow('Two')
      await site.shows('Two')
      expect(await site.opened()).toBe('opened 2')
      expect(opened.loads()).toBe(1)
      expect(opened.troubles).toEqual([])
    })

    it('sends a form and merges the answer', async () => {
      await open('/notes')
      const text = `note of ${mode}`
      await opened.page.getByLabel('Text').fill(text)
      await opened.page.getByRole('button', { name: 'Keep' }).click()
      await opened.page.locator('li', { hasText: text }).waitFor()
      expect(await opened.page.getByLabel('Text').inputValue()).toBe('')
      expect(opened.loads()).toBe(1)
      expect(opened.troubles).toEqual([])
    })

    it('shows what is wrong with a form, and keeps what was typed', async () => {
      await open('/notes')
      await opened.page.getByLabel('Text').fill('x'.repeat(101))
      await opened.page.getByRole('button', { name: 'Keep' }).click()
      expect(await opened.page.getByRole('alert').textContent()).toBe('Write less')
      expect(await opened.page.getByLabel('Text').inputValue()).toBe('x'.repeat(101))
      expect(opened.loads()).toBe(1)
    })

    it('shows the error page and the not-found page inside the layout', async () => {
      await open('/')
      await opened.page.evaluate(() => document.querySelector('nav a')?.setAttribute('href', '/broken'))
      await site.follow('Home')
      await site.shows('Something failed')
      expect(await opened.page.locator('nav a').count()).toBe(6)
      await open('/nowhere')
      expect(await site.heading()).toBe('Nothing here')
    })
  })

  describe('without scripts', () => {
    it.each([
      ['/', 'Home'],
      ['/about', 'About'],
      ['/panel/one', 'One'],
      ['/posts/first', 'First <post>'],
      ['/nowhere', 'Nothing here'],
      ['/posts/none', 'Nothing here'],
      ['/broken', 'Something failed'],
    ])('shows %s whole', async (path, heading) => {
      const { page, close } = await openPage(browser, { javaScript: false })
      await page.goto(server.url + path)
      expect(await page.locator('h1').textContent()).toBe(heading)
      expect(await page.locator('nav a').count()).toBe(6)
      await close()
    })

    it('styles plain components from the first byte', async () => {
      const { page, close } = await openPage(browser, { javaScript: false })
      await page.goto(`${server.url}/about`)
      const site = siteOn(page)
      expect(await site.style('strong', 'color')).toBe('rgb(10, 120, 60)')
      expect(await site.style('body', 'background-color')).toBe('rgb(250, 250, 240)')
      await close()
    })

    it('takes a form', async () => {
      const { page, close } = await openPage(browser, { javaScript: false })
      await page.goto(`${server.url}/notes`)
      await page.getByLabel('Text').fill('without scripts')
      await page.getByRole('button', { name: 'Keep' }).click()
      expect(await page.locator('li', { hasText: 'without scripts' }).count()).toBe(1)
      expect(new URL(page.url()).pathname).toBe('/notes')
      await page.getByRole('button', { name: 'Keep' }).click()
      expect(await page.getByRole('alert').textContent()).toBe('Write something')
      await close()
    })
  })

  it('answers errors with an id alone, and logs the stack', async () => {
    const page = await fetch(`${server.url}/broken`)
    expect(page.status).toBe(500)
    const call = await fetch(`${server.url}/_layer9/api/notes/fails`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    expect(call.status).toBe(500)
    const { error } = (await call.json()) as { error: { code: string; id: string } }
    expect(error).toMatchObject({ code: 'INTERNAL', id: expect.any(String) })
    expect(JSON.stringify(error)).not.toContain('secret')
    if (mode === 'build') expect(await page.text()).not.toContain('the secret reason')
    for (const text of ['the secret reason', error.id, 'broken.tsx:2:']) await server.says(text)
  })

  it('serves an endpoint', async () => {
    const response = await fetch(`${server.url}/feed.txt`)
    expect(response.headers.get('content-type')).toContain('text/plain')
    expect(await response.text()).toContain('first note')
  })

  it('serves public files with their types', async () => {
    const types = async (path: string) => (await fetch(server.url + path)).headers.get('content-type')
    expect(await types('/empty.wasm')).toBe('application/wasm')
    expect(await types('/robots.txt')).toMatch(/^text\/plain/)
  })
})
