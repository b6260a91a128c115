// Documents asked for before a link is followed, as the network sees it.
import { describe, expect, it } from 'vitest'
import { useBuiltDocuments } from './harness/documents.ts'

const site = useBuiltDocuments()

const point = async (name: string) => await site.visitor.page.getByRole('link', { name, exact: true }).hover()
const focus = async (name: string) => await site.visitor.page.getByRole('link', { name, exact: true }).focus()
/** Waits until a document was answered. */
const answered = async (path: string) =>
  await site.visitor.page.waitForResponse((response) => new URL(response.url()).pathname === path)
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
  await site.visitor.page.evaluate(async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    // The pause before a link is taken for wanted, twice.
    setTimeout(resolve, 130)
    await promise
  })
}

describe('prefetch', { timeout: 60_000 }, () => {
  it('asks for a page that is pointed at, and shows that document when it is followed', async () => {
    await site.visitor.open('/')
    await Promise.all([answered('/about'), point('About')])
    expect(site.visitor.asked()).toEqual(['prefetch /about'])
    await site.visitor.follow('About')
    await site.visitor.shows('About')
    expect(site.visitor.asked()).toEqual([])
    expect(site.visitor.loads()).toBe(1)
  })

  it('asks at the first touch, and on focus', async () => {
    await site.visitor.open('/')
    await Promise.all([answered('/about'), focus('About')])
    await Promise.all([
      answered('/notes'),
      site.visitor.page
        .getByRole('link', { name: 'Notes', exact: true })
        .dispatchEvent('pointerover', { pointerType: 'touch', bubbles: true }),
    ])
    expect(site.visitor.asked()).toEqual(['prefetch /about', 'prefetch /notes'])
  })

  it('asks for what comes into view only where the link says so', async () => {
    const seen = site.visitor.page.waitForRequest((request) => request.url().endsWith('/item/seen'))
    await site.visitor.open('/lists')
    await seen
    expect(site.visitor.asked()).toEqual(['prefetch /item/seen'])
    await Promise.all([answered('/item/unseen'), site.visitor.page.evaluate(() => scrollTo(0, 5000))])
    expect(site.visitor.asked()).toEqual(['prefetch /item/unseen'])
  })

  it('leaves links that say none, that lead to no page, or that are only passed by', async () => {
    await site.visitor.open('/many')
    // The pointer is elsewhere by the time that counts.
    await site.visitor.page
      .getByRole('link', { name: 'Item 1.', exact: true })
      .dispatchEvent('pointerover', { pointerType: 'mouse', bubbles: true })
    await focus('Never')
    await settle()
    await Promise.all([answered('/item/2'), focus('Item 2.')])
    expect(site.visitor.asked()).toEqual(['prefetch /item/2'])
    await site.visitor.open('/')
    await point('Plain')
    await Promise.all([answered('/about'), point('About')])
    expect(site.visitor.asked()).toEqual(['prefetch /about'])
  })

  it('keeps none whose parts come later: its fallback is shown sooner when it is asked for then', async () => {
    await site.visitor.open('/')
    await Promise.all([answered('/stream'), focus('Stream')])
    await site.visitor.follow('Stream')
    await site.visitor.shows('Stream')
    await site.visitor.page.getByText('waiting').waitFor()
    expect(site.visitor.asked()).toEqual(['prefetch /stream', 'GET /stream'])
  })

  describe('kept', () => {
    it('are five documents', async () => {
      await site.visitor.open('/many')
      await ask('Item 1.', 'Item 2.', 'Item 3.', 'Item 4.', 'Item 5.', 'Item 6.')
      site.visitor.asked()
      await site.visitor.follow('Item 6.')
      await site.visitor.shows('Item 6')
      expect(site.visitor.asked()).toEqual([])
      await site.visitor.page.goBack()
      await site.visitor.shows('Many')
      site.visitor.asked()
      await site.visitor.follow('Item 1.')
      await site.visitor.shows('Item 1')
      expect(site.visitor.asked()).toEqual(['GET /item/1'])
    })

    it('are 30 seconds old at most', async () => {
      const { page } = site.visitor
      await page.clock.install()
      await site.visitor.open('/')
      const ready = answered('/about')
      await focus('About')
      await page.clock.runFor(100)
      await ready
      await page.clock.fastForward(15_000)
      site.visitor.asked()
      await site.visitor.follow('About')
      await page.clock.runFor(100)
      await site.visitor.shows('About')
      expect(site.visitor.asked()).toEqual([])
      const again = answered('/notes')
      await focus('Notes')
      await page.clock.runFor(100)
      await again
      await page.clock.fastForward(31_000)
      site.visitor.asked()
      await site.visitor.follow('Notes')
      await page.clock.runFor(100)
      await site.visitor.shows('Notes')
      expect(site.visitor.asked()).toEqual(['GET /notes'])
    })

    it('are dropped by an action', async () => {
      await site.visitor.open('/')
      await Promise.all([answered('/notes'), focus('Notes')])
      const called = site.visitor.page.waitForResponse((response) => response.url().endsWith('/addNote'))
      await site.visitor.page.getByRole('button', { name: 'Call' }).click()
      await called
      site.visitor.asked()
      await site.visitor.follow('Notes')
      await site.visitor.shows('Notes')
      await site.visitor.page.locator('li', { hasText: 'by a call' }).first().waitFor()
      expect(site.visitor.asked()).toEqual(['GET /notes'])
    })

    it('are not shown when they are of another build', async () => {
      await site.visitor.open('/')
      await Promise.all([answered('/about'), focus('About')])
      await site.visitor.page.evaluate(() =>
        document.querySelector('meta[name=layer9]')?.setAttribute('content', 'older'),
      )
      await site.visitor.follow('About')
      await site.visitor.shows('About')
      await expect.poll(site.visitor.loads).toBe(2)
    })
  })

  describe('under way', () => {
    it('is the request of the visit, however long the server takes', async () => {
      await site.visitor.open('/')
      const release = await site.visitor.hold('/about')
      await Promise.all([site.visitor.page.waitForRequest('**/about'), focus('About')])
      await site.visitor.follow('About')
      // A second click before the answer is there asks for nothing that is not on its way.
      await site.visitor.follow('About')
      await release()
      await site.visitor.shows('About')
      expect(site.visitor.asked()).toEqual(['prefetch /about'])
      expect(site.visitor.loads()).toBe(1)
    })

    it('is that of the visit also where the parts of the page come later', async () => {
      await site.visitor.open('/')
      const release = await site.visitor.hold('/stream')
      await Promise.all([site.visitor.page.waitForRequest('**/stream'), focus('Stream')])
      await site.visitor.follow('Stream')
      await release()
      await site.visitor.shows('Stream')
      expect(site.visitor.asked()).toEqual(['prefetch /stream'])
    })

    it('is none of a page that is visited before its turn came', async () => {
      await site.visitor.open('/many')
      const releases = await Promise.all(['/item/1', '/item/2'].map(site.visitor.hold))
      for (const number of [1, 2])
        await Promise.all([site.visitor.page.waitForRequest(`**/item/${number}`), focus(`Item ${number}.`)])
      await focus('Item 3.')
      await settle()
      await site.visitor.follow('Item 3.')
      await site.visitor.shows('Item 3')
      const both = [answered('/item/1'), answered('/item/2')]
      for (const release of releases) await release()
      await Promise.all(both)
      await Promise.all([answered('/notes'), focus('Notes')])
      const asked = ['prefetch /item/1', 'prefetch /item/2', 'GET /item/3', 'prefetch /notes']
      expect(site.visitor.asked()).toEqual(asked)
    })
  })

  describe('budget', () => {
    it('is two at a time', async () => {
      await site.visitor.open('/many')
      const releases = [await site.visitor.hold('/item/1'), await site.visitor.hold('/item/2')]
      for (const name of ['Item 1.', 'Item 2.', 'Item 3.']) {
        await focus(name)
        await settle()
      }
      expect(site.visitor.asked()).toEqual(['prefetch /item/1', 'prefetch /item/2'])
      const third = answered('/item/3')
      await releases[0]?.()
      await third
      expect(site.visitor.asked()).toEqual(['prefetch /item/3'])
      await releases[1]?.()
    })

    it('is eight documents a page', async () => {
      await site.visitor.open('/many')
      await ask('Item 1.', 'Item 2.', 'Item 3.', 'Item 4.', 'Item 5.', 'Item 6.', 'Item 7.', 'Item 8.')
      await focus('Item 9.')
      await settle()
      expect(site.visitor.asked()).toHaveLength(8)
      await site.visitor.follow('Home')
      await site.visitor.shows('Home')
      await Promise.all([answered('/notes'), focus('Notes')])
    })

    it('is 256 KB a page', async () => {
      await site.visitor.open('/many')
      // 60 KB each: the fifth is stopped on its way.
      await ask('Big 1.', 'Big 2.', 'Big 3.', 'Big 4.')
      const fifth = site.visitor.page.waitForRequest((request) => request.url().endsWith('/item/big-5'))
      await focus('Big 5.')
      await fifth
      await settle()
      await focus('Big 6.')
      await settle()
      expect(site.visitor.asked().at(-1)).toBe('prefetch /item/big-5')
      await site.visitor.follow('Big 5.')
      await site.visitor.shows('Item big-5')
      expect(site.visitor.asked()).toEqual(['GET /item/big-5'])
    })

    it.each(['Save-Data', 'prefers-reduced-data'])('is nothing with %s', async (wish) => {
      await site.visitor.page.addInitScript((name) => {
        // Neither can be set from outside: Chromium has no switch for the one, and knows the other only as an experiment.
        if (name === 'Save-Data') Object.defineProperty(navigator, 'connection', { value: { saveData: true } })
        else {
          const real = matchMedia
          window.matchMedia = (query) =>
            query.includes('prefers-reduced-data') ? ({ matches: true } as MediaQueryList) : real(query)
        }
      }, wish)
      await site.visitor.open('/')
      await focus('About')
      await settle()
      await point('Notes')
      await settle()
      expect(site.visitor.asked()).toEqual([])
      await site.visitor.follow('About')
      await site.visitor.shows('About')
      expect(site.visitor.asked()).toEqual(['GET /about'])
    })
  })
})
