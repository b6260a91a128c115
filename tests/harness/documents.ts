// The fixture of documents as a visitor uses it, with what the server and the network saw.
import type { Browser, Page, Request } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { type AppCopy, copyApp } from './app.ts'
import { type OpenPage, openBrowser, openPage, type PageOptions } from './browser.ts'
import { type RunningServer, runLayer9, startLayer9 } from './command.ts'

/** An open page of the fixture. */
export interface DocumentsPage extends OpenPage {
  readonly page: Page
  /** Loads a page in full. */
  open(path: string): Promise<void>
  /** Follows a link of the page, without scrolling to it first. */
  follow(name: string): Promise<void>
  /** Waits until a heading shows. */
  shows(heading: string): Promise<void>
  /** Scrolls, and waits until that is written down. */
  scroll(y: number): Promise<void>
  /** Waits until the page stands there. */
  standsAt(y: number): Promise<void>
  /** Documents that scripts asked for since the last look: `GET /about`, `prefetch /about`. */
  asked(): string[]
  /** Answers of a path are held back from now on; returns what lets them go. */
  hold(path: string): Promise<() => Promise<void>>
}

/** Opens an empty page on a running fixture. */
export async function openDocuments(
  browser: Browser,
  server: RunningServer,
  options: PageOptions = {},
): Promise<DocumentsPage> {
  const opened = await openPage(browser, options)
  const { page } = opened
  const requests: string[] = []
  const note = (request: Request): void => {
    const purpose = request.headers()['layer9-navigation']
    if (purpose === undefined) return
    const { pathname, search } = new URL(request.url())
    requests.push(`${purpose === 'prefetch' ? purpose : request.method()} ${pathname}${search}`)
  }
  page.on('request', note)
  return {
    ...opened,
    open: async (path) => void (await page.goto(server.url + path, { waitUntil: 'networkidle' })),
    follow: async (name) =>
      await page.getByRole('link', { name, exact: true }).evaluate((link: HTMLAnchorElement) => link.click()),
    shows: async (heading) => await page.locator('h1', { hasText: heading }).waitFor(),
    async scroll(y) {
      await page.evaluate((to) => scrollTo(0, to), y)
      await page.waitForFunction((to) => history.state?.scrollY === to, y)
    },
    standsAt: async (y) => void (await page.waitForFunction((to) => scrollY === to, y)),
    asked: () => requests.splice(0),
    async hold(path) {
      const { promise, resolve } = Promise.withResolvers<void>()
      const url = (candidate: URL): boolean => candidate.pathname === path
      await page.route(url, async (route) => {
        await promise
        // The page may have given up meanwhile.
        await route.continue().catch(() => {})
      })
      return async () => {
        resolve()
        await page.unroute(url)
      }
    },
  }
}

/** What happened on the fixture's server so far. */
export async function eventsOf(server: RunningServer): Promise<string[]> {
  return (await (await fetch(`${server.url}/events.json`)).json()) as string[]
}

/** What the tests of a file share; set before each of them. */
export interface BuiltDocuments {
  browser: Browser
  app: AppCopy
  server: RunningServer
  visitor: DocumentsPage
}

/**
 * Builds the fixture and starts it for all tests of a file, each of which gets a page of its own.
 *
 * @example
 * const site = useBuiltDocuments()
 * it('…', async () => await site.visitor.open('/'))
 */
export function useBuiltDocuments(): BuiltDocuments {
  // Filled by the hooks, which run before any test looks.
  const site = {} as BuiltDocuments
  beforeAll(async () => {
    site.browser = await openBrowser()
    site.app = await copyApp('tests/fixtures/documents')
    expect(await runLayer9(['build'], { cwd: site.app.root })).toMatchObject({ code: 0, err: '' })
    site.server = await startLayer9(['start'], { cwd: site.app.root })
  })
  afterAll(async () => {
    await site.browser.close()
    await site.server.end()
    await site.app.delete()
  })
  beforeEach(async () => {
    site.visitor = await openDocuments(site.browser, site.server)
  })
  afterEach(async () => await site.visitor.close())
  return site
}
