// What crosses from plain components into roots: contexts, refused forms, the props that a parameter names; in
// development and as a build.
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { type OpenPage, openBrowser, openPage } from './harness/browser.ts'
import { type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'

let browser: Browser
let app: AppCopy
beforeAll(async () => {
  browser = await openBrowser()
  app = await copyApp('tests/fixtures/contexts')
})
afterAll(async () => {
  await browser?.close()
  await app?.delete()
})

/** The table of a document's roots, as it is sent. */
interface Table {
  roots: { name: string; props: object; contexts?: number[] }[]
  contexts?: [id: string, value?: unknown][]
}

const readTable = (html: string): Table =>
  JSON.parse(/<script type="application\/json" id="layer9"[^>]*>(.*?)<\/script>/s.exec(html)?.[1] ?? '{}')

const modes = ['dev', 'build'] as const
/** How long something may take on a busy machine. */
const soon = { timeout: 15_000 }
let server: RunningServer
let opened: OpenPage
/** Inside a `describe` of one mode: its server, and a page for each test. */
function inMode(mode: (typeof modes)[number], options?: { javaScript: boolean }): void {
  beforeAll(async () => {
    if (mode === 'build') expect(await runLayer9(['build'], { cwd: app.root })).toMatchObject({ code: 0, err: '' })
    server = await startLayer9([mode === 'dev' ? 'dev' : 'start'], { cwd: app.root })
  })
  afterAll(async () => await server?.end())
  beforeEach(async () => {
    opened = await openPage(browser, options)
  })
  afterEach(async () => await opened.close())
}

const get = async (path: string): Promise<string> => await (await fetch(server.url + path)).text()
const open = async (path: string) => await opened.page.goto(server.url + path)
const at = (selector: string) => opened.page.locator(selector)
const shown = async (label: string) => await at(`.${label} i`).textContent()
const follow = async (path: string) => {
  await opened.page.getByRole('link', { name: path, exact: true }).click()
  await at('h1')
    .filter({ hasText: path === '/' ? 'home' : path.slice(1) })
    .waitFor()
}
/** A part of the overlay of development. */
const overlay = async (part: string) => await at(`vite-error-overlay .${part}`).first().textContent()
/** Presses a root's button until it counts: a click that comes before the root runs is lost. */
const count = async (label: string) => {
  const button = at(`.${label} button`).first()
  await expect
    .poll(async () => {
      await button.click()
      return Number(await button.textContent())
    }, soon)
    .toBeGreaterThan(0)
  return await button.textContent()
}

describe.each(modes)('contexts in %s', (mode) => {
  describe('of plain components', () => {
    inMode(mode)

    it('are read in roots as on the server, by the nearest provider', async () => {
      await open('/')
      for (const [label, text] of [
        ['around', 'dark 2020'],
        ['first', 'dark 2020'],
        ['inner', 'blue 2022'],
      ] as const) {
        expect(await shown(label)).toBe(text)
        // A root that runs has rendered: with another value the development would have said so.
        await count(label)
        expect(await shown(label)).toBe(text)
      }
      expect(opened.troubles).toEqual([])
    })

    it('are in the document once, however many roots read them', async () => {
      const html = await get('/')
      const { roots, contexts } = readTable(html)
      const read = contexts?.filter((row) => row.length === 2)
      expect(read?.map(([id, value]) => [id, (value as { name: string }).name])).toEqual([
        ['app/components/theme.ts#Theme', 'dark'],
        ['app/components/theme.ts#Theme', 'blue'],
      ])
      const places = (name: string) => roots.filter((root) => root.name === name).map((root) => root.contexts)
      expect(places('Reader')).toEqual([[0], [0], [1], undefined])
    })

    it('do not come where nothing reads them', async () => {
      const { contexts } = readTable(await get('/late'))
      const values = contexts?.filter((row) => row.length === 2).map(([id]) => id)
      expect(values).toEqual(['app/components/theme.ts#Theme', 'app/components/theme.ts#Visitor'])
      expect(readTable(await get('/bare'))).not.toHaveProperty('contexts')
    })

    it('reach roots that stay on the page anew with each document', async () => {
      await open('/')
      const counted = await count('around')
      await follow('/second')
      expect(await shown('around')).toBe('red 2020')
      await follow('/bare')
      expect(await shown('around')).toBe('light 1970')
      await follow('/')
      expect(await shown('around')).toBe('dark 2020')
      expect(await at('.around button').textContent()).toBe(counted)
      expect(opened.loads()).toBe(1)
      expect(opened.troubles).toEqual([])
    })

    it('reach a root that began on a page without any', async () => {
      await open('/bare')
      const counted = await count('around')
      await follow('/second')
      await expect.poll(async () => await shown('around'), soon).toBe('red 2020')
      expect(await at('.around button').textContent()).toBe(counted)
    })

    it('travel to who reads them later, when they were made to', async () => {
      await open('/late')
      await expect
        .poll(async () => {
          await at('.visitor button').click()
          return await at('.visitor b').count()
        }, soon)
        .toBe(1)
      expect(await at('.visitor b').textContent()).toBe('Ada')
      expect(opened.troubles).toEqual([])
    })
  })

  describe('of live components', () => {
    inMode(mode)
    it('are live in a root in their slot', async () => {
      await open('/')
      expect(await shown('slotted')).toBe('framed 2021')
      await count('slotted')
      await expect
        .poll(async () => {
          await at('.reframe').click()
          return await at('.reframe').textContent()
        }, soon)
        .toBe('reframed')
      expect(await shown('slotted')).toBe('reframed 2021')
      expect(opened.troubles).toEqual([])
    })
  })
})

describe('a context that is read late', () => {
  const press = async () => {
    await open('/late')
    await expect
      .poll(async () => {
        await at('.theme button').click()
        return (await at('.theme b').count()) + opened.troubles.length
      }, soon)
      .toBeGreaterThan(0)
  }
  describe('in development', () => {
    inMode('dev')
    it('is an error that names it and the way out', async () => {
      await press()
      await expect.poll(() => opened.troubles.join(), soon).toContain('Look reads Theme in the browser')
      expect(await overlay('message')).toContain('Look reads Theme')
    })
  })
  describe('in production', () => {
    inMode('build')
    it('is what it is without a provider', async () => {
      await press()
      expect(await at('.theme b').textContent()).toBe('light')
      expect(opened.troubles).toEqual([])
    })
  })
})

describe('a context with a function in its value', () => {
  describe('in development', () => {
    inMode('dev')
    it('is an error on the overlay, with the place and the way out', async () => {
      const response = await open('/function')
      expect(response?.status()).toBe(500)
      const message = await overlay('message')
      expect(message).toContain('Toolbar is live and reads Tools')
      expect(message).toContain('its pick is a function')
      expect(message).toContain('provide it inside of Toolbar')
      expect(await overlay('file')).toContain('app/components/Toolbar.tsx:5:17')
      expect(await overlay('frame')).toMatch(/> 5 \|\s+const tools = useContext\(Tools\)/)
    })
  })
  describe('in production', () => {
    inMode('build')
    it('leaves its root without behaviour, the others with theirs, and a line in the log', async () => {
      const response = await open('/function')
      expect(response?.status()).toBe(200)
      await count('beside')
      await at('.tools').click()
      expect(await at('.tools').textContent()).toBe('hammer ')
      expect(opened.troubles).toEqual([])
      await server.says('CONTEXT_NOT_DATA')
      expect(server.output()).toContain('app/components/Toolbar.tsx:')
    })
  })
})

describe.each(modes)('a refused form in a root in %s', (mode) => {
  const send = async (label: string, text: string) => {
    await at(`.${label} input[name=text]`).fill(text)
    await at(`.${label}`).getByRole('button', { name: 'Keep' }).click()
  }
  const alerts = async () => await at('[role=alert]').allTextContents()

  describe('with scripts', () => {
    inMode(mode)
    it('keeps the state of its root, what was typed, and shows the message', async () => {
      await open('/forms')
      const counted = await count('one')
      await send('one', 'too long')
      await at('.one [role=alert]').waitFor()
      expect(await at('.one input[name=text]').inputValue()).toBe('too long')
      expect(await at('.one .count').textContent()).toBe(counted)
      expect(await at('.one input[name=text]').evaluate((field) => field === document.activeElement)).toBe(true)
      expect(await alerts()).toEqual(['Write less'])
      expect(opened.loads()).toBe(1)
    })

    it('is the one that was sent, and goes once it is mended', async () => {
      await open('/forms')
      await count('two')
      await send('two', 'too long')
      await at('.two [role=alert]').waitFor()
      expect(await at('.one input[name=text]').inputValue()).toBe('')
      await send('one', 'longer')
      await at('.one [role=alert]').waitFor()
      expect(await alerts()).toEqual(['Write less'])
      await send('one', 'ok')
      await expect.poll(alerts, soon).toEqual([])
      expect(opened.loads()).toBe(1)
    })

    it('may be one that was opened by a click', async () => {
      await open('/forms')
      await expect
        .poll(async () => {
          if (await at('.show').count()) await at('.show').click()
          return await at('.hidden').count()
        }, soon)
        .toBe(1)
      await send('hidden', 'too long')
      await at('.hidden [role=alert]').waitFor()
      expect(await at('.hidden input[name=text]').inputValue()).toBe('too long')
      expect(await alerts()).toEqual(['Write less'])
    })
  })

  describe('without scripts', () => {
    inMode(mode, { javaScript: false })
    it('is shown again with what was typed and the message, and no other', async () => {
      await open('/forms')
      await send('two', 'too long')
      await at('.two [role=alert]').waitFor()
      expect(await at('.two input[name=text]').inputValue()).toBe('too long')
      expect(await at('.one input[name=text]').inputValue()).toBe('')
      expect(await alerts()).toEqual(['Write less'])
      await send('two', 'ok')
      await at('.two [role=alert]').waitFor({ state: 'detached' })
      expect(await alerts()).toEqual([])
    })
  })
})

describe.each(modes)('destructured props in %s', (mode) => {
  inMode(mode)
  const propsOf = (html: string, name: string) => readTable(html).roots.find((root) => root.name === name)?.props

  it('travel alone, nested ones too', async () => {
    const html = await get('/card')
    expect(propsOf(html, 'Card')).toEqual({ user: { name: 'Ada', address: { city: 'London' } } })
    expect(html).not.toMatch(/the secret|the street|the note/)
    await open('/card')
    await expect
      .poll(async () => {
        await at('.card').click()
        return await at('.card').textContent()
      }, soon)
      .toBe('Ada of London')
    expect(opened.troubles).toEqual([])
  })

  it('travel with all beside them where the whole is used too', async () => {
    expect(propsOf(await get('/whole'), 'WholeCard')).toMatchObject({ user: { id: 7, secret: 'the secret' } })
    await open('/whole')
    await expect
      .poll(async () => {
        await at('.whole').click()
        return await at('.whole').textContent()
      }, soon)
      .toBe('id,name,secret,address')
  })
})
