// What a merge does to the roots of a page: whose state stays, and what is left of those that go.
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { useEffect, useState } from '../8-components/index.ts'
import { block, child, component, live, name } from '../8-components/server.ts'
import { type Browsing, browse, press } from './browsing.fixture.ts'
import type { RouteModule } from './definition.ts'

/** Markup with values in it, as the compiler writes it for the server. */
const html = (strings: TemplateStringsArray, ...values: unknown[]) =>
  block((...holes: readonly unknown[]) => strings.reduce((all, text, at) => all + child(holes[at - 1]) + text), values)

function Counter({ start }: { start: unknown }) {
  const [count] = useState(0)
  return block((label: unknown) => `<button>${child(label)}</button>`, [`${start} ${count}`])
}
function Watcher({ title }: { title: string }) {
  useEffect(() => {})
  return block((title: unknown) => `<b>${child(title)}</b>`, [title])
}
function Toggle({ children }: { children?: unknown }) {
  return block(
    (label: unknown, content: unknown) =>
      `<aside><button class="toggle">${child(label)}</button>${child(content)}</aside>`,
    ['Hide ', children],
  )
}
for (const [binding, type] of Object.entries({ Counter, Watcher, Toggle })) {
  live(type)
  name(type, 'app/live.tsx', binding)
}

/** What the next document of each list holds, in its order. */
let order: string[]
const route = (show: (props: never) => unknown) => () => ({ default: show }) as unknown as RouteModule
const routes = {
  'layout.tsx': route(({ children }: { children: unknown }) => html`<a href="?next">Next</a>${children}`),
  'index.tsx': route(() => html`<h1>Empty</h1>`),
  'bare.tsx': route(() => html`<h1>Bare</h1>${order.map((key) => component(Counter, { start: key }, key))}`),
  'items.tsx': route(
    () =>
      html`<h1>Items</h1><ul>${order.map((key) =>
        block(
          (counter: unknown) => `<li id="${key}">${child(counter)}</li>`,
          [component(Counter, { start: key }, key)],
        ),
      )}</ul>`,
  ),
  'unkeyed.tsx': route(() => html`<h1>Unkeyed</h1>${order.map((start) => component(Counter, { start }))}`),
  'watched.tsx': route(() => html`<h1>Watched</h1>${order.map((title) => component(Watcher, { title }, title))}`),
  'folded.tsx': route(
    () => html`<h1>Folded</h1>${component(Toggle, { children: order.map((title) => component(Watcher, { title })) })}`,
  ),
}

let browsing: Browsing
let page: Page

beforeAll(async () => {
  browsing = await browse({ routes })
}, 60_000)
afterAll(async () => await browsing.close())
beforeEach(() => {
  order = ['a', 'b', 'c']
})
afterEach(async () => await page.context().close())

/** Counts up the counter that says `label`, and waits until it has. */
async function add(label: string): Promise<void> {
  await press(
    page,
    label,
    label.replace(/\d+$/, (count) => `${Number(count) + 1}`),
  )
}
const counters = async () => await page.locator('button').allTextContents()
/** Asks for the page again, which then holds what `next` says; the link's query is no part of the segment. */
async function merge(next: string[]): Promise<void> {
  order = next
  await page.click('text=Next')
  await page.waitForURL(/\?next$/)
}
const markNodes = async () =>
  await page.evaluate(() => {
    for (const button of document.querySelectorAll('button')) Object.assign(button, { of: button.textContent?.[0] })
  })
const marks = async () =>
  await page.evaluate(() => [...document.querySelectorAll('button')].map((button) => (button as { of?: string }).of))
/** What the effects of the watchers did so far. */
const effects = async () => await page.evaluate(() => (window as { effects?: string[] }).effects ?? [])

describe.each(['bare', 'items'])('roots in a list (%s)', { timeout: 30_000 }, (list) => {
  it('keep state and nodes by their key, wherever the next document has them', async () => {
    page = await browsing.open(`/${list}`)
    await add('a 0')
    await add('b 0')
    await add('b 1')
    await markNodes()
    await merge(['c', 'x', 'b'])
    await page.locator('button', { hasText: 'x 0' }).waitFor()
    await expect.poll(counters).toEqual(['c 0', 'x 0', 'b 2'])
    expect(await marks()).toEqual(['c', undefined, 'b'])
    // All of them run: those that moved, and the one that came.
    await add('x 0')
    await add('b 2')
    await add('c 0')
    expect(await counters()).toEqual(['c 1', 'x 1', 'b 3'])
  })

  it('begin anew when their key comes back after it was gone', async () => {
    page = await browsing.open(`/${list}`)
    await add('b 0')
    await merge(['a', 'c'])
    await expect.poll(counters).toEqual(['a 0', 'c 0'])
    order = ['a', 'b', 'c']
    await page.evaluate(() => document.querySelector('a')?.setAttribute('href', '?again'))
    await page.click('text=Next')
    await expect.poll(counters).toEqual(['a 0', 'b 0', 'c 0'])
  })
})

describe('roots in a list without keys', { timeout: 30_000 }, () => {
  it('keep their state by their place', async () => {
    page = await browsing.open('/unkeyed')
    await add('a 0')
    await merge(['b', 'a'])
    await expect.poll(counters).toEqual(['b 1', 'a 0'])
  })
})

describe('roots that leave the page', { timeout: 30_000 }, () => {
  it('are stopped, their effects cleaned up, when the next document lacks them', async () => {
    page = await browsing.open('/watched')
    await expect.poll(effects).toEqual(['start a', 'start b', 'start c'])
    await merge(['c', 'd'])
    await expect.poll(async () => (await effects()).slice(3).sort()).toEqual(['start d', 'stop a', 'stop b'])
    expect(await page.locator('b').allTextContents()).toEqual(['c', 'd'])
  })

  it('are stopped when another page is shown, and start again when it is left', async () => {
    page = await browsing.open('/watched')
    await expect.poll(effects).toHaveLength(3)
    await page.evaluate(() => document.querySelector('a')?.setAttribute('href', '/'))
    await page.click('text=Next')
    await page.locator('h1', { hasText: 'Empty' }).waitFor()
    await expect.poll(async () => (await effects()).slice(3).sort()).toEqual(['stop a', 'stop b', 'stop c'])
    await page.goBack()
    await page.locator('h1', { hasText: 'Watched' }).waitFor()
    await expect.poll(async () => (await effects()).slice(6)).toEqual(['start a', 'start b', 'start c'])
  })

  it('no longer hear what they listened to', async () => {
    page = await browsing.open('/watched')
    await expect.poll(effects).toHaveLength(3)
    await merge(['b'])
    await expect.poll(async () => (await effects()).length).toBe(5)
    await page.evaluate(() => void dispatchEvent(new Event('ping')))
    expect((await effects()).slice(5)).toEqual(['ping b'])
  })

  it('are stopped in a slot that is taken out', async () => {
    page = await browsing.open('/folded')
    await expect.poll(effects).toHaveLength(3)
    await page.click('.toggle')
    await expect.poll(async () => (await effects()).slice(3).sort()).toEqual(['stop a', 'stop b', 'stop c'])
    await page.click('.toggle')
    await expect.poll(async () => (await effects()).slice(6)).toEqual(['start a', 'start b', 'start c'])
  })
})
