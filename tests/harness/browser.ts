// A real browser, and pages that remember what went wrong in them.
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

/** What Chromium needs on a machine without a display, a GPU or a way out. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts Chromium; the caller closes it. */
export async function openBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args })
}

/** How a page is opened. */
export interface PageOptions {
  /** Whether scripts run. Default true. */
  readonly javaScript?: boolean
}

/** A page with its context, and the troubles that the browser reported. */
export interface OpenPage {
  readonly page: Page
  readonly context: BrowserContext
  /** Errors that left a script, failed requests of scripts and styles, violations of the content security policy. */
  readonly troubles: string[]
  /** Full loads of documents so far: a navigation that the router takes over adds none. */
  loads(): number
  close(): Promise<void>
}

/** Opens an empty page. */
export async function openPage(browser: Browser, { javaScript = true }: PageOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext({ javaScriptEnabled: javaScript })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  const troubles: string[] = []
  let loads = 0
  page.on('pageerror', (error) => troubles.push(error.stack ?? String(error)))
  page.on('console', (message) => {
    // Browsers ask every site for an icon; that most have none is no trouble of the page.
    if (message.type() !== 'error' || message.location().url.endsWith('/favicon.ico')) return
    troubles.push(`${message.text()} ${message.location().url}`)
  })
  page.on('load', () => loads++)
  return { page, context, troubles, loads: () => loads, close: async () => await context.close() }
}
