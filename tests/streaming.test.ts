// Documents whose last parts come late: what is shown meanwhile, what runs meanwhile, and how each part finds its place.
// In development and as a build, with and without scripts.
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { openBrowser, type PageOptions } from './harness/browser.ts'
import { type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'
import { arrive, openGate, openStreaming, type StreamingPage } from './harness/streaming.ts'

/** The machine may have other things to do meanwhile. */
const polled = <Value>(read: () => Value) => expect.poll(read, { timeout: 10_000 })

let browser: Browser
let app: AppCopy
beforeAll(async () => {
  browser = await openBrowser()
  app = await copyApp('tests/fixtures/streaming')
})
afterAll(async () => {
  await browser.close()
  await app.delete()
})

describe.each(['dev', 'build'])('streaming in %s', (mode) => {
  let server: RunningServer
  let site: StreamingPage
  beforeAll(async () => {
    if (mode === 'build') expect(await runLayer9(['build'], { cwd: app.root })).toMatchObject({ code: 0, err: '' })
    server = await startLayer9([mode === 'dev' ? 'dev' : 'start'], { cwd: app.root })
  })
  afterAll(async () => await server.end())
  afterEach(async () => await site?.close())

  const visit = async (path: string, options?: PageOptions): Promise<StreamingPage> => {
    site = await openStreaming(browser, server.url, options)
    await site.load(path)
    return site
  }
  const open = async (name: string, text?: string) => await openGate(server.url, name, text)

  describe('the fallback', () => {
    it('is shown with all that stands behind it, and the roots of the shell run', async () => {
      const { sees, counts, page, troubles } = await visit('/late')
      await sees('.place', 'wait for it')
      await sees('footer', 'the end')
      await counts('shell', 1)
      expect(await page.locator('.text').count()).toBe(0)
      await open('late', 'here it is')
      await sees('.place .text', 'here it is')
      expect(await page.locator('.wait, layer9-fallback, [data-layer9-part]').count()).toBe(0)
      await counts('chart', 1)
      await counts('shell', 2)
      expect(troubles).toEqual([])
    })

    it('is left by a link before the value is there, which then changes nothing', async () => {
      const { sees, follow, page, troubles, loads } = await visit('/late')
      await sees('.place', 'wait for it')
      await follow('/')
      await sees('h1', 'Home')
      await open('late')
      // The load is over when the last part has come.
      await polled(loads).toBe(1)
      expect(await page.locator('.text, [data-layer9-part], [id|=layer9]').count()).toBe(0)
      expect(troubles).toEqual([])
    })
  })

  it('places parts in whatever order they come, one inside the other too', async () => {
    const { sees, counts, page, troubles } = await visit('/order')
    await sees('ul', 'wait for two')
    await open('two')
    await sees('ul .two', 'wait for inner')
    await counts('two-counter', 1)
    await sees('p', 'wait for one')
    await open('one')
    await sees('p > .one', 'one')
    await open('inner')
    await sees('li .inner', 'inner')
    await counts('inner-counter', 1)
    await counts('two-counter', 2)
    expect(await page.locator('ul > li.two').count()).toBe(1)
    expect(troubles).toEqual([])
  })

  it('waits in place where the parser would take a part apart', async () => {
    const { sees, counts, page, troubles } = await visit('/table')
    await sees('.cell', 'wait for the cell')
    await open('rows', 'a row')
    await sees('tbody > .row > td', 'a row')
    await counts('behind', 1)
    await open('cell', 'a cell')
    await sees('.cell', 'a cell')
    expect(await page.locator('tbody > tr').count()).toBe(2)
    expect(troubles).toEqual([])
  })

  it('places a part in a slot that its root has put away', async () => {
    const { sees, listens, counts, page, troubles } = await visit('/drawer')
    await sees('.drawer', 'wait for it')
    const press = async (name: string) => await page.getByRole('button', { name, exact: true }).click()
    await listens('.drawer button')
    await press('Close')
    await polled(async () => await page.locator('.wait').count()).toBe(0)
    await open('drawer', 'it came')
    await polled(async () => await page.evaluate(() => document.readyState)).toBe('complete')
    await press('Open')
    await sees('.drawer .text', 'it came')
    await counts('inside', 1)
    expect(troubles).toEqual([])
  })

  describe('guards', () => {
    it('of what is deferred decide before the head is sent', async () => {
      const refused = await arrive(`${server.url}/secret`)
      expect(refused.response.status).toBe(401)
      expect(await refused.whole()).toContain('UNAUTHORIZED')
      const moved = await arrive(`${server.url}/moved`)
      expect(moved.response.status).toBe(303)
      expect(moved.response.headers.get('location')).toBe('/')
      await moved.leave()
    })
  })

  describe('a throw', () => {
    it('after streaming began ends the boundary around it, not the page', async () => {
      const { sees, counts, text, troubles } = await visit('/trouble')
      await counts('shell', 1)
      await open('trouble', 'fail:late')
      await sees('.caught', 'sorry')
      await open('bare', 'fail:late')
      await sees('.bare', 'This part could not be shown.')
      expect(await text('.bare')).not.toContain('fail')
      // Development covers the page with what was thrown.
      if (mode === 'dev') await sees('vite-error-overlay', '')
      else await counts('shell', 2)
      expect(troubles).toEqual([])
    })

    it('of an outcome is the error of the boundary', async () => {
      const { sees } = await visit('/trouble')
      await sees('.missing', 'wait')
      await open('missing')
      await sees('.missing', 'NOT_FOUND')
    })
  })

  describe('cookies', () => {
    it('that are set after the head was sent are an error, with its way out', async () => {
      const { sees } = await visit('/trouble')
      await sees('.cookie', 'wait')
      await open('cookie')
      await sees('.cookie', 'RESPONSE_STARTED')
      await server.says('RESPONSE_STARTED')
    })
  })

  describe('preloads', () => {
    it('name the modules of the roots in the shell, and of those that come later', async () => {
      const arrival = await arrive(`${server.url}/late`)
      const shell = await arrival.until('<!--;-->')
      const head = shell.slice(0, shell.indexOf('</head>'))
      const preloaded = [...head.matchAll(/<link rel="modulepreload" href="([^"]+)"/g)].map(([, url]) => url)
      for (const name of ['Counter', 'Chart'])
        expect(preloaded).toContainEqual(expect.stringMatching(new RegExp(`/${name}[^/]*$`)))
      expect(shell).toMatch(/"modules":\["[^"]*Counter[^"]*"\]/)
      await open('late')
      expect(await arrival.whole()).toMatch(/"modules":\["[^"]*Chart[^"]*"\]/)
    })

    it('and the script that places parts are in no document that is whole', async () => {
      const html = await (await fetch(server.url)).text()
      expect(html).not.toContain('data-layer9-parts')
      expect(html).not.toContain('noscript')
    })
  })

  describe('a navigation', () => {
    it('shows the shell at once, runs its roots, and places parts as they come', async () => {
      const { follow, sees, counts, page, troubles, loads } = await visit('/')
      await sees('h1', 'Home')
      await polled(loads).toBe(1)
      await follow('/order')
      await sees('ul', 'wait for two')
      expect(page.url()).toBe(`${server.url}/order`)
      await open('two')
      await sees('ul .two', 'wait for inner')
      await counts('two-counter', 1)
      await open('inner')
      await sees('li .inner', 'inner')
      await counts('inner-counter', 1)
      await open('one')
      await sees('p > .one', 'one')
      await counts('two-counter', 2)
      expect(await page.locator('layer9-fallback, [data-layer9-part]').count()).toBe(0)
      expect(loads()).toBe(1)
      expect(troubles).toEqual([])
    })

    it('is not held up by what was asked for when its link was pointed at', async () => {
      const { sees, counts, page, troubles, loads } = await visit('/')
      await sees('h1', 'Home')
      await polled(loads).toBe(1)
      const link = page.getByRole('link', { name: '/late', exact: true })
      const asked = page.waitForRequest(`${server.url}/late`)
      await link.hover()
      await asked
      await link.click({ noWaitAfter: true })
      await sees('.place', 'wait for it')
      await counts('shell', 1)
      await open('late', 'came')
      await sees('.text', 'came')
      expect(loads()).toBe(1)
      expect(troubles).toEqual([])
    })

    it('away from a page drops the parts that it still waits for', async () => {
      const { follow, sees, counts, page, troubles, loads } = await visit('/')
      await sees('h1', 'Home')
      await polled(loads).toBe(1)
      await follow('/late')
      await sees('.place', 'wait for it')
      await counts('shell', 1)
      await follow('/drawer')
      await sees('.drawer', 'wait for it')
      await open('late')
      await open('drawer', 'it came')
      await sees('.drawer .text', 'it came')
      await counts('inside', 1)
      expect(await page.locator('.chart, .place').count()).toBe(0)
      expect(loads()).toBe(1)
      expect(troubles).toEqual([])
    })

    it('keeps what a part of a layout shows until the next one comes, which is merged into it', async () => {
      const { follow, sees, counts, text, page, troubles, loads } = await visit('/panel/one')
      await sees('aside', 'wait for the menu')
      await open('menu', 'first menu')
      await sees('.menu', 'first menu')
      await counts('kept', 2)
      await follow('/panel/two')
      await sees('h1', 'Panel two')
      expect(await text('.menu')).toBe('first menu kept 2')
      await counts('kept', 3)
      await open('menu', 'second menu')
      await sees('.menu', 'second menu')
      expect(await text('.menu')).toBe('second menu kept 3')
      await counts('kept', 4)
      await follow('/panel/one')
      await sees('h1', 'Panel one')
      await follow('/')
      await sees('h1', 'Home')
      await open('menu')
      expect(await page.locator('aside').count()).toBe(0)
      expect(loads()).toBe(1)
      expect(troubles).toEqual([])
    })
  })

  describe('a form', () => {
    it('keeps what came before its answer, parts of which come later too', async () => {
      const { sees, counts, text, page } = await visit('/form')
      await sees('.place', 'wait for it')
      await open('form', 'first')
      await sees('.text', 'first')
      await counts('kept', 2)
      await page.getByRole('textbox').fill('enemy')
      await page.getByRole('button', { name: 'Say' }).click()
      await sees('output', 'Say friend')
      await sees('.text', 'first')
      await open('form', 'second')
      await sees('.text', 'second')
      expect(await text('.text')).toBe('second kept 2')
      await page.getByRole('textbox').fill('friend')
      await page.getByRole('button', { name: 'Say' }).click()
      await polled(async () => await page.getByRole('textbox').inputValue()).toBe('')
      await open('form', 'third')
      await sees('.text', 'third')
      expect(await text('.text')).toBe('third kept 2')
      await counts('kept', 3)
    })

    it('whose answer was left before its parts came leaves the next page alone', async () => {
      const { sees, follow, page, loads, troubles } = await visit('/form')
      await sees('.place', 'wait for it')
      await open('form', 'first')
      await polled(loads).toBe(1)
      await page.getByRole('textbox').fill('friend')
      await page.getByRole('button', { name: 'Say' }).click()
      await polled(async () => await page.getByRole('textbox').inputValue()).toBe('')
      await follow('/drawer')
      await sees('.drawer', 'wait for it')
      await open('form', 'second')
      await open('drawer', 'it came')
      await sees('.drawer .text', 'it came')
      expect(loads()).toBe(1)
      expect(await page.locator('[id|=layer9]').count()).toBe(2)
      expect(troubles).toEqual([])
    })
  })

  describe('a root that is streamed late', () => {
    it('starts when its part is placed, with props that JSON alone cannot carry, once', async () => {
      const { sees, counts, page, troubles } = await visit('/late')
      await sees('.place', 'wait for it')
      await open('late', 'came')
      await sees('button.chart', 'came 0 0')
      await counts('chart', 1)
      await counts('chart', 2)
      expect(await page.locator('[data-layer9-failed]').count()).toBe(0)
      expect(troubles).toEqual([])
    })
  })

  describe('without what places parts', () => {
    it('a page shows what came all the same, and its roots run', async () => {
      site = await openStreaming(browser, server.url)
      await site.page.route(/receive/, (route) => route.abort())
      await site.load('/order')
      await site.sees('ul', 'wait for two')
      for (const name of ['two', 'one', 'inner']) await open(name)
      for (const name of ['two', 'one', 'inner']) await site.sees(`.${name}`, name)
      await polled(async () => await site.text('body')).not.toContain('wait')
      await site.counts('two-counter', 1)
    })

    it('is not there where it was needed once only', async () => {
      const { sees, follow, page } = await visit('/late')
      await open('late')
      await sees('.place .text', 'late')
      await polled(async () => await page.locator('[data-layer9-unplaced]').count()).toBe(0)
      await follow('/')
      await sees('h1', 'Home')
      await follow('/order')
      await sees('ul', 'wait for two')
    })
  })

  describe('without scripts', () => {
    it('a streamed page shows all its content, and no fallback', async () => {
      const { sees, text, page } = await visit('/order', { javaScript: false })
      await sees('h1', 'Order')
      for (const name of ['two', 'one', 'inner']) await open(name)
      for (const name of ['two', 'one', 'inner']) await sees(`.${name}`, name)
      await page.waitForLoadState('load')
      // What is seen, not what is there.
      expect(await text('body')).not.toContain('wait')
    })

    it('rows of a table stand in it', async () => {
      const { sees } = await visit('/table', { javaScript: false })
      await open('rows', 'a row')
      await sees('tbody > .row > td', 'a row')
      await open('cell', 'a cell')
      await sees('body', 'a cell')
    })
  })
})

describe.each(['dev', 'build'])('streaming without navigation in %s', (mode) => {
  let server: RunningServer
  beforeAll(async () => {
    await app.write('layer9.config.ts', 'export default { navigation: false }\n')
    if (mode === 'build') expect(await runLayer9(['build'], { cwd: app.root })).toMatchObject({ code: 0, err: '' })
    server = await startLayer9([mode === 'dev' ? 'dev' : 'start'], { cwd: app.root })
  })
  afterAll(async () => {
    await server.end()
    await app.remove('layer9.config.ts')
  })

  it('starts the roots of the shell and of each part all the same', async () => {
    const { load, sees, counts, troubles, close } = await openStreaming(browser, server.url)
    await load('/late')
    await sees('.place', 'wait for it')
    await counts('shell', 1)
    await openGate(server.url, 'late', 'came')
    await counts('chart', 1)
    await load('/drawer')
    await sees('.drawer', 'wait for it')
    await openGate(server.url, 'drawer', 'came')
    await counts('inside', 1)
    expect(troubles).toEqual([])
    await close()
  })
})

describe('streaming in development', () => {
  it('shows what was edited, in the shell and in the parts that came, and waits for the next ones', async () => {
    const server = await startLayer9(['dev'], { cwd: app.root })
    const { load, sees, counts, troubles, close } = await openStreaming(browser, server.url)
    await load('/late')
    await sees('.place', 'wait for it')
    await openGate(server.url, 'late', 'came')
    await counts('chart', 2)
    await app.edit('app/routes/late.tsx', '<h1>Late</h1>', '<h1>Edited</h1>')
    await sees('h1', 'Edited')
    await sees('.text', 'came')
    await openGate(server.url, 'late', 'again')
    await sees('.text', 'again')
    await sees('button.chart', 'again 0 2')
    await counts('chart', 3)
    await app.edit('app/components/Chart.tsx', '{title}', 'the {title}')
    await sees('button.chart', 'the again 0 3')
    expect(troubles).toEqual([])
    await close()
    await server.end()
  })
})
