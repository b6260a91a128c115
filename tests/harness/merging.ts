// The merging fixture as one sees and uses it.

import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** What a test does on a page of the fixture. */
export interface MergingPage {
  /** Opens a page, and waits until its roots run. */
  open(path: string): Promise<void>
  /** Follows a link, and waits for the heading of its page. */
  follow(link: string, heading: string): Promise<void>
  /** Merges the document of another address in, and leaves the focus where it is. */
  merge(path: string): Promise<void>
  shows(heading: string): Promise<void>
  /** Presses a counter once. */
  count(name: string): Promise<void>
  counted(name: string): Promise<string | null>
  /** Remembers elements: each gets its text as its mark. */
  mark(selector: string): Promise<void>
  /** The marks of elements, or null for those that were not there then. */
  marks(selector: string): Promise<(string | null)[]>
}

/** Makes the model of a page. */
export function mergingOn(page: Page, origin: string): MergingPage {
  const counter = (name: string) => page.locator('button').filter({ hasText: new RegExp(`^${name} \\d+$`) })
  const shows = async (heading: string) => await page.locator('h1', { hasText: heading }).waitFor()
  const counted = async (name: string) => ((await counter(name).textContent()) ?? '').slice(name.length + 1)
  return {
    async open(path) {
      await page.goto(origin + path, { waitUntil: 'networkidle' })
    },
    async follow(link, heading) {
      await page.getByRole('link', { name: link, exact: true }).click()
      await shows(heading)
    },
    async merge(path) {
      // A form whose answer is of the same page: what is not a navigation moves neither focus nor scroll.
      await page.evaluate((action) => {
        const [url, query = ''] = action.split('?')
        const form = Object.assign(document.createElement('form'), { action: url, hidden: true })
        form.dataset['layer9'] = ''
        for (const [name, value] of new URLSearchParams(query))
          form.append(Object.assign(document.createElement('input'), { name, value }))
        document.body.append(form)
        form.requestSubmit()
        form.remove()
      }, path)
    },
    shows,
    async count(name) {
      const before = Number(await counted(name))
      await counter(name).click()
      await expect.poll(async () => await counted(name)).toBe(String(before + 1))
    },
    counted,
    mark: async (selector) =>
      await page.locator(selector).evaluateAll((elements) => {
        for (const element of elements) Object.assign(element, { mark: element.textContent })
      }),
    marks: async (selector) =>
      await page
        .locator(selector)
        .evaluateAll((elements) => elements.map((element) => (element as { mark?: string }).mark ?? null)),
  }
}
