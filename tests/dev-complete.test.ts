// What development does beyond swapping what changed: whole loads where nothing less is right, errors of the browser with
// the developer's own lines, and doors that are closed to strangers.
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { type OpenPage, openBrowser, openPage } from './harness/browser.ts'
import { type RunningServer, startLayer9 } from './harness/command.ts'
import { type SitePage, siteOn } from './harness/site.ts'

let browser: Browser
let app: AppCopy
let server: RunningServer
let opened: OpenPage
let site: SitePage

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => await browser.close())

beforeEach(async () => {
  app = await copyApp('tests/fixtures/site')
  server = await startLayer9(['dev'], { cwd: app.root })
  opened = await openPage(browser)
  site = siteOn(opened.page)
})
afterEach(async () => {
  await opened.close()
  await server.end()
  await app.delete()
})

const open = async (path: string) => {
  await opened.page.goto(server.url + path, { waitUntil: 'networkidle' })
}

const overlay = (part: 'message-body' | 'frame' | 'file' | 'stack') =>
  opened.page.locator(`vite-error-overlay .${part}`)
const overlayShows = async (part: Parameters<typeof overlay>[0], text: string | RegExp) =>
  await overlay(part).filter({ hasText: text }).waitFor()
const overlayGone = async () => await opened.page.locator('vite-error-overlay').waitFor({ state: 'detached' })

describe('overlay', () => {
  it('shows what a handler throws, with the line as it was written', async () => {
    await app.edit(
      'app/components/Counter.tsx',
      'return (',
      'const fail = () => {\n    throw new TypeError("no tea")\n  }\n  return (',
    )
    await app.edit(
      'app/components/Counter.tsx',
      '<button',
      '<button class="fails" onClick={fail}>fail</button>\n      <button',
    )
    await open('/')
    await opened.page.locator('.fails').click()
    await overlayShows('message-body', 'TypeError: no tea')
    await overlayShows('frame', 'throw new TypeError("no tea")')
    await overlayShows('file', /app\/components\/Counter\.tsx:\d+:\d+/)
    expect(await overlay('stack').textContent()).toContain('app/components/Counter.tsx:')
    await app.edit('app/components/Counter.tsx', 'throw new TypeError("no tea")', 'setCount(40)')
    await overlayGone()
    await opened.page.locator('.fails').click()
    await expect.poll(site.count).toBe('40')
  })

  it('shows what is thrown later, and what an outcome that nobody takes', async () => {
    await app.edit(
      'app/components/Counter.tsx',
      'return (',
      'const fail = async () => {\n    await fails()\n  }\n  return (',
    )
    await app.edit(
      'app/components/Counter.tsx',
      '<button',
      '<button class="fails" onClick={fail}>fail</button>\n      <button',
    )
    await app.write(
      'app/components/Counter.tsx',
      `import { fails } from '~/api/notes'\n${await app.read('app/components/Counter.tsx')}`,
    )
    await open('/')
    await opened.page.locator('.fails').click()
    await overlayShows('message-body', 'INTERNAL')
    await overlayShows('frame', 'await fails()')
  })

  it('shows what a live component throws in the browser, with the line as it was written', async () => {
    await app.edit(
      'app/components/Counter.tsx',
      'return (',
      "if (typeof document !== 'undefined') throw new Error('browsers only')\n  return (",
    )
    await open('/')
    await overlayShows('message-body', 'Error: browsers only')
    await overlayShows('frame', "throw new Error('browsers only')")
  })

  it('shows a name that a module does not export, when the page is loaded and when it is saved', async () => {
    await app.edit('app/components/Counter.tsx', 'return (', 'console.log(limlt)\n  return (')
    await app.write(
      'app/components/Counter.tsx',
      `import { limlt } from '~/contracts/limit'\n${await app.read('app/components/Counter.tsx')}`,
    )
    await app.write('app/contracts/limit.ts', 'export const limit = 3\n')
    await open('/')
    const missing = async () => {
      await overlayShows('message-body', 'app/contracts/limit.ts exports nothing called "limlt"')
      await overlayShows('frame', "import { limlt } from '~/contracts/limit'")
    }
    await missing()
    await overlayShows('message-body', 'did you mean "limit"?')
    await app.write('app/contracts/limit.ts', 'export const limlt = 3\n')
    await overlayGone()
    await site.add()
    // The page was loaded anew, and hears of changes once its socket is open.
    await opened.page.waitForLoadState('networkidle')
    await app.write('app/contracts/limit.ts', 'export const limit = 3\n')
    await missing()
    await app.edit('app/components/Counter.tsx', '{ limlt }', '{ limit as limlt }')
    await overlayGone()
    await site.add()
  })

  it('says that a constant of an api module stays on the server', async () => {
    await app.write('app/api/notes.ts', `export const most = 3\n${await app.read('app/api/notes.ts')}`)
    await app.edit('app/components/Counter.tsx', 'return (', 'console.log(most)\n  return (')
    await app.write(
      'app/components/Counter.tsx',
      `import { most } from '~/api/notes'\n${await app.read('app/components/Counter.tsx')}`,
    )
    await open('/')
    await overlayShows('message-body', '"most" of app/api/notes.ts is neither a query nor an action')
    await overlayShows('frame', 'layer9 explain IMPORT_STAYS_ON_SERVER')
    await overlayShows('frame', "import { most } from '~/api/notes'")
  })

  it('leaves alone what extensions and other scripts throw', async () => {
    await open('/')
    await opened.page.evaluate("setTimeout(() => { throw new Error('not of the app') })")
    await expect.poll(() => opened.troubles.length).toBeGreaterThan(0)
    expect(await opened.page.locator('vite-error-overlay').count()).toBe(0)
  })
})

describe('full reload', () => {
  it('is made for a live component that failed, whose nodes nobody owns any more', async () => {
    await open('/')
    await app.edit('app/components/Counter.tsx', '{count}<', '{cuont}<')
    await overlayShows('message-body', 'cuont is not defined')
    await app.edit('app/components/Counter.tsx', '{cuont}<', '{count}<')
    await expect.poll(opened.loads).toBe(2)
    await site.add()
    expect(await site.count()).toBe('6')
  })

  it('is made for a page that was broken when it was loaded', async () => {
    await app.edit('app/routes/index.tsx', '<h1>Home</h1>', '<h1>Home</h2>')
    await open('/')
    await opened.page.locator('vite-error-overlay').waitFor()
    await app.edit('app/routes/index.tsx', '<h1>Home</h2>', '<h1>Home again</h1>')
    await site.shows('Home again')
    // The heading is there before the load of its page is over.
    await expect.poll(opened.loads).toBe(2)
  })

  it('is not made for anything less', async () => {
    await open('/')
    await app.edit('app/components/site.css', 'rgb(250, 250, 240)', 'rgb(1, 2, 3)')
    await expect.poll(() => site.style('body', 'background-color')).toBe('rgb(1, 2, 3)')
    await app.edit('app/routes/index.tsx', '<h1>Home</h1>', '<h1>Welcome</h1>')
    await site.shows('Welcome')
    expect(opened.loads()).toBe(1)
  })
})
