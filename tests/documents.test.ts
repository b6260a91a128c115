// Going from document to document in a real browser, in development and as a build.
import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { openBrowser } from './harness/browser.ts'
import { type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'
import { type DocumentsPage, eventsOf, openDocuments } from './harness/documents.ts'

let browser: Browser
let app: AppCopy
beforeAll(async () => {
  browser = await openBrowser()
  app = await copyApp('tests/fixtures/documents')
})
afterAll(async () => {
  await browser.close()
  await app.delete()
})

describe.each(['dev', 'build'])('documents in %s', { timeout: 60_000 }, (mode) => {
  let server: RunningServer
  let visitor: DocumentsPage
  beforeAll(async () => {
    if (mode === 'build') expect(await runLayer9(['build'], { cwd: app.root })).toMatchObject({ code: 0, err: '' })
    server = await startLayer9([mode === 'dev' ? 'dev' : 'start'], { cwd: app.root })
  })
  afterAll(async () => await server.end())
  beforeEach(async () => {
    visitor = await openDocuments(browser, server)
  })
  afterEach(async () => await visitor.close())

  const press = async (name: string) => await visitor.page.getByRole('button', { name, exact: true }).click()
  const tally = (name: string) => visitor.page.locator(`.tally[data-name="${name}"]`)
  const started = async () => await visitor.page.evaluate(() => (window as { started?: string[] }).started?.toSorted())
  /** How often an endpoint has run. */
  const runs = async (name: string) => (await eventsOf(server)).filter((event) => event === `ran ${name}`).length

  describe('the navigation', () => {
    const scripts = async (act: () => Promise<unknown>) => {
      const seen: string[] = []
      visitor.page.on('request', (request) => request.url().includes('navigation') && seen.push(request.url()))
      await act()
      return seen.length
    }

    it('is loaded when a link is pointed at, and not before', async () => {
      expect(await scripts(async () => await visitor.open('/'))).toBe(0)
      const { page } = visitor
      const loaded = page.waitForRequest((request) => request.url().includes('navigation'))
      await page.getByRole('link', { name: 'About', exact: true }).hover()
      await loaded
    })

    it('that cannot be had leaves links and forms to the browser', async () => {
      const { page } = visitor
      await page.route(/navigation/, (route) => route.abort())
      await visitor.open('/')
      await visitor.follow('Notes')
      await visitor.shows('Notes')
      await page.getByLabel('Text').fill(`without navigation in ${mode}`)
      await press('Keep')
      await page.locator('li', { hasText: `without navigation in ${mode}` }).waitFor()
      await page.goBack()
      expect(visitor.asked()).toEqual([])
    })
  })

  describe('what is taken over', () => {
    it('is what leads to pages: other links are marked, and never asked for by a script', async () => {
      await visitor.open('/')
      const marked = await visitor.page
        .locator('main a[data-layer9-reload]')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href')))
      expect(marked).toEqual(['/plain', '/nothing', '/report', '/plan.txt'])
      const before = await runs('plain')
      await visitor.page.getByRole('link', { name: 'Plain', exact: true }).hover()
      await visitor.follow('Plain')
      await visitor.page.getByText('plain text').waitFor()
      expect(await runs('plain')).toBe(before + 1)
      expect(visitor.asked()).toEqual([])
    })

    it('runs no endpoint twice where nobody could mark the link, and loads files in full', async () => {
      await visitor.open('/')
      const before = await runs('plain')
      await visitor.page.evaluate(() => {
        for (const link of document.querySelectorAll('a')) link.removeAttribute('data-layer9-reload')
      })
      await visitor.follow('Plain')
      await visitor.page.getByText('plain text').waitFor()
      expect(await runs('plain')).toBe(before + 1)
      await visitor.page.goBack()
      await visitor.shows('Home')
      await visitor.page.evaluate(() =>
        document.querySelector('a[href="/plan.txt"]')?.removeAttribute('data-layer9-reload'),
      )
      await visitor.follow('Plan')
      await visitor.page.getByText('a plan').waitFor()
    })

    if (mode === 'dev') {
      it('is told in development of a link that leads to no document', async () => {
        const told: string[] = []
        visitor.page.on('console', (message) => void (message.type() === 'error' && told.push(message.text())))
        await visitor.open('/')
        await visitor.page.evaluate(() =>
          document.querySelector('a[href="/plain"]')?.removeAttribute('data-layer9-reload'),
        )
        await visitor.follow('Plain')
        await visitor.page.getByText('plain text').waitFor()
        expect(told).toEqual([expect.stringMatching(/^NAVIGATION_NO_DOCUMENT .*\/plain was answered 204/)])
      })
    }

    it('runs an endpoint that a page redirects to once', async () => {
      await visitor.open('/')
      const before = await runs('plain')
      await visitor.follow('To plain')
      await visitor.page.getByText('plain text').waitFor()
      expect(await runs('plain')).toBe(before + 1)
    })
  })

  describe('a page', () => {
    it('keeps the layout’s root, its state, and what both documents have', async () => {
      await visitor.open('/')
      await tally('layout').click()
      await visitor.follow('About')
      await visitor.shows('About')
      await tally('layout').click()
      expect(await tally('layout').textContent()).toBe('layout 2')
      expect(await visitor.page.locator('[aria-current=page]').textContent()).toBe('About')
      expect(visitor.loads()).toBe(1)
      expect(visitor.troubles).toEqual([])
    })

    it('keeps a layout that is a root, around pages that change', async () => {
      await visitor.open('/frame/one')
      await visitor.page.locator('.toggle').click()
      await visitor.follow('To two')
      await visitor.shows('Frame two')
      await expect.poll(started).toEqual(['layout', 'two'])
      expect(await visitor.page.locator('.toggle').textContent()).toBe('opened 1')
      await visitor.page.goBack()
      await visitor.shows('Frame one')
      await expect.poll(started).toEqual(['layout', 'one'])
      expect(await visitor.page.locator('.toggle').textContent()).toBe('opened 1')
      expect(visitor.loads()).toBe(1)
      expect(visitor.troubles).toEqual([])
    })

    it('has the focus in main and its title announced', async () => {
      await visitor.open('/')
      await visitor.follow('About')
      await visitor.shows('About')
      await visitor.page.waitForFunction(() => document.activeElement?.tagName === 'MAIN')
      expect(await visitor.page.getByRole('status').textContent()).toBe('About')
    })

    it('stands where the hash of its link says', async () => {
      await visitor.open('/')
      await visitor.follow('Deep')
      await visitor.shows('About')
      await visitor.page.waitForFunction(
        () => (document.getElementById('deep')?.getBoundingClientRect().top ?? 1e9) < 800,
      )
      expect(new URL(visitor.page.url()).hash).toBe('#deep')
      await visitor.page.goBack()
      await visitor.shows('Home')
      visitor.asked()
      await visitor.follow('Below')
      await visitor.page.waitForFunction(() => scrollY > 1000)
      await visitor.page.goBack()
      await visitor.standsAt(0)
      expect(visitor.asked()).toEqual([])
    })

    it('is the last one that was asked for', async () => {
      await visitor.open('/')
      const release = await visitor.hold('/about')
      await visitor.follow('About')
      await visitor.follow('Notes')
      await visitor.shows('Notes')
      await release()
      await visitor.page.evaluate(() => new Promise((done) => setTimeout(done)))
      expect(await visitor.page.locator('h1').textContent()).toBe('Notes')
      expect(new URL(visitor.page.url()).pathname).toBe('/notes')
    })
  })

  describe('answers', () => {
    it('that are downloads leave the page as it is', async () => {
      await visitor.open('/')
      await tally('layout').click()
      const downloading = visitor.page.waitForEvent('download')
      await visitor.follow('Report')
      const download = await downloading
      expect(await readFile(await download.path(), 'utf8')).toBe('a,b\n1,2\n')
      await visitor.follow('About')
      await visitor.shows('About')
      expect(await tally('layout').textContent()).toBe('layout 1')
    })

    it('of 204 leave the page as it is', async () => {
      await visitor.open('/')
      await tally('layout').click()
      const before = await runs('nothing')
      await visitor.follow('Nothing')
      await expect.poll(async () => await runs('nothing')).toBe(before + 1)
      expect(await tally('layout').textContent()).toBe('layout 1')
      expect(await visitor.page.locator('h1').textContent()).toBe('Home')
    })

    it('that lead to another origin are loaded there', async () => {
      await visitor.open('/')
      await visitor.follow('Away')
      await visitor.page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/about$/)
      await visitor.shows('About')
    })

    it('of 500 are shown like others, at their address', async () => {
      await visitor.open('/')
      await tally('layout').click()
      await visitor.follow('Broken')
      await visitor.shows('Something failed')
      expect(new URL(visitor.page.url()).pathname).toBe('/broken')
      expect(await tally('layout').textContent()).toBe('layout 1')
      expect(visitor.loads()).toBe(1)
    })
  })

  describe('ids', () => {
    /** Of each label, the name of the field that it is for, and whether that is the one beside it. */
    const pairs = async () =>
      await visitor.page
        .locator('.pair label')
        .evaluateAll((labels) =>
          (labels as HTMLLabelElement[]).map((label) => [
            label.textContent,
            label.control === label.nextElementSibling,
          ]),
        )
    const beside = (...names: string[]) => names.map((name) => [name, true])

    it('of a root that stays are its own, whatever the next documents bring', async () => {
      await visitor.open('/fields')
      await press('More kept')
      expect(await pairs()).toEqual(beside('kept 0', 'kept 1'))
      await visitor.follow('Some')
      await visitor.shows('Some fields')
      await press('More second')
      await press('More kept')
      const some = ['first 0', 'second 0', 'second 1', 'kept 0', 'kept 1', 'kept 2']
      expect(await pairs()).toEqual(beside(...some))
      await visitor.follow('Others')
      await visitor.shows('Other fields')
      await press('More other')
      await press('More kept')
      expect(await pairs()).toEqual(beside('other 0', 'other 1', 'kept 0', 'kept 1', 'kept 2', 'kept 3'))
      const ids = await visitor.page.locator('[id^=l9]').evaluateAll((found) => found.map(({ id }) => id))
      expect(new Set(ids).size).toBe(ids.length)
      expect(visitor.loads()).toBe(1)
      expect(visitor.troubles).toEqual([])
    })
  })

  describe('caching', () => {
    const ask = async (path: string, init?: RequestInit) => {
      const { status, headers } = await fetch(server.url + path, { redirect: 'manual', ...init })
      return { status, caching: headers.get('cache-control'), etag: headers.get('etag') }
    }
    const post = async (path: string, form: Record<string, string>) =>
      await ask(path, {
        method: 'POST',
        body: new URLSearchParams(form),
        headers: { origin: server.url, 'sec-fetch-site': 'same-origin' },
      })

    it('is asked about each time, where a page says nothing', async () => {
      const { etag, ...first } = await ask('/about')
      expect(first).toEqual({ status: 200, caching: 'private, no-cache' })
      expect(await ask('/about', { headers: { 'if-none-match': String(etag) } })).toMatchObject({ status: 304 })
    })

    it('is none of a page that says so, its errors and its forms', async () => {
      const none = { caching: 'no-store', etag: null }
      expect(await ask('/diary')).toEqual({ status: 200, ...none })
      expect(await ask('/diary', { method: 'HEAD' })).toEqual({ status: 200, ...none })
      expect(await ask('/diary?broken')).toEqual({ status: 500, ...none })
      expect(await post('/diary', { $action: 'notes/addNote', text: '' })).toEqual({ status: 422, ...none })
      expect(await post('/about', { $action: 'notes/addNote', text: '' })).toMatchObject({
        status: 422,
        caching: 'private, no-cache',
      })
    })

    it('is none of all that is in a layout that says so', async () => {
      expect(await ask('/desk')).toEqual({ status: 200, caching: 'no-store', etag: null })
      expect(await ask('/desk/nothing')).toEqual({ status: 404, caching: 'no-store', etag: null })
    })

    it('is none of an answer that sets a session cookie', async () => {
      expect(await post('/sign-in', { $action: 'session/signIn', name: 'Ada' })).toMatchObject({
        status: 303,
        caching: 'no-store',
      })
    })

    it.each(['loaded', 'merged'])(
      'is none in the navigation either: such a page, %s, is not shown as it was left',
      async (how) => {
        const { page } = visitor
        await visitor.open(how === 'loaded' ? '/diary' : '/')
        if (how === 'merged') {
          await page.evaluate(() =>
            document.querySelector('main')?.insertAdjacentHTML('beforeend', '<a href="/diary">Diary</a>'),
          )
          await visitor.follow('Diary')
          await visitor.shows('Diary')
        }
        await visitor.follow('About')
        await visitor.shows('About')
        const release = await visitor.hold('/diary')
        const asked = page.waitForRequest((request) => new URL(request.url()).pathname === '/diary')
        await page.goBack()
        await asked
        // A page that was kept is shown before its document is asked for.
        expect(await page.locator('h1').textContent()).toBe('About')
        await release()
        await visitor.shows('Diary')
        // The page that was left for it is kept as ever.
        await page.goForward()
        await visitor.shows('About')
        expect(visitor.loads()).toBe(1)
      },
    )
  })

  describe('history', () => {
    it('finds the scroll position of each of three pages', async () => {
      await visitor.open('/')
      await visitor.scroll(300)
      for (const [index, y] of [700, 1100, 1500].entries()) {
        await visitor.follow(`Long ${index + 1}`)
        await visitor.shows(`Long ${index + 1}`)
        await visitor.standsAt(0)
        await visitor.scroll(y)
      }
      for (const [heading, y] of [
        ['Long 2', 1100],
        ['Long 1', 700],
        ['Home', 300],
      ] as const) {
        await visitor.page.goBack()
        await visitor.shows(heading)
        await visitor.standsAt(y)
      }
      await visitor.page.goForward()
      await visitor.shows('Long 1')
      await visitor.standsAt(700)
      expect(visitor.loads()).toBe(1)
    })

    it('finds it after a full load in between, too', async () => {
      await visitor.open('/')
      await visitor.scroll(300)
      await visitor.follow('Long 1')
      await visitor.shows('Long 1')
      await visitor.page.reload({ waitUntil: 'networkidle' })
      await visitor.scroll(700)
      await visitor.page.reload({ waitUntil: 'networkidle' })
      await visitor.standsAt(700)
      await visitor.page.goBack()
      await visitor.shows('Home')
      await visitor.standsAt(300)
      await visitor.page.goForward()
      await visitor.shows('Long 1')
      await visitor.standsAt(700)
    })
  })

  describe('back', () => {
    it('shows a page at once as it was left, its roots stopped meanwhile, and merges what is fetched', async () => {
      const { page } = visitor
      await visitor.open('/about')
      await page.getByLabel('Remark').fill('typed')
      await expect.poll(started).toEqual(['about', 'layout'])
      await visitor.scroll(500)
      await visitor.follow('Home')
      await visitor.shows('Home')
      await expect.poll(started).toEqual(['layout'])
      const release = await visitor.hold('/about')
      await page.goBack()
      await visitor.shows('About')
      await visitor.standsAt(500)
      expect(await page.title()).toBe('About')
      expect(await page.getByLabel('Remark').inputValue()).toBe('typed')
      expect(await started()).toEqual(['layout'])
      await release()
      await expect.poll(started).toEqual(['about', 'layout'])
      await visitor.standsAt(500)
      expect(await page.locator('[aria-current=page]').textContent()).toBe('About')
      await tally('about').click()
      expect(await tally('about').textContent()).toBe('about 1')
      expect(visitor.loads()).toBe(1)
      expect(visitor.troubles).toEqual([])
    })

    it('shows it with its style sheets', async () => {
      const { page } = visitor
      await visitor.open('/')
      await visitor.follow('About')
      await visitor.shows('About')
      const release = await visitor.hold('/')
      await page.goBack()
      await visitor.shows('Home')
      const colour = await page.locator('.styled').evaluate((element) => getComputedStyle(element).color)
      expect(colour).toBe('rgb(10, 120, 60)')
      await release()
    })

    it('knows the last ten pages, and asks for older ones', async () => {
      const { page } = visitor
      await visitor.open('/long/0')
      for (let number = 1; number <= 11; number++) {
        await page.evaluate((name) => {
          const link = Object.assign(document.createElement('a'), { href: `/long/${name}` })
          document.querySelector('main')?.append(link)
          link.click()
        }, number)
        await visitor.shows(`Long ${number}`)
      }
      // Long 0 to 10 were left: Long 0 is one too many.
      const release = await visitor.hold('/long/1')
      await page.evaluate(() => history.go(-10))
      await visitor.shows('Long 1')
      await release()
      const releaseFirst = await visitor.hold('/long/0')
      const asking = page.waitForRequest((request) => new URL(request.url()).pathname === '/long/0')
      await page.evaluate(() => history.back())
      await asking
      expect(await page.locator('h1').textContent()).toBe('Long 1')
      await releaseFirst()
      await visitor.shows('Long 0')
      expect(visitor.loads()).toBe(1)
    })
  })

  describe('forms', () => {
    it('with a file are posted as multipart, and the answer is merged', async () => {
      const { page } = visitor
      await visitor.open('/notes')
      await tally('layout').click()
      await page
        .getByLabel('File')
        .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('content') })
      const posting = page.waitForRequest((request) => request.method() === 'POST')
      await press('Upload')
      const request = await posting
      expect(request.headers()['content-type']).toMatch(/^multipart\/form-data; boundary=/)
      // As long as no form takes files the answer is a refusal, which is merged like any other.
      await visitor.shows('Something failed')
      expect(await tally('layout').textContent()).toBe('layout 1')
      expect(visitor.loads()).toBe(1)
    })

    it('that only ask are navigations with an address of their own', async () => {
      const { page } = visitor
      await visitor.open('/search')
      await page.getByLabel('Words').fill('a b')
      await press('Find')
      await visitor.shows('Search a b')
      expect(new URL(page.url()).search).toBe('?words=a+b')
      await page.goBack()
      await page.waitForURL((url) => url.search === '')
      expect(visitor.loads()).toBe(1)
    })

    it('overtaken: a document asked for while a form is under way is asked for again', async () => {
      const { page } = visitor
      await visitor.open('/notes')
      const count = Number.parseInt((await page.locator('output').textContent()) as string, 10)
      const { promise, resolve } = Promise.withResolvers<void>()
      await page.route('**/notes', async (route) => {
        if (route.request().method() === 'POST') await promise
        await route.continue()
      })
      await page.getByLabel('Text').fill('slow')
      const posting = page.waitForRequest((request) => request.method() === 'POST')
      await press('Keep')
      await posting
      visitor.asked()
      const answered = page.waitForResponse((response) => new URL(response.url()).search === '?again')
      await page.evaluate(() => {
        const link = Object.assign(document.createElement('a'), { href: '/notes?again' })
        document.querySelector('main')?.append(link)
        link.click()
      })
      await answered
      // What it says is from before the form was received.
      expect(new URL(page.url()).search).toBe('')
      resolve()
      await page.waitForURL((url) => url.search === '?again')
      expect(await page.locator('output').textContent()).toBe(`${count + 1} notes`)
      expect(visitor.asked().filter((request) => request === 'GET /notes?again')).toHaveLength(2)
      expect(visitor.loads()).toBe(1)
    })

    it('overtaken: neither is one shown that was asked for before a call of an action settled', async () => {
      const { page } = visitor
      await visitor.open('/about')
      const release = await visitor.hold('/_layer9/api/notes/addNote')
      const calling = page.waitForRequest((request) => request.url().endsWith('addNote'))
      await press('Call')
      await calling
      const answered = page.waitForResponse((response) => new URL(response.url()).pathname === '/notes')
      await visitor.follow('Notes')
      await answered
      expect(await page.locator('h1').textContent()).toBe('About')
      await release()
      await visitor.shows('Notes')
      await page.locator('li', { hasText: 'by a call' }).first().waitFor()
      expect(visitor.asked().filter((request) => request === 'GET /notes')).toHaveLength(2)
    })
  })

  describe('offline', () => {
    it('a click is the browser’s own error page, and coming back works', async () => {
      const { page, context } = visitor
      await visitor.open('/')
      await page.getByRole('link', { name: 'About', exact: true }).hover()
      await page.waitForLoadState('networkidle')
      await page.mouse.move(0, 0)
      await context.setOffline(true)
      await visitor.follow('Notes')
      await expect.poll(() => page.url()).toBe('chrome-error://chromewebdata/')
      await context.setOffline(false)
      await page.goBack()
      await visitor.shows('Home')
      await visitor.follow('Notes')
      await visitor.shows('Notes')
    })
  })

  describe('leaving', () => {
    const events = async (event: string) => (await eventsOf(server)).filter((other) => other === event).length

    it('stops the loaders of a page that nobody waits for any more', async () => {
      const [waits, left] = [await events('waits'), await events('left')]
      await visitor.open('/')
      await visitor.follow('Forever')
      await expect.poll(async () => await events('waits')).toBe(waits + 1)
      await visitor.follow('About')
      await visitor.shows('About')
      await expect.poll(async () => await events('left')).toBe(left + 1)
    })

    it('renders nothing more of a page that is streamed', async () => {
      const [waits, left, rendered] = [await events('waits'), await events('left'), await events('rendered')]
      await visitor.open('/')
      await visitor.follow('Stream')
      await expect.poll(async () => await events('waits')).toBe(waits + 1)
      await visitor.follow('About')
      await visitor.shows('About')
      await expect.poll(async () => await events('left')).toBe(left + 1)
      expect(await events('rendered')).toBe(rendered)
    })
  })

  describe('without scripts', () => {
    it('is whole: links, forms and back', async () => {
      const plain = await openDocuments(browser, server, { javaScript: false })
      await plain.open('/')
      await plain.page.getByRole('link', { name: 'About', exact: true }).click()
      await plain.shows('About')
      await plain.page.getByRole('link', { name: 'Notes', exact: true }).click()
      await plain.page.getByLabel('Text').fill(`plain in ${mode}`)
      await plain.page.getByRole('button', { name: 'Keep', exact: true }).click()
      await plain.page.locator('li', { hasText: `plain in ${mode}` }).waitFor()
      await plain.page.goBack()
      await plain.shows('Notes')
      await plain.close()
    })
  })
})
