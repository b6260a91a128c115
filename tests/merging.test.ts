// What stays of a page, and what does not, when the next document is merged into it: there, and back again.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page, Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { type OpenPage, openBrowser, openPage } from './harness/browser.ts'
import { type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'
import { type MergingPage, mergingOn } from './harness/merging.ts'

let browser: Browser
let app: AppCopy
let server: RunningServer
let opened: OpenPage
let page: Page
let shown: MergingPage
beforeAll(async () => {
  browser = await openBrowser()
  app = await copyApp('tests/fixtures/merging')
  await mkdir(join(app.root, 'public'))
  await writeFile(join(app.root, 'public/tone.wav'), silence())
  expect(await runLayer9(['build'], { cwd: app.root })).toMatchObject({ code: 0, err: '' })
  server = await startLayer9(['start'], { cwd: app.root })
})
afterAll(async () => {
  await browser.close()
  await server.end()
  await app.delete()
})
beforeEach(async () => {
  opened = await openPage(browser)
  page = opened.page
  shown = mergingOn(page, server.url)
})
afterEach(async () => {
  expect(opened.troubles).toEqual([])
  expect(opened.loads()).toBe(1)
  await opened.close()
})

/** A second of silence, which can be played: 8,000 samples of a byte (RIFF WAVE). */
function silence(): Buffer {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(8036, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(8000, 24)
  header.writeUInt32LE(8000, 28)
  header.writeUInt16LE(1, 32)
  header.writeUInt16LE(8, 34)
  header.write('data', 36)
  header.writeUInt32LE(8000, 40)
  return Buffer.concat([header, Buffer.alloc(8000, 128)])
}

describe('lists', () => {
  it('keep nodes, roots and what was typed by the key of each item, there and back', async () => {
    await shown.open('/list')
    await shown.count('a')
    await shown.count('c')
    await shown.count('row c')
    await page.getByLabel('a', { exact: true }).fill('typed')
    await shown.mark('li, tr, dd')
    await shown.follow('cxa', 'List cxa')
    expect(await page.locator('li').allTextContents()).toEqual(['c c 1', 'x x 0', 'a a 1'])
    expect(await page.locator('dd').allTextContents()).toEqual(['row c 1', 'row x 0', 'row a 0'])
    expect(await shown.marks('li')).toEqual(['c c 1', null, 'a a 1'])
    expect(await shown.marks('tr')).toEqual(['c', null, 'a'])
    expect(await shown.marks('dd')).toEqual(['row c 1', null, 'row a 0'])
    expect(await page.getByLabel('a', { exact: true }).inputValue()).toBe('typed')
    await shown.count('x')
    await page.goBack()
    await shown.shows('List abc')
    expect(await page.locator('li').allTextContents()).toEqual(['a a 1', 'b b 0', 'c c 1'])
    expect(await shown.marks('li')).toEqual(['a a 1', null, 'c c 1'])
    expect(await page.getByLabel('a', { exact: true }).inputValue()).toBe('typed')
  })

  it('of text alone become the next one all the same, and cost the document nothing', async () => {
    const html = await (await page.goto(`${server.url}/list`))?.text()
    expect(html).toContain('<section><p>text a</p><p>text b</p><p>text c</p></section>')
    await shown.follow('cxa', 'List cxa')
    expect(await page.locator('section p').allTextContents()).toEqual(['text c', 'text x', 'text a'])
  })

  it('cost a document a few bytes for each key of an item that keeps a state', async () => {
    const html = await (await page.goto(`${server.url}/list`))?.text()
    expect(html).toContain('<li data-layer9-key="a"><label>')
    expect(html).toContain('<tr data-layer9-key="a"><td><a ')
    expect(html).toContain('<!--{=a--><dt>a</dt>')
    expect(html).toContain('<h1>List abc</h1>')
  })
})

describe('style sheets', () => {
  const color = async () => await page.locator('h1').evaluate((heading) => getComputedStyle(heading).color)
  const sheets = async () => await page.locator('head link[rel=stylesheet]').count()

  it('are there before the page that needs them, and apply to no other', async () => {
    await shown.open('/')
    const own = await sheets()
    let held: Route | undefined
    await page.route('**/*.css', (route) => {
      held = route
    })
    await page.getByRole('link', { name: '/styled', exact: true }).click()
    await expect.poll(() => held).toBeDefined()
    expect([await page.locator('h1').textContent(), await color()]).toEqual(['Home', 'rgb(1, 2, 3)'])
    expect(new URL(page.url()).pathname).toBe('/')
    await page.evaluate(() => {
      // Whoever looks as soon as the heading is another one sees it with its style.
      const look = new MutationObserver(() => {
        const heading = document.querySelector('h1') as Element
        if (heading.textContent === 'Styled') document.body.dataset['seen'] ??= getComputedStyle(heading).color
      })
      look.observe(document.body, { subtree: true, childList: true, characterData: true })
    })
    await held?.continue()
    await shown.shows('Styled')
    expect(await page.locator('body').getAttribute('data-seen')).toBe('rgb(10, 120, 60)')
    expect(await sheets()).toBe(own + 1)
    await page.unroute('**/*.css')
    await shown.follow('/other', 'Other')
    expect(await color()).toBe('rgb(120, 10, 60)')
    expect(await sheets()).toBe(own + 1)
    await page.goBack()
    await shown.shows('Styled')
    expect(await color()).toBe('rgb(10, 120, 60)')
    await shown.follow('/', 'Home')
    expect([await color(), await sheets()]).toEqual(['rgb(1, 2, 3)', own])
  })

  it('are waited for two seconds at most', async () => {
    await shown.open('/')
    await page.clock.install()
    let asked = false
    await page.route('**/*.css', () => {
      asked = true
    })
    await page.getByRole('link', { name: '/styled', exact: true }).click()
    await expect.poll(() => asked).toBe(true)
    await page.clock.runFor(1_900)
    expect(await page.locator('h1').textContent()).toBe('Home')
    await page.clock.runFor(200)
    await shown.shows('Styled')
    await page.unrouteAll({ behavior: 'ignoreErrors' })
  })

  it('of a page that was overtaken are left behind', async () => {
    await shown.open('/')
    const own = await sheets()
    let held: Route | undefined
    await page.route('**/*.css', (route) => {
      held ??= route
      if (held !== route) void route.continue()
    })
    await page.getByRole('link', { name: '/styled', exact: true }).click()
    await expect.poll(() => held).toBeDefined()
    await shown.follow('/rtl', 'Right')
    expect(await sheets()).toBe(own)
    await held?.abort()
    await page.unroute('**/*.css')
    opened.troubles.length = 0
  })
})

describe('attributes', () => {
  const ofTag = async (tag: string) =>
    await page.locator(tag).evaluate((element) => (element.cloneNode() as Element).outerHTML)

  it('of html and body are those of the document, and those that scripts set stay', async () => {
    await shown.open('/')
    await page.evaluate(() => {
      document.documentElement.dataset['theme'] = 'dark'
      document.body.className = 'locked'
    })
    await shown.follow('/rtl', 'Right')
    expect(await ofTag('html')).toBe('<html lang="ar" data-theme="dark" dir="rtl"></html>')
    expect(await ofTag('body')).toBe('<body class="locked"></body>')
    await page.evaluate(() => {
      document.documentElement.dir = 'auto'
    })
    await page.goBack()
    await shown.shows('Home')
    expect(await ofTag('html')).toBe('<html lang="en" data-theme="dark" dir="auto"></html>')
    expect(await ofTag('body')).toBe('<body class="locked"></body>')
  })
})

describe('kept', () => {
  describe('controls', () => {
    const field = (name: string, value = '') => page.locator(`[name=${name}]${value && `[value=${value}]`}`)
    const values = async () => [
      await field('text').inputValue(),
      await field('area').inputValue(),
      await page.locator('[name=box]:checked').evaluateAll((boxes) => boxes.map((box) => box.getAttribute('value'))),
      await field('radio').and(page.locator(':checked')).getAttribute('value'),
      await field('select').inputValue(),
    ]

    it('that nobody touched show what each document says', async () => {
      await shown.open('/fields')
      await shown.follow('b', 'Fields b')
      expect(await values()).toEqual(['b', 'b', ['b'], 'b', 'b'])
      await field('text').fill('typed')
      await field('text').fill('b')
      await field('box', 'c').click()
      await field('box', 'c').click()
      await field('radio', 'c').click()
      await field('radio', 'b').click()
      await field('select').selectOption('c')
      await field('select').selectOption('b')
      await shown.follow('c', 'Fields c')
      expect(await values()).toEqual(['c', 'c', ['c'], 'c', 'c'])
      await page.goBack()
      await shown.shows('Fields b')
      expect(await values()).toEqual(['b', 'b', ['b'], 'b', 'b'])
    })

    it('that were changed show what they showed, until they are reset', async () => {
      await shown.open('/fields')
      await field('text').fill('typed')
      await field('area').fill('typed')
      await field('box', 'b').click()
      await field('radio', 'b').click()
      await field('select').selectOption('b')
      await shown.follow('c', 'Fields c')
      expect(await values()).toEqual(['typed', 'typed', ['b', 'c'], 'b', 'b'])
      await page.goBack()
      await shown.shows('Fields a')
      expect(await values()).toEqual(['typed', 'typed', ['a', 'b'], 'b', 'b'])
      await page.locator('form').evaluate((form) => (form as HTMLFormElement).reset())
      expect(await values()).toEqual(['a', 'a', ['a'], 'a', 'a'])
    })

    it('in which someone types keep text, caret and what an input method composes', async () => {
      await shown.open('/fields')
      await shown.mark('h1')
      await field('focused').focus()
      await page.keyboard.press('End')
      await page.keyboard.type('bc')
      const client = await opened.context.newCDPSession(page)
      await client.send('Input.imeSetComposition', { text: 'か', selectionStart: 1, selectionEnd: 1 })
      await page.evaluate(() => {
        const ended = () => document.body.setAttribute('data-ended', '')
        document.addEventListener('compositionend', ended)
      })
      // A merge of the same page is no navigation, and moves the focus nowhere.
      await opened.context.addCookies([{ name: 'value', value: 'b', url: server.url }])
      await shown.merge('/fields')
      await shown.shows('Fields b')
      expect(await shown.marks('h1')).toEqual(['Fields a'])
      expect(await field('focused').inputValue()).toBe('abcか')
      expect(await page.locator('body').getAttribute('data-ended')).toBeNull()
      await client.send('Input.insertText', { text: '火' })
      await page.keyboard.type('!')
      expect(await field('focused').inputValue()).toBe('abc火!')
    })
  })

  describe('media', () => {
    it('is what is open, scrolled and playing, and a popover, a dialog and a frame, where they move to', async () => {
      await shown.open('/media')
      await page.locator('summary').click()
      await page.locator('.scroller').evaluate((element) => element.scrollTo(0, 300))
      await page.locator('audio').evaluate(async (audio) => await (audio as HTMLAudioElement).play())
      await page.locator('dialog').evaluate((element) => (element as HTMLDialogElement).show())
      await page.locator('[name=inside]').fill('typed')
      await page.frameLocator('iframe').locator('input').fill('framed')
      await page.evaluate(() =>
        document.querySelector('audio')?.addEventListener('pause', () => (document.title = 'paused')),
      )
      await page.locator('#popover').evaluate((element) => (element as HTMLElement).showPopover())
      const state = async () => ({
        open: await page.locator('details').evaluate((details) => (details as HTMLDetailsElement).open),
        scrolled: await page.locator('.scroller').evaluate((element) => element.scrollTop),
        paused: await page.locator('audio').evaluate((audio) => (audio as HTMLAudioElement).paused),
        popover: await page.locator('#popover').evaluate((element) => element.matches(':popover-open')),
        dialog: await page.locator('dialog').evaluate((dialog) => (dialog as HTMLDialogElement).open),
        inside: await page.locator('[name=inside]').inputValue(),
        framed: await page.frameLocator('iframe').locator('input').inputValue(),
      })
      const kept = {
        open: true,
        scrolled: 300,
        paused: false,
        popover: true,
        dialog: true,
        inside: 'typed',
        framed: 'framed',
      }
      expect(await state()).toEqual(kept)
      await shown.merge('/media?turned')
      await shown.shows('Turned')
      expect(
        await page
          .locator('main > [id], main > [class], main > details')
          .evaluateAll((all) => all.map(({ localName }) => localName)),
      ).toEqual(['div', 'div', 'details'])
      expect(await page.locator('summary').textContent()).toBe('Details turned')
      expect(await state()).toEqual(kept)
      await shown.merge('/media')
      await shown.shows('First')
      expect(await page.locator('summary').textContent()).toBe('Details first')
      expect(await state()).toEqual(kept)
      expect(await page.title()).toBe('Merging')
    })
  })

  describe('strangers', () => {
    it('stay in elements marked to be kept, as children of body, and in roots, and nowhere else', async () => {
      await shown.open('/kept')
      await page.evaluate(() => {
        const put = (where: Element | null, name: string, how: InsertPosition = 'beforeend') =>
          where?.insertAdjacentHTML(how, `<i>${name}</i>`)
        put(document.querySelector('.map'), 'map')
        put(document.querySelector('nav'), 'in body', 'beforebegin')
        put(document.body, 'last')
        put(document.querySelector('.plain button'), 'in root')
        put(document.querySelector('.plain'), 'nowhere')
        for (const stranger of document.querySelectorAll('i')) Object.assign(stranger, { mark: stranger.textContent })
      })
      const strangers = ['in body', 'map', 'in root', 'last']
      for (const round of [2, 3]) {
        await shown.follow('next', `Round ${round}`)
        expect(await page.locator('i').allTextContents()).toEqual(strangers)
        expect(await shown.marks('i')).toEqual(strangers)
      }
      await page.goBack()
      await shown.shows('Round 2')
      await page.goBack()
      await shown.shows('Round 1')
      expect(await shown.marks('i')).toEqual(strangers)
      await shown.follow('/', 'Home')
      expect(await page.locator('i').allTextContents()).toEqual(['in body', 'last'])
    })
  })
})

describe('identity', () => {
  it('is the names of the query that a page is the same by, besides its parameters', async () => {
    await shown.open('/tabs?tab=b')
    await shown.count('tab')
    await shown.count('layout')
    await shown.follow('/tabs?tab=b&page=2', 'Tabs tab=b&page=2')
    expect(await shown.counted('tab')).toBe('1')
    await shown.merge('/tabs?tab=c')
    await shown.shows('Tabs tab=c')
    expect(await shown.counted('tab')).toBe('0')
    await shown.count('tab')
    await page.goBack()
    await shown.shows('Tabs tab=b&page=2')
    // At first it is shown as it was left.
    await expect.poll(() => shown.counted('tab')).toBe('0')
    expect(await shown.counted('layout')).toBe('1')
  })

  it('is what a function makes of the request, for a layout with all that is in it', async () => {
    await shown.open('/deep?of=1&x=1')
    await shown.count('deep')
    await shown.follow('/deep?of=1', 'Deep of=1')
    expect(await shown.counted('deep')).toBe('1')
    await shown.follow('/deep?of=2', 'Deep of=2')
    expect(await shown.counted('deep')).toBe('0')
  })
})

describe('segments', () => {
  it('that go take their roots with them, timers and all, and begin anew when they come back', async () => {
    await page.addInitScript(() => {
      const said: string[] = []
      Object.assign(window, { said })
      addEventListener('ticker', (event) => said.push((event as CustomEvent<string>).detail))
    })
    const said = async () => await page.evaluate(() => (window as unknown as { said: string[] }).said)
    const turns = async () => (await said()).filter((text) => text !== 'tick')
    await shown.open('/ticking')
    await shown.count('layout')
    await expect.poll(async () => (await said()).includes('tick')).toBe(true)
    await shown.follow('/', 'Home')
    await expect.poll(turns).toEqual(['start', 'stop'])
    await page.goBack()
    await shown.shows('Ticking')
    await expect.poll(turns).toEqual(['start', 'stop', 'start'])
    const all = await said()
    expect(all.lastIndexOf('stop') + 1).toBe(all.lastIndexOf('start'))
    expect(await shown.counted('layout')).toBe('1')
  })
})
