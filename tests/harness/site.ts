// The fixture site as one sees and uses it.
import type { Page } from 'playwright-core'

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
