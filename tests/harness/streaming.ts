// The fixture app whose pages are streamed: what they wait for is there when the test says so.
import type { Browser, Page } from 'playwright-core'
import { expect, vi } from 'vitest'
import { type OpenPage, openPage, type PageOptions } from './browser.ts'

/** Lets through who waits at a gate of the app. `fail:…` makes them fail. */
export async function openGate(url: string, name: string, text: string = name): Promise<void> {
  const ask = async () => await (await fetch(`${url}/open/${name}?text=${encodeURIComponent(text)}`)).json()
  await vi.waitFor(async () => expect(await ask()).toBeGreaterThan(0), { timeout: 5_000 })
}

/** A streamed document as it arrives. */
export interface Arrival {
  readonly response: Response
  /** All that has come so far, once a text is in it. */
  until(text: string): Promise<string>
  /** The whole document. */
  whole(): Promise<string>
  leave(): Promise<void>
}

/** Asks for a document and reads it as it comes. */
export async function arrive(url: string): Promise<Arrival> {
  const response = await fetch(url, { redirect: 'manual' })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let html = ''
  const more = async (): Promise<boolean> => {
    const { done = true, value = '' } = (await reader?.read()) ?? {}
    html += value
    return !done
  }
  return {
    response,
    async until(text) {
      while (!html.includes(text)) if (!(await more())) throw new Error(`It ended without ${text}:\n${html}`)
      return html
    },
    async whole() {
      while (await more());
      return html
    },
    leave: async () => await reader?.cancel(),
  }
}

/** A page of the app in a browser. */
export interface StreamingPage extends OpenPage {
  /** Loads a page up to its shell; the load itself goes on until all is there. */
  load(path: string): Promise<void>
  follow(path: string): Promise<void>
  /** Waits until a text is seen. */
  sees(selector: string, text: string): Promise<void>
  /** Waits until an element has the handlers of its root. */
  listens(selector: string): Promise<void>
  /** Presses a button of that class once its root runs, and waits until it has counted. */
  counts(name: string, to: number): Promise<void>
  /** The text of an element, as it is seen. */
  text(selector: string): Promise<string>
}

/** Opens an empty page for the app at `url`. */
export async function openStreaming(browser: Browser, url: string, options?: PageOptions): Promise<StreamingPage> {
  const opened = await openPage(browser, options)
  const page: Page = opened.page
  const sees = async (selector: string, text: string) =>
    await page.locator(selector).filter({ hasText: text, visible: true }).first().waitFor()
  const listens = async (selector: string) =>
    void (await page.waitForFunction(
      (given) => (document.querySelector(given) as { l9?: object } | null)?.l9,
      selector,
    ))
  return {
    ...opened,
    listens,
    load: async (path) => void (await page.goto(`${url}${path}`, { waitUntil: 'commit' })),
    follow: async (path) => await page.getByRole('link', { name: path, exact: true }).click({ noWaitAfter: true }),
    sees,
    async counts(name, to) {
      const button = page.locator(`button.${name}`)
      const from = Number(/\d+$/.exec((await button.textContent()) ?? '')?.[0])
      // Presses that come before any script of ours has run are the browser's alone.
      await listens(`button.${name}`)
      for (let at = from; at < to; at++) await button.click({ noWaitAfter: true })
      await vi.waitFor(async () => expect(await button.textContent()).toMatch(new RegExp(` ${to}$`)), {
        timeout: 10_000,
      })
    },
    // biome-ignore lint/performance/useDomNodeTextContent: what is hidden is not read
    text: async (selector) => await page.locator(selector).first().innerText(),
  }
}
