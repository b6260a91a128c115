// Whatever a value is, it stays a value: text that would be markup, an attribute, a script or a header elsewhere, in
// every place that a document has for values, read back by a real browser.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { type OpenPage, openBrowser, openPage } from './harness/browser.ts'
import { type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'
import { eachCase, type Random } from './harness/random.ts'

/** What ends, begins or hides something in one of the languages of a document. */
const shards = [
  ...['<', '>', '"', "'", '`', '&', '=', '/', '\\', '{', '}', '$', '#', '?', ';', ':', '%', '-', '!', ' ', '\n', '\t'],
  ...['<script>alert(1)</script>', '</script>', '<!--', '-->', '--!>', ']]>', '<![CDATA[', '</title>', '</textarea>'],
  ...['</style>', '</select>', '</svg>', '</math>', '<img src=x onerror=alert(1)>', '" onfocus="alert(1)" autofocus="'],
  ...['&lt;', '&amp', '&#60;', '&copy', 'javascript:alert(1)', '\u2028', '\u2029', '{/--', '}-->', '[0', '(0', '$slot'],
  ...['__proto__', 'constructor', 'é', '漢', '🙂', '\u202e', '\u0085', 'word', '<p>', '<template>', '</body></html>'],
  ...['expression(alert(1))', 'url(x)', '\r\nSet-Cookie: a=1', '\r', '<base href=//x>', '?0-->', '<l9'],
]

const hostile = (random: Random): string =>
  Array.from({ length: 1 + random.below(6) }, () => random.pick(shards)).join('')

/** Sends the form of the shown page with a value, and reads the page that refuses it. Runs in the browser. */
async function postForm(text: string): Promise<unknown> {
  const form = document.querySelector('form') as HTMLFormElement
  const data = new FormData(form)
  data.set('text', text)
  const fields = new URLSearchParams([...data].map(([name, value]) => [name, String(value)]))
  const answer = await fetch(form.getAttribute('action') ?? '', { method: 'POST', body: fields })
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const field = page.querySelector('#field')?.getAttribute('value')
  return { status: answer.status, field, error: page.querySelector('#error')?.textContent }
}

/** The places of a parsed document, each with what it holds. Runs in the browser. */
function readPlaces(html: string): Record<string, unknown> {
  const page = new DOMParser().parseFromString(html, 'text/html')
  const at = (selector: string): HTMLElement => page.querySelector(selector) as HTMLElement
  const text = (selector: string): string | null => at(selector).textContent
  const attribute = (selector: string, name: string): string | null => at(selector).getAttribute(name)
  const live = [...page.querySelectorAll('.live')]
  return {
    text: text('#text'),
    between: text('#between'),
    title: attribute('#attributes', 'title'),
    class: attribute('#attributes', 'class'),
    data: attribute('#attributes', 'data-any'),
    label: attribute('#attributes', 'aria-label'),
    styles: [...at('#attributes').style].filter((name) => !['color', '--own'].includes(name)),
    spread: [attribute('#spread', 'title'), attribute('#spread', 'data-any')],
    link: attribute('#link', 'href'),
    typed: new URL(attribute('#typed', 'href') ?? '', 'http://x').searchParams.get('v'),
    hash: decodeURIComponent(new URL(attribute('#typed', 'href') ?? '', 'http://x').hash.slice(1)),
    input: [attribute('#input', 'value'), attribute('#input', 'placeholder')],
    area: text('#area'),
    led: text('#led'),
    option: [attribute('#select option', 'value'), text('#select option')],
    pre: text('#pre'),
    svg: [text('#svg title'), text('#svg text'), attribute('#svg text', 'data-any')],
    math: text('#math mi'),
    json: JSON.parse(text('#data') ?? '').text,
    cell: text('#cell'),
    items: [...page.querySelectorAll('ul > li')].map((item) => item.textContent),
    live: live.map((one) => [one.getAttribute('title'), one.querySelector('output')?.textContent]),
    nested: live.map((one) => JSON.parse(one.querySelector('code')?.textContent ?? '')),
    slot: text('#slot'),
    later: [text('#later'), attribute('#later', 'title')],
    head: [page.title, attribute('html', 'lang'), attribute('meta[name=description]', 'content')],
    property: attribute('meta[property="og:title"]', 'content'),
    named: page.querySelector('meta[content=named]')?.getAttribute('name'),
    canonical: attribute('link[rel=canonical]', 'href'),
    scripts: [...page.querySelectorAll('script')].map((script) => script.type + (script.src && ' from a file')),
    handlers: [...page.querySelectorAll('*')].flatMap((element) =>
      element.getAttributeNames().filter((name) => /^on/i.test(name)),
    ),
    // Elements of each name: nothing came to life.
    names: [...page.querySelectorAll('*')].map((element) => element.localName).filter((name) => name !== 'link'),
  }
}

/** The same places as they have to be. Texts of parsed documents hold no `\r` unless it was escaped. */
function expectedPlaces(value: string, names: readonly string[], scripts: readonly string[]): Record<string, unknown> {
  return {
    text: value,
    between: `a${value}b${value}`,
    title: value,
    class: value,
    data: value,
    label: value,
    styles: [],
    spread: [value, value],
    link: `/in/x?${value}`,
    typed: value,
    hash: value,
    input: [value, value],
    area: value,
    led: `\n${value}`,
    option: [value, value],
    pre: value,
    svg: [value, value, value],
    math: value,
    json: value,
    cell: value,
    items: [value, `${value}2`],
    live: [
      [value, value],
      [value, value],
    ],
    nested: [{ [`k${value}`]: [value, 1] }, [value]],
    slot: value,
    later: [value, value],
    head: [expect.any(String), value, value],
    property: value,
    named: value,
    canonical: `https://example.com/${value}`,
    scripts,
    handlers: [],
    names,
  }
}

let browser: Browser
let app: AppCopy
beforeAll(async () => {
  browser = await openBrowser()
  app = await copyApp('tests/fixtures/escaping')
  await app.write('layer9.config.ts', 'export default { limits: { requestsPerMinute: 1_000_000 } }\n')
})
afterAll(async () => {
  await browser.close()
  await app.delete()
})

describe.each(['dev', 'build'])('a value in %s', (mode) => {
  let server: RunningServer
  let open: OpenPage
  beforeAll(async () => {
    if (mode === 'build') expect(await runLayer9(['build'], { cwd: app.root })).toMatchObject({ code: 0, err: '' })
    server = await startLayer9([mode === 'dev' ? 'dev' : 'start'], { cwd: app.root })
    open = await openPage(browser)
    await open.page.goto(`${server.url}/in/start?v=harmless`)
  })
  afterAll(async () => {
    await open.close()
    await server.end()
  })

  const get = async (path: string, query: Record<string, string>): Promise<Response> =>
    await fetch(`${server.url}${path}?${new URLSearchParams(query)}`, { redirect: 'manual' })

  it('is what it was, in every place of a document', async () => {
    const plain = await open.page.evaluate(readPlaces, await (await get('/in/x', { v: 'harmless' })).text())
    const names = plain['names'] as string[]
    const scripts = plain['scripts'] as string[]
    expect(plain).toEqual(expectedPlaces('harmless', names, scripts))
    await eachCase(async (random) => {
      const value = hostile(random)
      const places = await open.page.evaluate(readPlaces, await (await get('/in/x', { v: value })).text())
      const wanted = expectedPlaces(value, names, scripts)
      expect(places).toEqual(wanted)
      // `document.title` strips and collapses white space (HTML, "the title attribute").
      expect(places['head']).toEqual([value.replace(/[\t\n\f\r ]+/g, ' ').replace(/^ | $/g, ''), value, value])
    })
  })

  it('is what it was in a part that comes later', async () => {
    await eachCase(async (random) => {
      const value = hostile(random)
      const html = await (await get('/in/x', { v: value, slow: '1' })).text()
      const places = await open.page.evaluate(readPlaces, html)
      const { names, scripts } = places as { names: string[]; scripts: string[] }
      expect(places).toEqual(expectedPlaces(value, names, scripts))
      expect(scripts.filter((type) => type !== 'application/json' && !type.endsWith(' from a file'))).toEqual([])
    })
  })

  it('is what it was in a form that is refused, on an error page, in a redirect and in a call', async () => {
    await eachCase(async (random) => {
      const value = hostile(random)
      const gone = await get('/gone', { v: value })
      const shown = await open.page.evaluate(
        (html) => new DOMParser().parseFromString(html, 'text/html').querySelector('#message')?.textContent,
        await gone.text(),
      )
      expect([gone.status, shown]).toEqual([404, expect.stringContaining(value)])
      const posted = await open.page.evaluate(postForm, value)
      expect(posted).toEqual({ status: 422, field: value, error: `No: ${value}` })
      const moved = await get('/moved', { v: value })
      expect(moved.status).toBe(303)
      expect(moved.headers.get('set-cookie')).toBeNull()
      expect(new URL(moved.headers.get('location') ?? '', server.url).searchParams.get('v')).toBe(value)
      const called = await fetch(`${server.url}/_layer9/api/say/later`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ input: { text: value } }),
      })
      expect(((await called.json()) as { value: string }).value).toBe(value)
      expect(called.headers.get('x-content-type-options')).toBe('nosniff')
    })
  })

  it('runs nothing when the page is really shown', async () => {
    const { page, troubles, close } = await openPage(browser)
    page.on('dialog', (dialog) => troubles.push(`dialog ${dialog.message()}`))
    for (const value of shards.filter((shard) => /script|alert|<|"/.test(shard))) {
      await page.goto(`${server.url}/in/x?${new URLSearchParams({ v: value })}`)
      await page.locator('#later').waitFor()
      expect(await page.locator('#text').textContent()).toBe(value)
    }
    expect(troubles).toEqual([])
    await close()
  })
})
