// What development does beyond swapping what changed: whole loads where nothing less is right, errors of the browser with
// the developer's own lines, and doors that are closed to strangers.
import { describe, expect, it } from 'vitest'
import { useDevelopedSite } from './harness/site.ts'

const dev = useDevelopedSite()

const open = async (path: string) => {
  await dev.opened.page.goto(dev.server.url + path, { waitUntil: 'networkidle' })
}

const overlay = (part: 'message-body' | 'frame' | 'file' | 'stack') =>
  dev.opened.page.locator(`vite-error-overlay .${part}`)
const overlayShows = async (part: Parameters<typeof overlay>[0], text: string | RegExp) =>
  await overlay(part).filter({ hasText: text }).waitFor()
const overlayGone = async () => await dev.opened.page.locator('vite-error-overlay').waitFor({ state: 'detached' })

describe('overlay', () => {
  it('shows what a handler throws, with the line as it was written', async () => {
    await dev.app.edit(
      'app/components/Counter.tsx',
      'return (',
      'const fail = () => {\n    throw new TypeError("no tea")\n  }\n  return (',
    )
    await dev.app.edit(
      'app/components/Counter.tsx',
      '<button',
      '<button class="fails" onClick={fail}>fail</button>\n      <button',
    )
    await open('/')
    await dev.opened.page.locator('.fails').click()
    await overlayShows('message-body', 'TypeError: no tea')
    await overlayShows('frame', 'throw new TypeError("no tea")')
    await overlayShows('file', /app\/components\/Counter\.tsx:\d+:\d+/)
    expect(await overlay('stack').textContent()).toContain('app/components/Counter.tsx:')
    await dev.app.edit('app/components/Counter.tsx', 'throw new TypeError("no tea")', 'setCount(40)')
    await overlayGone()
    await dev.opened.page.locator('.fails').click()
    await expect.poll(dev.site.count).toBe('40')
  })

  it('shows what is thrown later, and what an outcome that nobody takes', async () => {
    await dev.app.edit(
      'app/components/Counter.tsx',
      'return (',
      'const fail = async () => {\n    await fails()\n  }\n  return (',
    )
    await dev.app.edit(
      'app/components/Counter.tsx',
      '<button',
      '<button class="fails" onClick={fail}>fail</button>\n      <button',
    )
    await dev.app.write(
      'app/components/Counter.tsx',
      `import { fails } from '~/api/notes'\n${await dev.app.read('app/components/Counter.tsx')}`,
    )
    await open('/')
    await dev.opened.page.locator('.fails').click()
    await overlayShows('message-body', 'INTERNAL')
    await overlayShows('frame', 'await fails()')
  })

  it('shows what a live component throws in the browser, with the line as it was written', async () => {
    await dev.app.edit(
      'app/components/Counter.tsx',
      'return (',
      "if (typeof document !== 'undefined') throw new Error('browsers only')\n  return (",
    )
    await open('/')
    await overlayShows('message-body', 'Error: browsers only')
    await overlayShows('frame', "throw new Error('browsers only')")
  })

  it('shows a name that a module does not export, when the page is loaded and when it is saved', async () => {
    await dev.app.edit('app/components/Counter.tsx', 'return (', 'console.log(limlt)\n  return (')
    await dev.app.write(
      'app/components/Counter.tsx',
      `import { limlt } from '~/contracts/limit'\n${await dev.app.read('app/components/Counter.tsx')}`,
    )
    await dev.app.write('app/contracts/limit.ts', 'export const limit = 3\n')
    await open('/')
    const missing = async () => {
      await overlayShows('message-body', 'app/contracts/limit.ts exports nothing called "limlt"')
      await overlayShows('frame', "import { limlt } from '~/contracts/limit'")
    }
    await missing()
    await overlayShows('message-body', 'did you mean "limit"?')
    await dev.app.write('app/contracts/limit.ts', 'export const limlt = 3\n')
    await overlayGone()
    await dev.site.add()
    // The page was loaded anew, and hears of changes once its socket is open.
    await dev.opened.page.waitForLoadState('networkidle')
    await dev.app.write('app/contracts/limit.ts', 'export const limit = 3\n')
    await missing()
    await dev.app.edit('app/components/Counter.tsx', '{ limlt }', '{ limit as limlt }')
    await overlayGone()
    await dev.site.add()
  })

  it('shows an import that leads nowhere, until the file is there', async () => {
    await dev.app.edit(
      'app/routes/about.tsx',
      'export default',
      "import { tea } from '~/contracts/tea'\nexport default",
    )
    await dev.app.edit('app/routes/about.tsx', '<h1>About</h1>', '<h1>{tea}</h1>')
    await open('/about')
    await overlayShows('message-body', 'The import of ~/contracts/tea leads to no file.')
    await overlayShows('frame', "import { tea } from '~/contracts/tea'")
    await dev.app.write('app/contracts/tea.ts', "export const tea = 'Darjeeling'\n")
    await overlayGone()
    await dev.opened.page.getByRole('heading', { name: 'Darjeeling' }).waitFor()
    // The page was loaded anew, and hears of changes once its socket is open.
    await dev.opened.page.waitForLoadState('networkidle')
    await dev.app.remove('app/contracts/tea.ts')
    await overlayShows('message-body', 'The import of ~/contracts/tea leads to no file.')
  })

  it('shows what a loader throws, with the line as it was written', async () => {
    await dev.app.edit(
      'app/routes/about.tsx',
      'export default',
      'export const loader = () => pour()\nconst pour = () => {\n  throw new TypeError("no tea")\n}\nexport default',
    )
    await open('/about')
    await overlayShows('message-body', 'no tea')
    await overlayShows('frame', 'throw new TypeError("no tea")')
    await overlayShows('file', /app\/routes\/about\.tsx:\d+:\d+/)
    expect(await overlay('stack').textContent()).not.toContain('9-routes')
    await dev.server.says('HEAD /about 500')
    expect(dev.server.output().match(/TypeError: no tea/g)).toHaveLength(1)
  })

  it('says that a constant of an api module stays on the server', async () => {
    await dev.app.write('app/api/notes.ts', `export const most = 3\n${await dev.app.read('app/api/notes.ts')}`)
    await dev.app.edit('app/components/Counter.tsx', 'return (', 'console.log(most)\n  return (')
    await dev.app.write(
      'app/components/Counter.tsx',
      `import { most } from '~/api/notes'\n${await dev.app.read('app/components/Counter.tsx')}`,
    )
    await open('/')
    await overlayShows('message-body', '"most" of app/api/notes.ts is neither a query nor an action')
    await overlayShows('frame', 'layer9 explain IMPORT_STAYS_ON_SERVER')
    await overlayShows('frame', "import { most } from '~/api/notes'")
  })

  it('leaves alone what extensions and other scripts throw', async () => {
    await open('/')
    await dev.opened.page.evaluate("setTimeout(() => { throw new Error('not of the app') })")
    await expect.poll(() => dev.opened.troubles.length).toBeGreaterThan(0)
    expect(await dev.opened.page.locator('vite-error-overlay').count()).toBe(0)
  })
})

describe('full reload', () => {
  it('is made for a live component that failed, whose nodes nobody owns any more', async () => {
    await open('/')
    await dev.app.edit('app/components/Counter.tsx', '{count}<', '{cuont}<')
    await overlayShows('message-body', 'cuont is not defined')
    await dev.app.edit('app/components/Counter.tsx', '{cuont}<', '{count}<')
    await expect.poll(dev.opened.loads).toBe(2)
    await dev.site.add()
    expect(await dev.site.count()).toBe('6')
  })

  it('is made for a page that was broken when it was loaded', async () => {
    await dev.app.edit('app/routes/index.tsx', '<h1>Home</h1>', '<h1>Home</h2>')
    await open('/')
    await dev.opened.page.locator('vite-error-overlay').waitFor()
    await dev.app.edit('app/routes/index.tsx', '<h1>Home</h2>', '<h1>Home again</h1>')
    await dev.site.shows('Home again')
    // The heading is there before the load of its page is over.
    await expect.poll(dev.opened.loads).toBe(2)
  })

  it('is not made for anything less', async () => {
    await open('/')
    await dev.app.edit('app/components/site.css', 'rgb(250, 250, 240)', 'rgb(1, 2, 3)')
    await expect.poll(() => dev.site.style('body', 'background-color')).toBe('rgb(1, 2, 3)')
    await dev.app.edit('app/routes/index.tsx', '<h1>Home</h1>', '<h1>Welcome</h1>')
    await dev.site.shows('Welcome')
    expect(dev.opened.loads()).toBe(1)
  })
})
