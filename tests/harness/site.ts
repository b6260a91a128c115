// The fixture site as one sees and uses it.
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { type AppCopy, copyApp } from './app.ts'
import { type OpenPage, openBrowser, openPage } from './browser.ts'
import { type RunningServer, startLayer9 } from './command.ts'

/** What a test does on a page of the site, in the words of a visitor. */
export interface SitePage {
  readonly page: Page
  /** The text of the heading. */
  heading(): Promise<string | null>
  /** Follows a link of the navigation. */
  follow(name: string): Promise<void>
  /** Presses the counter's button. */
  add(): Promise<void>
  count(): Promise<string | null>
  /** Presses the button of the layout that is a root. */
  toggle(): Promise<void>
  opened(): Promise<string | null>
  /** Waits until a heading shows. */
  shows(heading: string): Promise<void>
  /** A computed style of the first element that fits. */
  style(selector: string, property: string): Promise<string>
}

/** Makes the model of an open page. */
export function siteOn(page: Page): SitePage {
  return {
    page,
    heading: async () => await page.locator('h1').textContent(),
    follow: async (name) => await page.getByRole('link', { name, exact: true }).click(),
    add: async () => await page.locator('.counter button').click(),
    count: async () => await page.locator('.counter output').textContent(),
    toggle: async () => await page.locator('button.toggle').click(),
    opened: async () => await page.locator('button.toggle').textContent(),
    shows: async (heading) => await page.locator('h1', { hasText: heading }).waitFor(),
    style: async (selector, property) =>
      await page
        .locator(selector)
        .first()
        .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property),
  }
}

/** The site as it is developed; new for each test. */
export interface DevelopedSite {
  app: AppCopy
  server: RunningServer
  opened: OpenPage
  site: SitePage
}

/**
 * Starts `layer9 dev` on a copy of the site for each test of a file, with a page of its own.
 *
 * @example
 * const dev = useDevelopedSite()
 * it('…', async () => await dev.app.edit('app/routes/index.tsx', 'Home', 'Welcome'))
 */
export function useDevelopedSite(): DevelopedSite {
  let browser: Browser
  // Filled by the hooks, which run before any test looks.
  const dev = {} as DevelopedSite
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(async () => await browser.close())
  beforeEach(async () => {
    dev.app = await copyApp('tests/fixtures/site')
    dev.server = await startLayer9(['dev'], { cwd: dev.app.root })
    dev.opened = await openPage(browser)
    dev.site = siteOn(dev.opened.page)
  })
  afterEach(async () => {
    await dev.opened.close()
    await dev.server.end()
    await dev.app.delete()
  })
  return dev
}
