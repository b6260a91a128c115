// Documents asked for before a link is followed, as the network sees it.
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { openBrowser } from './harness/browser.ts'
import { type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'
import { type DocumentsPage, openDocuments } from './harness/documents.ts'

let browser: Browser
let app: AppCopy
let server: RunningServer
let visitor: DocumentsPage
beforeAll(async () => {
  browser = await openBrowser()
  app = await copyApp('tests/fixtures/documents')
  expect(await runLayer9(['build'], { cwd: app.root })).toMatchObject({ code: 0, err: '' })
  server = await startLayer9(['start'], { cwd: app.root })
})
afterAll(async () => {
  await browser.close()
  await server.end()
  await app.delete()
})
beforeEach(async () => {
  visitor = await openDocuments(browser, server)
})
afterEach(async () => await visitor.close())

const point = async (name: string) => await visitor.page.getByRole('link', { name, exact: true }).hover()
const focus = async (name: string) => await visitor.page.getByRole('link', { name, exact: true }).focus()
/** Waits until a document was answered. */
const answered = async (path: string) =>
  await visitor.page.waitForResponse((response) => new URL(response.url()).pathname === path)
/** Asks for the documents of links, and waits for each. */
const ask = async (...names: string[]) => {
  for (const name of names) {
    const path = `/item/${name
      .toLowerCase()
      .replace('item ', '')
      .replace(/big (\d+)/, 'big-$1')
      .replace('.', '')}`
    const [response] = await Promise.all([answered(path), focus(name)])
    await response.finished()
  }
}
/** Long enough for whatever would be asked for to have been: another link's document, asked for later, is there. */
const settle = async () => {
  await visitor.page.evaluate(async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    // The pause before a link is taken for wanted, twice.
    setTimeout(resolve, 130)
    await promise
  })
}

describe('prefetch', { timeout: 60_000 }, () => {
  it('asks for a page that is pointed at, and shows that document when it is followed', async () => {
    await visitor.open('/')
    await Promise.all([answered('/about'), point('About')])
    expect(visitor.asked()).toEqual(['prefetch /about'])
    await visitor.follow('About')
    await visitor.shows('About')
    expect(visitor.asked()).toEqual([])
    expect(visitor.loads()).toBe(1)
  })

  it('asks at the first touch, and on focus', async () => {
    await visitor.open('/')
    await Promise.all([answered('/about'), focus('About')])
    await Promise.all([
      answered('/notes'),
      visitor.page
        .getByRole('link', { name: 'Notes', exact: true })
        .dispatchEvent('pointerover', { pointerType: 'touch', bubbles: true }),
    ])
    expect(visitor.asked()).toEqual(['prefetch /about', 'prefetch /notes'])
  })

  it('asks for what comes into view only where the link says so', async () => {
    const seen = visitor.page.waitForRequest((request) => request.url().endsWith('/item/seen'))
    await visitor.open('/lists')
    await seen
    expect(visitor.asked()).toEqual(['prefetch /item/seen'])
    await Promise.all([answered('/item/unseen'), visitor.page.evaluate(() => scrollTo(0, 5000))])
    expect(visitor.asked()).toEqual(['prefetch /item/unseen'])
  })

  it('leaves links that say none, that lead to no page, or that are only passed by', async () => {
    await visitor.open('/many')
    // The pointer is elsewhere by the time that counts.
    await visitor.page
      .getByRole('link', { name: 'Item 1.', exact: true })
      .dispatchEvent('pointerover', { pointerType: 'mouse', bubbles: true })
    await focus('Never')
    await settle()
    await Promise.all([answered('/item/2'), focus('Item 2.')])
    expect(visitor.asked()).toEqual(['prefetch /item/2'])
    await visitor.open('/')
    await point('Plain')
    await Promise.all([answered('/about'), point('About')])
    expect(visitor.asked()).toEqual(['prefetch /about'])
  })

  it('keeps none whose parts come later: its fallback is shown sooner when it is asked for then', async () => {
    await visitor.open('/')
    await Promise.all([answered('/stream'), focus('Stream')])
    await visitor.follow('Stream')
    await visitor.shows('Stream')
    await visitor.page.getByText('waiting').waitFor()
    expect(visitor.asked()).toEqual(['prefetch /stream', 'GET /stream'])
  })

  describe('kept', () => {
    it('are five documents', async () => {
      await visitor.open('/many')
      await ask('Item 1.', 'Item 2.', 'Item 3.', 'Item 4.', 'Item 5.', 'Item 6.')
      visitor.asked()
      await visitor.follow('Item 6.')
      await visitor.shows('Item 6')
      expect(visitor.asked()).toEqual([])
      await visitor.page.goBack()
      await visitor.shows('Many')
      visitor.asked()
      await visitor.follow('Item 1.')
      await visitor.shows('Item 1')
      expect(visitor.asked()).toEqual(['GET /item/1'])
    })

    it('are 30 seconds old at most', async () => {
      const { page } = visitor
      await page.clock.install()
      await visitor.open('/')
      const ready = answered('/about')
      await focus('About')
      await page.clock.runFor(100)
      await ready
      await page.clock.fastForward(15_000)
      visitor.asked()
      await visitor.follow('About')
      await page.clock.runFor(100)
      await visitor.shows('About')
      expect(visitor.asked()).toEqual([])
      const again = answered('/notes')
      await focus('Notes')
      await page.clock.runFor(100)
      await again
      await page.clock.fastForward(31_000)
      visitor.asked()
      await visitor.follow('Notes')
      await page.clock.runFor(100)
      await visitor.shows('Notes')
      expect(visitor.asked()).toEqual(['GET /notes'])
    })

    it('are dropped by an action', async () => {
      await visitor.open('/')
      await Promise.all([answered('/notes'), focus('Notes')])
      const called = visitor.page.waitForResponse((response) => response.url().endsWith('/addNote'))
      await visitor.page.getByRole('button', { name: 'Call' }).click()
      await called
      visitor.asked()
      await visitor.follow('Notes')
      await visitor.shows('Notes')
      await visitor.page.locator('li', { hasText: 'by a call' }).first().waitFor()
      expect(visitor.asked()).toEqual(['GET /notes'])
    })

    it('are not shown when they are of another build', async () => {
      await visitor.open('/')
      await Promise.all([answered('/about'), focus('About')])
      await visitor.page.evaluate(() => document.querySelector('meta[name=layer9]')?.setAttribute('content', 'older'))
      await visitor.follow('About')
      await visitor.shows('About')
      await expect.poll(visitor.loads).toBe(2)
    })
  })

  describe('budget', () => {
    it('is two at a time', async () => {
      await visitor.open('/many')
      const releases = [await visitor.hold('/item/1'), await visitor.hold('/item/2')]
      for (const name of ['Item 1.', 'Item 2.', 'Item 3.']) {
        await focus(name)
        await settle()
      }
      expect(visitor.asked()).toEqual(['prefetch /item/1', 'prefetch /item/2'])
      const third = answered('/item/3')
      await releases[0]?.()
      await third
      expect(visitor.asked()).toEqual(['prefetch /item/3'])
      await releases[1]?.()
    })

    it('is eight documents a page', async () => {
      await visitor.open('/many')
      await ask('Item 1.', 'Item 2.', 'Item 3.', 'Item 4.', 'Item 5.', 'Item 6.', 'Item 7.', 'Item 8.')
      await focus('Item 9.')
      await settle()
      expect(visitor.asked()).toHaveLength(8)
      await visitor.follow('Home')
      await visitor.shows('Home')
      await Promise.all([answered('/notes'), focus('Notes')])
    })

    it('is 256 KB a page', async () => {
      await visitor.open('/many')
      // 60 KB each: the fifth is stopped on its way.
      await ask('Big 1.', 'Big 2.', 'Big 3.', 'Big 4.')
      const fifth = visitor.page.waitForRequest((request) => request.url().endsWith('/item/big-5'))
      await focus('Big 5.')
      await fifth
      await settle()
      await focus('Big 6.')
      await settle()
      expect(visitor.asked().at(-1)).toBe('prefetch /item/big-5')
      await visitor.follow('Big 5.')
      await visitor.shows('Item big-5')
      expect(visitor.asked()).toEqual(['GET /item/big-5'])
    })

    it.each(['Save-Data', 'prefers-reduced-data'])('is nothing with %s', async (wish) => {
      await visitor.page.addInitScript((name) => {
        // Neither can be set from outside: Chromium has no switch for the one, and knows the other only as an experiment.
        if (name === 'Save-Data') Object.defineProperty(navigator, 'connection', { value: { saveData: true } })
        else {
          const real = matchMedia
          window.matchMedia = (query) =>
            query.includes('prefers-reduced-data') ? ({ matches: true } as MediaQueryList) : real(query)
        }
      }, wish)
      await visitor.open('/')
      await focus('About')
      await settle()
      await point('Notes')
      await settle()
      expect(visitor.asked()).toEqual([])
      await visitor.follow('About')
      await visitor.shows('About')
      expect(visitor.asked()).toEqual(['GET /about'])
    })
  })
})
