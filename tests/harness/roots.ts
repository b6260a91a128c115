// The pages of tests/fixtures/roots as a browser gets them, in development and in production.
import { cp, mkdir, readdir, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page, Route } from 'playwright-core'
import { expect, it } from 'vitest'
import { type AppCopy, copyApp } from './app.ts'
import { openBrowser, openPage } from './browser.ts'
import { type RunningServer, repository, runLayer9, startLayer9 } from './command.ts'

type Mode = 'development' | 'production'

/** How a page is visited. */
export interface VisitOptions {
  /** Scripts whose URL fits do not come before `release()`. */
  readonly hold?: RegExp
  /** Whether the document is whole before anything runs; false for one that a test lets end. Default true. */
  readonly whole?: boolean
  /** Runs in the page before anything else does. */
  readonly before?: () => void
}

/** A page of the fixture, its scripts loaded. */
export interface Visit {
  readonly mode: Mode
  readonly page: Page
  readonly server: RunningServer
  /** What went wrong in the browser. */
  readonly troubles: string[]
  /** The answer's status. */
  readonly status: number
  /** Lets the scripts come that were held back, or lets them fail. */
  release(how?: 'fail'): void
  /** Documents that were asked for, by path and query. */
  readonly documents: string[]
  /** Whether a script of the page holds this text. */
  ships(text: string): Promise<boolean>
  /** Paths of the modules that the page names for its roots, those alone that were loaded. */
  modules(): Promise<string[]>
  /** Whether all elements that fit are those that the server sent. */
  kept(selector: string): Promise<boolean>
  /** Presses a button and waits until it shows a text. */
  press(id: string, text: string): Promise<void>
  close(): Promise<void>
}

let app: AppCopy
let browser: Browser
const servers = {} as Record<Mode, RunningServer>

/** Builds the fixture and starts it twice. */
export async function openRoots(): Promise<void> {
  app = await copyApp('tests/fixtures/roots')
  await installPackages(app.root)
  browser = await openBrowser()
  expect(await runLayer9(['build'], { cwd: app.root })).toMatchObject({ code: 0, err: '' })
  const [development, production] = await Promise.all([
    startLayer9(['dev'], { cwd: app.root }),
    startLayer9(['start'], { cwd: app.root }),
  ])
  Object.assign(servers, { development, production })
}

/** Ends all that `openRoots` began. */
export async function closeRoots(): Promise<void> {
  await browser?.close()
  await Promise.all(Object.values(servers).map(async (server) => await server.end()))
  await app?.delete()
}

/** The repository's packages, and those of the fixture beside them: as an install leaves them. */
async function installPackages(root: string): Promise<void> {
  const modules = join(root, 'node_modules')
  await rm(modules)
  await mkdir(modules)
  const installed = await readdir(join(repository, 'node_modules'))
  await Promise.all(installed.map((name) => symlink(join(repository, 'node_modules', name), join(modules, name))))
  for (const name of await readdir(join(root, 'packages')))
    await cp(join(root, 'packages', name), join(modules, name), { recursive: true })
}

/**
 * Declares one test for each mode.
 *
 * @example
 * describe('memo', () => inBothModes('/memo', async ({ press }) => { … }))
 */
export function inBothModes(path: string, check: (visit: Visit) => Promise<void>, options: VisitOptions = {}): void {
  it.each(['development', 'production'] as const)('in %s', async (mode) => {
    const visit = await visitRoots(mode, path, options)
    await check(visit)
    await visit.close()
  })
}

/** Opens a page of the fixture. */
export async function visitRoots(mode: Mode, path: string, options: VisitOptions = {}): Promise<Visit> {
  const { page, troubles, close } = await openPage(browser)
  const { scripts, urls, documents, run, release } = await holdScripts(page, options.hold)
  if (options.before) await page.addInitScript(options.before)
  const answer = await page.goto(servers[mode].url + path, { waitUntil: 'commit' })
  if (options.whole !== false) {
    await page.waitForFunction(() => document.readyState !== 'loading')
    // What the server sent, before any script could touch it.
    await page.evaluate(() => Object.assign(window, { served: new Set(document.querySelectorAll('body *')) }))
  }
  run()
  // What is on every page has run then; what starts the roots may be on its way, so what one does is held for them.
  if (options.whole !== false) await page.waitForLoadState()
  return {
    mode,
    page,
    server: servers[mode],
    troubles,
    status: answer?.status() ?? 0,
    release,
    documents,
    ships: async (text) => (await Promise.all(scripts)).some((code) => code.includes(text)),
    async modules() {
      const { modules } = JSON.parse((await page.locator('#layer9').textContent()) ?? '') as { modules: string[] }
      return modules.filter((url) => urls.has(url))
    },
    kept: async (selector) =>
      await page.evaluate((given) => {
        const { served } = window as unknown as { served: Set<Element> }
        const found = [...document.querySelectorAll(given)]
        return found.length > 0 && found.every((element) => served.has(element))
      }, selector),
    async press(id, text) {
      await page.locator(`#${id}`).click()
      await page.locator(`#${id}`, { hasText: text }).waitFor()
    },
    close,
  }
}

/** Holds all scripts back until `run()`, and those that fit `held` until `release()`. */
async function holdScripts(page: Page, held: RegExp | undefined) {
  const scripts: Promise<string>[] = []
  const urls = new Set<string>()
  const documents: string[] = []
  const running = Promise.withResolvers<void>()
  const released = Promise.withResolvers<'fail' | undefined>()
  await page.route('**/*', async (route: Route) => {
    const request = route.request()
    if (request.resourceType() !== 'script') return await route.continue()
    await running.promise
    if (held?.test(request.url()) && (await released.promise)) return await route.abort()
    await route.continue()
  })
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url())
    if (/document|fetch/.test(request.resourceType())) documents.push(pathname + search)
  })
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return
    // One that is still on its way when the page is closed has no text any more.
    scripts.push(response.text().catch(() => ''))
    urls.add(new URL(response.url()).pathname)
  })
  return { scripts, urls, documents, run: () => running.resolve(), release: released.resolve }
}
