import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Invalid, NotFound, redirect, type StandardSchema } from '../1-contracts/index.ts'
import { everyone } from '../5-middleware/index.ts'
import { action } from '../6-api/index.ts'
import { Form, type FormState, useState } from '../8-components/index.ts'
import { attribute, block, child, component, live, name } from '../8-components/server.ts'
import { type Browsing, browse, press } from './browsing.fixture.ts'
import type { RouteModule } from './definition.ts'

/** Markup with values in it, as the compiler writes it for the server. */
const html = (strings: TemplateStringsArray, ...values: unknown[]) =>
  block((...holes: readonly unknown[]) => strings.reduce((all, text, at) => all + child(holes[at - 1]) + text), values)

function Counter({ start }: { start: unknown }) {
  const [count] = useState(0)
  return block((label: unknown) => `<button>${child(label)}</button>`, [`${start} ${count}`])
}
function Shell({ children, title }: { children?: unknown; title?: string }) {
  const [count] = useState(0)
  return block(
    (label: unknown, menu: unknown) => `<section><button class="menu">${child(label)}</button>${child(menu)}</section>`,
    [`${title} ${count}`, children],
  )
}
function Toggle({ children, note }: { children?: unknown; note?: unknown }) {
  return block(
    (label: unknown, content: unknown) =>
      `<aside><button class="toggle">${child(label)}</button>${child(content)}</aside>`,
    [`Hide ${note ? 'with a note' : ''}`, children],
  )
}
function Broken() {
  return html`<i>as the server wrote it</i>`
}
for (const [binding, type] of Object.entries({ Counter, Shell, Toggle, Broken })) {
  live(type)
  name(type, 'app/live.tsx', binding)
}

const route =
  (show: (props: never) => unknown, rest: object = {}) =>
  () =>
    ({ default: show, ...rest }) as unknown as RouteModule
const titled = (title: string) => ({ head: { title } })

const saved: string[] = []
const save = action({
  access: everyone,
  input: {
    '~standard': {
      version: 1,
      vendor: 'test',
      jsonSchema: { input: () => ({}), output: () => ({}) },
      validate: (value: unknown) => ({ value: value as { note?: string } }),
    },
  } as StandardSchema<{ note?: string }>,
  handler: ({ input }) => {
    if (!input.note) throw new Invalid({ note: 'Write something.' })
    if (input.note === 'go') redirect('/about')
    saved.push(input.note)
  },
})

const nav = html`<nav><a href="/">Home</a><a href="/about">About</a><a href="/posts/1">One</a><a href="/posts/2">Two</a><a href="/gone">Gone</a><a href="/live">Live</a><a href="/other-build">Other</a><a href="/about#deep">Deep</a><a href="/data.txt">Data</a></nav>`

const routes = {
  'layout.tsx': route(
    ({ path, children }: { path: string; children: unknown }) => html`<header>at ${path}${nav}</header>${children}`,
  ),
  'index.tsx': route(() => html`<main><h1>Home</h1><p style="height:3000px">tall</p></main>`, titled('Home')),
  'about.tsx': route(
    () => html`<main><h1>About</h1><p style="height:3000px">tall</p><h2 id="deep">Deep</h2></main>`,
    titled('About'),
  ),
  'posts/layout.tsx': route(({ path, children }: { path: string; children: unknown }) =>
    component(Shell, { title: path, children: html`<div>${children}</div>` }),
  ),
  'posts/[id].tsx': route(
    ({ params }: { params: { id: string } }) =>
      html`<h1>Post ${params.id}</h1>${component(Counter, { start: `c${params.id}` })}`,
    titled('Post'),
  ),
  'fold/layout.tsx': route(({ path, children }: { path: string; children: unknown }) =>
    component(Toggle, {
      children: html`<div>${children}</div>`,
      note: path === '/fold/3' ? html`<em>note</em>` : null,
    }),
  ),
  'fold/[id].tsx': route(
    ({ params }: { params: { id: string } }) =>
      html`<h2>Fold ${params.id}</h2>${component(Counter, { start: `f${params.id}` })}<a href="/fold/1">F1</a><a href="/fold/2">F2</a><a href="/fold/3">F3</a>`,
  ),
  'sum/layout.tsx': route(({ path, children }: { path: string; children: unknown }) => [
    component(Counter, { start: path === '/sum/big' ? 7n : 'seven' }),
    children,
  ]),
  'sum/index.tsx': route(() => html`<h1>Sum</h1><a href="/sum/big">Big</a>`),
  'sum/big.tsx': route(() => html`<h1>Big sum</h1><a href="/sum">Small</a>`),
  // The same server under its other name: another origin.
  'away.tsx': route(() => '', {
    loader: ({ request }: { request: Request }) => {
      const { port } = new URL(request.url)
      redirect.external(`http://localhost:${port}/about`, [`http://localhost:${port}`])
    },
  }),
  'find.tsx': route(
    () => html`<form method="get" data-layer9><input name="q"><button name="how" value="fast">Find</button></form>`,
    {
      loader: () => null,
    },
  ),
  'gone.tsx': route(() => {
    throw new NotFound()
  }),
  'not-found.tsx': route(() => html`<main><h1>Not found</h1></main>`, titled('Not found')),
  'live.tsx': route(() => [html`<h1>Live</h1>`, component(Broken, {}), component(Counter, { start: 'live' })]),
  'form.tsx': route(() =>
    component(Form as never, {
      action: save,
      children: ({ values, errors }: FormState) =>
        html`<input name="how" value="fast">${block(
          (title: unknown, text: unknown) =>
            `<input name="note"${attribute('aria-invalid', text ? 'true' : 'false')}><p${attribute('title', title)}>${child(text)}</p>`,
          [values['note'], errors['note']],
        )}<button>Save</button><ul>${saved.map((note) => html`<li>${note}</li>`)}</ul>`,
    }),
  ),
}

let browsing: Browsing
let page: Page

beforeAll(async () => {
  browsing = await browse({ routes, api: { notes: () => ({ save }) } })
}, 60_000)
afterAll(async () => await browsing.close())
afterEach(async () => await page.context().close())

/** Opens a page, and leaves a mark in it that a full load would wipe away. */
async function open(path: string): Promise<void> {
  page = await browsing.open(path)
  await page.evaluate(() => Object.assign(window, { kept: true }))
  browsing.requests()
}
const isKept = async () => await page.evaluate(() => 'kept' in window)
const heading = (text: string) => page.locator('h1', { hasText: text }).waitFor()

describe('navigation', { timeout: 30_000 }, () => {
  it('goes to a page of the app without a load, and merges what both have', async () => {
    await open('/')
    await page.evaluate(() => Object.assign(document.querySelector('nav') as object, { same: true }))
    await page.click('text=About')
    await heading('About')
    expect(await isKept()).toBe(true)
    expect(browsing.requests()).toEqual(['GET /about'])
    expect(new URL(page.url()).pathname).toBe('/about')
    expect(await page.title()).toBe('About')
    expect(await page.textContent('header')).toContain('at /about')
    expect(await page.evaluate(() => 'same' in (document.querySelector('nav') as object))).toBe(true)
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN')
    expect(await page.textContent('[role=status]')).toBe('About')
  })

  it('goes back and forward, to where the page stood', async () => {
    await open('/')
    await page.evaluate(() => scrollTo(0, 700))
    await page.waitForFunction(() => history.state?.scrollY === 700)
    // Not page.click: it would first scroll to the link.
    await page.evaluate(() => document.querySelector<HTMLElement>('a[href="/about"]')?.click())
    await heading('About')
    expect(await page.evaluate(() => scrollY)).toBe(0)
    await page.goBack()
    await heading('Home')
    await page.waitForFunction(() => scrollY === 700)
    await page.goForward()
    await heading('About')
    expect(await isKept()).toBe(true)
  })

  it('scrolls to the place that a link names', async () => {
    await open('/')
    await page.click('text=Deep')
    await heading('About')
    await page.waitForFunction(() => scrollY > 1000)
    expect(new URL(page.url()).hash).toBe('#deep')
  })

  it('shows error pages of the app like others', async () => {
    await open('/')
    await page.click('text=Gone')
    await heading('Not found')
    expect(await isKept()).toBe(true)
    expect(new URL(page.url()).pathname).toBe('/gone')
  })

  it('loads in full what is of another build', async () => {
    await open('/')
    await page.evaluate(() => document.querySelector('meta[name=layer9]')?.setAttribute('content', 'older'))
    await page.click('text=About')
    await heading('About')
    expect(await isKept()).toBe(false)
  })

  it('follows a redirect to another origin with a load', async () => {
    await open('/')
    await page.evaluate(() => Object.assign(document.querySelector('a') as HTMLElement, { href: '/away' }).click())
    await page.waitForURL(/^http:\/\/localhost:\d+\/about$/)
    await heading('About')
  })

  it('leaves modified clicks, downloads, targets and other origins to the browser', async () => {
    await open('/')
    const taken = await page.evaluate(() => {
      const click = (attributes: Record<string, string>, init: MouseEventInit = {}) => {
        const link = Object.assign(document.createElement('a'), { textContent: 'x' })
        for (const [name, value] of Object.entries(attributes)) link.setAttribute(name, value)
        document.body.append(link)
        let prevented = false
        addEventListener(
          'click',
          (event) => {
            prevented = event.defaultPrevented
            event.preventDefault()
          },
          { once: true },
        )
        link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...init }))
        return prevented
      }
      return {
        ctrl: click({ href: '/about' }, { ctrlKey: true }),
        middle: click({ href: '/about' }, { button: 1 }),
        download: click({ href: '/about', download: '' }),
        target: click({ href: '/about', target: '_blank' }),
        reload: click({ href: '/about', 'data-layer9-reload': '' }),
        foreign: click({ href: 'http://other.test/' }),
        hash: click({ href: '#x' }),
        none: click({}),
      }
    })
    expect(Object.values(taken)).toEqual(Array(8).fill(false))
  })

  it('lets a later click overtake', async () => {
    await open('/')
    await page.evaluate(() => {
      for (const text of ['About', 'One'])
        [...document.querySelectorAll('a')].find((a) => a.textContent === text)?.click()
    })
    await heading('Post 1')
    expect(new URL(page.url()).pathname).toBe('/posts/1')
  })
})

describe('roots', { timeout: 30_000 }, () => {
  it('start, and keep their state where the next page has them too', async () => {
    await open('/posts/1')
    await press(page, '/posts/1 0', '/posts/1 1')
    await press(page, 'c1 0', 'c1 1')
    await page.click('text=Two')
    await heading('Post 2')
    // The layout's root stays and gets its new props; the page's is another segment's, so it is new.
    await page.locator('.menu', { hasText: '/posts/2 1' }).waitFor()
    await page.locator('button', { hasText: 'c2 0' }).waitFor()
    await press(page, 'c2 0', 'c2 1')
    await page.click('.menu')
    await page.locator('.menu', { hasText: '/posts/2 2' }).waitFor()
    expect(await isKept()).toBe(true)
  })

  it('keep their state when their new props are the first that JSON alone cannot carry', async () => {
    await open('/sum')
    await press(page, 'seven 0', 'seven 1')
    const scripts: string[] = []
    page.on(
      'request',
      (request) => request.resourceType() === 'script' && scripts.push(new URL(request.url()).pathname),
    )
    await page.click('text=Big')
    await page.locator('button', { hasText: '7 1' }).waitFor()
    await page.click('text=Small')
    await page.locator('button', { hasText: 'seven 1' }).waitFor()
    expect(scripts).toEqual(['/assets/navigation.js', '/assets/tagged.js'])
    expect(await isKept()).toBe(true)
  })

  it('start on the first page that has any', async () => {
    await open('/')
    await page.click('text=One')
    await heading('Post 1')
    await press(page, 'c1 0', 'c1 1')
  })

  it('keep a slot that is taken out, and start what is in it when it is shown again', async () => {
    await open('/fold/1')
    await press(page, 'f1 0', 'f1 1')
    await page.click('.toggle')
    await page.locator('.toggle', { hasText: 'Show' }).waitFor()
    expect(await page.locator('h2').count()).toBe(0)
    // Another page comes while the slot is out: its content is merged all the same.
    await page.evaluate(() => {
      const link = Object.assign(document.createElement('a'), { href: '/fold/2' })
      document.body.append(link)
      link.click()
    })
    await page.locator('header', { hasText: 'at /fold/2' }).waitFor()
    await page.click('.toggle')
    await page.locator('h2', { hasText: 'Fold 2' }).waitFor()
    await press(page, 'f2 0', 'f2 1')
    expect(await isKept()).toBe(true)
  })

  it('begin anew when they get another number of slots', async () => {
    await open('/fold/1')
    await page.click('.toggle')
    await page.locator('.toggle', { hasText: 'Show' }).waitFor()
    await page.click('.toggle')
    await page.click('text=F3')
    await page.locator('.toggle', { hasText: 'Hide with a note' }).waitFor()
    await page.locator('h2', { hasText: 'Fold 3' }).waitFor()
    await page.click('.toggle')
    await page.locator('em', { hasText: 'note' }).waitFor()
    expect(await isKept()).toBe(true)
  })

  it('that fail leave their markup, and the others running', async () => {
    page = await browsing.open('/')
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await page.click('text=Live')
    await press(page, 'live 0', 'live 1')
    expect(await page.textContent('i[data-layer9-failed]')).toBe('as the server wrote it')
    expect(errors).toEqual(['broken in the browser'])
  })
})

describe('forms', { timeout: 30_000 }, () => {
  it('post what the browser would, and merge the answer', async () => {
    saved.length = 0
    await open('/form')
    await page.fill('input[name=note]', 'first')
    await page.click('text=Save')
    await page.locator('li', { hasText: 'first' }).waitFor()
    expect(await isKept()).toBe(true)
    expect(browsing.requests()).toEqual(['POST /form', 'GET /form'])
    expect(await page.inputValue('input[name=note]')).toBe('')
    expect(await page.getAttribute('form', 'aria-busy')).toBeNull()
  })

  it('show what is wrong in place, and keep what was typed', async () => {
    await open('/form')
    await page.click('text=Save')
    await page.locator('p', { hasText: 'Write something.' }).waitFor()
    expect(await isKept()).toBe(true)
    expect(new URL(page.url()).pathname).toBe('/form')
    expect(await page.inputValue('input[name=how]')).toBe('fast')
  })

  it('lead to the first field that is marked as invalid, and to none of another form', async () => {
    await open('/form')
    await page.evaluate(() => {
      const other = document.createElement('aside')
      other.innerHTML = '<form><input name="other" aria-invalid="true"></form>'
      document.body.prepend(other)
    })
    await page.click('text=Save')
    await page.locator('input[name=note]:focus').waitFor()
    expect(await page.getAttribute(':focus', 'aria-invalid')).toBe('true')
    await page.keyboard.type('second')
    await page.keyboard.press('Enter')
    await page.locator('li', { hasText: 'second' }).waitFor()
    expect(await page.getAttribute('input[name=note]', 'aria-invalid')).toBe('false')
  })

  it('follow a redirect to another page', async () => {
    await open('/form')
    await page.fill('input[name=note]', 'go')
    await page.click('text=Save')
    await heading('About')
    expect(new URL(page.url()).pathname).toBe('/about')
    expect(await isKept()).toBe(true)
  })

  it('that only ask are navigations, with the button that sent them', async () => {
    await open('/find')
    await page.fill('input[name=q]', 'a b')
    await page.click('form button')
    await page.waitForURL((url) => url.search === '?q=a+b&how=fast')
    expect(await isKept()).toBe(true)
    expect(browsing.requests()).toEqual(['GET /find?q=a+b&how=fast'])
  })

  it('work without JavaScript', async () => {
    saved.length = 0
    page = await browsing.open('/form', { javaScriptEnabled: false })
    await page.click('text=Save')
    expect(await page.textContent('p')).toBe('Write something.')
    await page.fill('input[name=note]', 'plain')
    await page.click('text=Save')
    expect(await page.textContent('li')).toBe('plain')
  })
})
