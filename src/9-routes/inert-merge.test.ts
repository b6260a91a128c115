// No script of a document that is merged into the page runs, wherever it stands and whatever it replaces.
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { everyone } from '../5-middleware/index.ts'
import { endpoint } from '../6-api/index.ts'
import { block } from '../8-components/server.ts'
import { type Browsing, browse } from './browsing.fixture.ts'
import type { RouteModule } from './definition.ts'

const route = (html: string) => () => ({ default: () => block(() => html, []) }) as unknown as RouteModule
/** The address of a script that notes in the page that it ran. */
const run = (name: string) => `/run?as=${name}`
const script = (name: string) => `<script src="${run(name)}"></script>`

const routes = {
  'index.tsx': route('<main><h1>Begin</h1><a href="/scripts">Scripts</a><a href="/morph?two">Two</a></main>'),
  'scripts.tsx': route(
    `<main><h1>Scripts</h1>${script('plain')}<script type="module" src="${run('module')}"></script>
      <svg><script href="${run('svg')}"></script></svg><template>${script('template')}</template>
      <img alt="" src="/no-image" onerror="top.ran = ['handler']"></main>`,
  ),
  // One segment with two contents: first data, which a browser does not run, then scripts in their places.
  'morph.tsx': () =>
    ({
      default: ({ data }: { data: unknown }) =>
        block(
          () =>
            data
              ? `<main><h1>Two</h1>${script('morphed')}<svg><script href="${run('morphed-svg')}"></script></svg></main>`
              : '<main><h1>One</h1><script type="application/json">{}</script><svg><script type="a/b"></script></svg><a href="/morph?two">Two</a></main>',
          [],
        ),
      loader: ({ request }: { request: Request }) => request.url.endsWith('?two'),
    }) as unknown as RouteModule,
}

let browsing: Browsing
let page: Page
beforeAll(async () => {
  const noted = endpoint('GET /run', {
    access: everyone,
    handler: ({ request }) => {
      const name = new URL(request.url).searchParams.get('as')
      return new Response(`(window.ran ??= []).push('${name}')`, { headers: { 'content-type': 'text/javascript' } })
    },
  })
  browsing = await browse({ routes, api: { scripts: () => ({ noted }) } })
}, 60_000)
afterAll(async () => await browsing.close())
afterEach(async () => await page.context().close())

/** What ran, once the browser has run whatever it meant to: its scripts come before the one that is asked for last. */
async function ran(): Promise<string[]> {
  await page.evaluate(
    async () =>
      await new Promise((done) => {
        const last = Object.assign(document.createElement('script'), { src: '/run?as=last', async: false })
        last.onload = done
        document.head.append(last)
      }),
  )
  return await page.evaluate(() => (window as { ran?: string[] }).ran ?? [])
}

describe('a document', { timeout: 30_000 }, () => {
  it('runs its scripts in a full load, so that the tests below would see them', async () => {
    page = await browsing.open('/scripts')
    expect((await ran()).sort()).toEqual(['last', 'module', 'plain', 'svg'])
    await page.goto(`${browsing.origin}/morph?two`)
    expect((await ran()).sort()).toEqual(['last', 'morphed', 'morphed-svg'])
  })

  it('runs none of them when it is merged', async () => {
    page = await browsing.open('/')
    await page.click('text=Scripts')
    await page.locator('h1', { hasText: 'Scripts' }).waitFor()
    expect(await page.locator('script').count()).toBeGreaterThan(2)
    expect(await ran()).toEqual(['last'])
  })

  it('runs none of them when they take the place of elements that never ran', async () => {
    page = await browsing.open('/morph')
    await page.click('text=Two')
    await page.locator('h1', { hasText: 'Two' }).waitFor()
    expect(await page.locator(`script[src="${run('morphed')}"]`).count()).toBe(1)
    expect(await ran()).toEqual(['last'])
  })
})
