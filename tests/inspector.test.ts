// The inspector of development: what it says of an element that is pointed at; and that production knows nothing of it.
import { globSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { type OpenPage, openBrowser, openPage } from './harness/browser.ts'
import { type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'

let browser: Browser
let app: AppCopy
let dev: RunningServer
let opened: OpenPage
let page: Page

beforeAll(async () => {
  browser = await openBrowser()
  app = await copyApp('tests/fixtures/inspector')
  dev = await startLayer9(['dev'], { cwd: app.root })
})
afterAll(async () => {
  await dev?.end()
  await browser?.close()
  await app?.delete()
})

beforeEach(async () => {
  opened = await openPage(browser)
  page = opened.page
})
afterEach(async () => await opened.close())

const panel = () => page.getByRole('region', { name: 'Layer9 inspector' })

/** Opens a page of development once its roots run. */
async function visit(path = '/'): Promise<void> {
  await page.goto(dev.url + path, { waitUntil: 'networkidle' })
}

/** Turns the inspector on; it shows what is pointed at, or else the body. */
async function turnOn(): Promise<void> {
  await page.keyboard.press('Alt+Shift+L')
  await panel().locator('h2').filter({ hasText: /./ }).waitFor()
}

/** What the panel says once it speaks of an element: its rows by label, the component as `name`. */
async function told(element: string): Promise<Record<string, string>> {
  await panel().locator('dd').first().filter({ hasText: element }).waitFor()
  return await panel().evaluate((section) => {
    const rows = [...section.querySelectorAll('dt')].map(({ textContent, nextElementSibling }) => [
      textContent,
      nextElementSibling?.textContent,
    ])
    return { name: section.querySelector('h2')?.textContent, ...Object.fromEntries(rows) }
  })
}

/** Points at an element and gives what is said. */
async function point(selector: string, element: string): Promise<Record<string, string>> {
  await page.locator(selector).hover()
  return await told(element)
}

/** The line of a file that holds a text. */
async function lineOf(file: string, text: string): Promise<number> {
  const lines = (await app.read(file)).split('\n')
  return lines.findIndex((line) => line.includes(text)) + 1
}

const tabs = 'app/components/Tabs.tsx'

describe('shortcut', () => {
  it('turns it on and off, and Escape off', async () => {
    await visit()
    expect(await panel().count()).toBe(0)
    await turnOn()
    await page.keyboard.press('Alt+Shift+L')
    await panel().waitFor({ state: 'detached' })
    await turnOn()
    await page.keyboard.press('Escape')
    await panel().waitFor({ state: 'detached' })
    expect(opened.troubles).toEqual([])
  })

  it('is said where development starts', () => {
    expect(dev.output()).toContain('Alt+Shift+L')
  })

  it('loads nothing before', async () => {
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await visit()
    expect(asked.length).toBeGreaterThan(3)
    expect(asked.filter((url) => /\/inspector[\w-]*\.[jt]s/.test(url))).toEqual([])
    await turnOn()
    expect(asked.filter((url) => /\/inspector\.[jt]s/.test(url))).toHaveLength(1)
  })
})

describe('hover', () => {
  it('tells of a plain element', async () => {
    await visit()
    await turnOn()
    const line = await lineOf('app/components/Case.tsx', 'case-title')
    expect(await point('#case-title', '<h2>')).toEqual({
      name: 'Case',
      element: '<h2>',
      file: `app/components/Case.tsx:${line}:7`,
      layer: 'components, 8',
      kind: 'plain: rendered on the server alone',
      code: 'none: it stays on the server',
      props: 'none: what it is given stays on the server',
    })
  })

  it('tells of what is handed to a component who wrote it', async () => {
    await visit()
    await turnOn()
    expect(await point('#handed', '<p>')).toMatchObject({ name: 'HomePage', layer: 'routes, 9' })
    expect(await point('#item-b', '<li>')).toMatchObject({ name: 'HomePage' })
    expect(await point('#rule', '<hr>')).toMatchObject({ name: 'no component', layer: 'routes, 9' })
  })

  it('tells of a layout', async () => {
    await visit()
    await turnOn()
    const line = await lineOf('app/routes/layout.tsx', '"/other"')
    expect(await point('#top a', '<a>')).toMatchObject({
      name: 'Shell',
      file: `app/routes/layout.tsx:${line}:9`,
      layer: 'routes, 9',
      kind: 'plain: rendered on the server alone',
    })
  })

  it('tells of a root why it is one, and what it is given', async () => {
    await visit()
    await turnOn()
    const line = await lineOf(tabs, 'useState(start)')
    const props = JSON.stringify({ names: ['One', 'Two'], start: 0, children: { $slot: 0 } }).length
    expect(await point('#shown', '<p>')).toMatchObject({
      name: 'Tabs',
      file: `${tabs}:${await lineOf(tabs, 'shown: ')}:7`,
      layer: 'components, 8',
      kind: `live root: line ${line} calls useState`,
      code: 'unknown until `layer9 build`',
      props: `${props} B in the document, given to the root`,
    })
  })

  it('tells of an element deep inside a root', async () => {
    await visit()
    await turnOn()
    const root = `Tabs, ${tabs}: line ${await lineOf(tabs, 'useState(start)')} calls useState`
    expect(await point('#tab-1 .label', '<span>')).toMatchObject({
      name: 'Label',
      file: 'app/components/Label.tsx:1:54',
      kind: 'plain, part of a root, which brings it into the browser',
      root,
    })
    const line = await lineOf('app/components/Toggle.tsx', 'useState(false)')
    expect(await point('#toggle input', '<input>')).toMatchObject({
      name: 'Toggle',
      kind: `live, part of a root: line ${line} calls useState`,
      root,
    })
  })

  it('tells of what a root made in the browser, and shows elsewhere', async () => {
    await visit()
    await page.locator('#tab-1').click()
    await page.locator('#portal').waitFor()
    await turnOn()
    expect(await point('#portal', '<aside>')).toMatchObject({
      name: 'Tabs',
      kind: expect.stringContaining('live root'),
    })
  })

  it('tells of a slot inside a root', async () => {
    await visit()
    await turnOn()
    expect(await point('#slot', '<em>')).toMatchObject({
      name: 'HomePage',
      file: `app/routes/index.tsx:${await lineOf('app/routes/index.tsx', 'id="slot"')}:16`,
      kind: 'plain, in a slot of a root: rendered on the server alone',
      root: expect.stringContaining(`Tabs, ${tabs}`),
      code: 'none: it stays on the server',
    })
  })

  it('tells of what nobody compiled where it is', async () => {
    await visit('/other')
    await turnOn()
    expect(await point('#given', '<b>')).toMatchObject({
      name: 'OtherPage',
      element: '<b>, made by a script or as markup inside of',
    })
    await page.keyboard.press('ArrowUp')
    expect((await told('<div>'))['element']).toBe('<div>')
  })

  it('goes on after a navigation and an edit', async () => {
    await visit()
    await page.locator('#top a').click()
    await page.locator('#given').waitFor()
    await turnOn()
    expect(await point('#title', '<h1>')).toMatchObject({ name: 'OtherPage', file: 'app/routes/other.tsx:4:7' })
    await app.edit('app/routes/other.tsx', 'return (', '// one line more\n  return (')
    try {
      await panel().getByText('app/routes/other.tsx:5:7').waitFor()
    } finally {
      await app.edit('app/routes/other.tsx', '// one line more\n  return (', 'return (')
    }
    expect(opened.troubles).toEqual([])
  })
})

describe('the page', () => {
  it('hears nothing of the clicks that point at it', async () => {
    await visit()
    await turnOn()
    await page.locator('#tab-1').click()
    await page.locator('#top a').click()
    await page.keyboard.press('Escape')
    expect(await page.locator('#shown').textContent()).toBe('shown: One')
    expect(new URL(page.url()).pathname).toBe('/')
    await page.locator('#tab-1').click()
    await page.locator('#shown').filter({ hasText: 'Two' }).waitFor()
  })

  it('has no element more in it, and the styles of production hold', async () => {
    await visit()
    await turnOn()
    const body = await page.locator('body').evaluate(({ children }) => [...children].map(({ localName }) => localName))
    expect(body).toEqual(['div', 'script'])
    expect(await page.locator('#case').evaluate((element) => getComputedStyle(element).padding)).toBe('16px')
  })
})

describe('panel', () => {
  it('copies the place of what is clicked, and stays there until the next click', async () => {
    await opened.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await visit()
    await turnOn()
    await page.locator('#case-title').click()
    await panel()
      .getByText(/^Copied /)
      .waitFor()
    const copied = await page.evaluate(async () => await navigator.clipboard.readText())
    expect(copied).toBe(`app/components/Case.tsx:${await lineOf('app/components/Case.tsx', 'case-title')}:7`)
    await page.locator('#title').hover()
    await panel().getByRole('button', { name: 'Copy place' }).hover()
    expect(await told('<h2>')).toMatchObject({ name: 'Case' })
    await page.locator('#title').click()
    await told('<h1>')
  })

  it('is walked with the keyboard', async () => {
    await visit()
    await page.locator('#tab-0').focus()
    await turnOn()
    await told('<button>')
    await page.keyboard.press('ArrowDown')
    expect(await told('<span>')).toMatchObject({ name: 'Label' })
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowRight')
    expect(await told('<label>')).toMatchObject({ name: 'Toggle' })
    await panel().getByRole('button', { name: 'Close' }).focus()
    await page.keyboard.press('Enter')
    await panel().waitFor({ state: 'detached' })
  })

  it.each([390, 1280])('stands beside what it tells of, at %i pixels', async (width) => {
    await page.setViewportSize({ width, height: 844 })
    await visit()
    await turnOn()
    for (const [selector, element] of [
      ['#title', '<h1>'],
      ['#slot', '<em>'],
      ['#item-b', '<li>'],
    ] as const) {
      await point(selector, element)
      const { one, other } = await page.locator(selector).evaluate((target) => {
        const section = document.querySelector('layer9-inspector')!.shadowRoot!.querySelector('.panel')!
        return { one: target.getBoundingClientRect(), other: section.getBoundingClientRect() }
      })
      expect({ selector, left: other.left >= 0, right: other.right <= width }).toEqual({
        selector,
        left: true,
        right: true,
      })
      expect({ selector, apart: other.top >= one.bottom || other.bottom <= one.top }).toEqual({ selector, apart: true })
    }
  })

  it('needs no inline styles to be allowed', async () => {
    await visit()
    const color = await page.locator('body').evaluate((body) => {
      const policy = Object.assign(document.createElement('meta'), { content: "style-src 'self'" })
      policy.httpEquiv = 'Content-Security-Policy'
      document.head.append(policy)
      body.setAttribute('style', 'color: rgb(1, 2, 3)')
      return getComputedStyle(body).color
    })
    // The policy is in force: what it must refuse is refused.
    expect(color).not.toBe('rgb(1, 2, 3)')
    expect(opened.troubles).toHaveLength(1)
    await turnOn()
    await point('#title', '<h1>')
    expect(opened.troubles).toHaveLength(1)
    expect(await panel().evaluate((section) => getComputedStyle(section).position)).toBe('fixed')
  })
})

describe('production', () => {
  let start: RunningServer
  beforeAll(async () => {
    expect(await runLayer9(['build'], { cwd: app.root })).toMatchObject({ code: 0, err: '' })
    start = await startLayer9(['start'], { cwd: app.root })
  })
  afterAll(async () => await start?.end())

  it('has nothing of it in its files', async () => {
    const files = globSync('.layer9/build/**/*.{js,css,json,html}', { cwd: app.root })
    expect(files.length).toBeGreaterThan(5)
    for (const file of files) {
      const found = /data-layer9-at|layer9-inspector|layer9:inspect|l9portals|Alt\+Shift/.exec(await app.read(file))
      expect({ file, found: found?.[0] }).toEqual({ file, found: undefined })
    }
  })

  it('serves the pages that development serves without its marks', async () => {
    const read = async (server: RunningServer, path: string) => await (await fetch(server.url + path)).text()
    // URLs and the name of the build differ; of the body it is the table of roots alone that has any.
    const bodyOf = (html: string) => html.slice(html.indexOf('<body'), html.indexOf('<script type="application/json"'))
    for (const path of ['/', '/other']) {
      const [developed, served] = [await read(dev, path), await read(start, path)]
      expect(served).not.toContain('data-layer9-at')
      expect(developed).toContain('data-layer9-at')
      expect(bodyOf(developed.replaceAll(/ data-layer9-at="[^"]*"/g, ''))).toBe(bodyOf(served))
    }
  })

  it('answers to no shortcut', async () => {
    await page.goto(start.url, { waitUntil: 'networkidle' })
    await page.keyboard.press('Alt+Shift+L')
    await page.locator('#tab-1').click()
    await page.locator('#shown').filter({ hasText: 'Two' }).waitFor()
    expect(await page.locator('layer9-inspector').count()).toBe(0)
  })

  it('is weighed where there is a build', async () => {
    await visit()
    await turnOn()
    expect((await point('#shown', '<p>'))['code']).toMatch(
      /^[\d.]+ (?:B|KiB), compressed, for the root in the last build$/,
    )
  })
})
