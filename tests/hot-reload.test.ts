// What a developer sees after saving a file, while the page stays open.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
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

/** The text in Vite's overlay, which lies in a shadow root. */
const overlay = async () => await opened.page.locator('vite-error-overlay .message').textContent()
const overlayGone = async () => await opened.page.locator('vite-error-overlay').waitFor({ state: 'detached' })

describe('hot reload', () => {
  it('swaps a live component and keeps its state', async () => {
    await open('/')
    await site.add()
    expect(await site.count()).toBe('6')
    await app.edit('app/components/Counter.tsx', 'add', 'plus one')
    await opened.page.getByRole('button', { name: 'plus one' }).waitFor()
    expect(await site.count()).toBe('6')
    await site.add()
    expect(await site.count()).toBe('7')
    expect(opened.loads()).toBe(1)
    expect(opened.troubles).toEqual([])
  })

  it('shows a changed plain page around a root that keeps its state', async () => {
    await open('/')
    await site.add()
    await app.edit('app/routes/index.tsx', '<h1>Home</h1>', '<h1>Welcome</h1>')
    await site.shows('Welcome')
    expect(await site.count()).toBe('6')
    expect(opened.loads()).toBe(1)
  })

  it('shows a changed layout, and a changed layout that is a root', async () => {
    await open('/panel/one')
    await site.toggle()
    await app.edit('app/routes/layout.tsx', "'About'", "'About us'")
    await opened.page.getByRole('link', { name: 'About us' }).waitFor()
    expect(await site.opened()).toBe('opened 1')
    await app.edit('app/routes/panel/layout.tsx', 'opened {open}', 'toggled {open}')
    await opened.page.getByRole('button', { name: 'toggled 1' }).waitFor()
    expect(opened.loads()).toBe(1)
  })

  it('shows what a changed service gives, without a restart', async () => {
    await open('/posts/second')
    await app.edit('app/services/posts.ts', 'Body of the second post', 'Another body')
    await opened.page.locator('p', { hasText: 'Another body' }).waitFor()
    expect(opened.loads()).toBe(1)
  })

  it('shows what a changed loader and a changed api module give, around a root that keeps its state', async () => {
    const page = `import { Counter } from '~/components/Counter'
import { listNotes } from '~/api/notes'
export const loader = async () => ({ title: 'Notes', notes: await listNotes() })
export default function Home({ data }: { data: { title: string; notes: string[] } }) {
  return <div><h1>{data.title}: {data.notes.join()}</h1><Counter start={5} /></div>
}
`
    await app.write('app/routes/index.tsx', page)
    await open('/')
    await site.add()
    await app.edit('app/routes/index.tsx', "title: 'Notes'", "title: 'All notes'")
    await site.shows('All notes: first note')
    await app.edit('app/api/notes.ts', 'handler: () => allNotes()', "handler: () => [...allNotes(), 'by the api']")
    await site.shows('All notes: first note,by the api')
    expect(await site.count()).toBe('6')
    expect(opened.loads()).toBe(1)
    expect(opened.troubles).toEqual([])
  })

  it('checks forms by a changed contract, without a restart', async () => {
    await open('/notes')
    await app.edit('app/contracts/note.ts', "'Write something'", "'Say something'")
    await expect
      .poll(async () => {
        await opened.page.getByRole('button', { name: 'Keep' }).click()
        return await opened.page.getByRole('alert').textContent()
      })
      .toBe('Say something')
    expect(opened.loads()).toBe(1)
  })

  it('begins with what a changed state module says', async () => {
    await open('/panel/one')
    await app.edit('app/state/tally.ts', 'signal(0)', 'signal(10)')
    await opened.page.locator('.tally', { hasText: 'tally 10' }).waitFor()
    await opened.page.locator('.tally').click()
    await opened.page.locator('.tally', { hasText: 'tally 11' }).waitFor()
    expect(opened.troubles).toEqual([])
  })

  it('leaves what a service holds in memory when only a component changes', async () => {
    await open('/notes')
    await opened.page.getByLabel('Text').fill('kept')
    await opened.page.getByRole('button', { name: 'Keep' }).click()
    await opened.page.locator('li', { hasText: 'kept' }).waitFor()
    await app.edit('app/routes/notes.tsx', '<h1>Notes</h1>', '<h1>All notes</h1>')
    await site.shows('All notes')
    expect(await opened.page.locator('li').count()).toBe(2)
  })

  it('swaps styles, those of plain components too', async () => {
    await open('/about')
    expect(await site.style('body', 'background-color')).toBe('rgb(250, 250, 240)')
    expect(await site.style('strong', 'color')).toBe('rgb(10, 120, 60)')
    await app.edit('app/components/site.css', 'rgb(250, 250, 240)', 'rgb(1, 2, 3)')
    await expect.poll(async () => await site.style('body', 'background-color')).toBe('rgb(1, 2, 3)')
    await app.edit('app/components/badge.module.css', 'rgb(10, 120, 60)', 'rgb(4, 5, 6)')
    await expect.poll(async () => await site.style('strong', 'color')).toBe('rgb(4, 5, 6)')
    expect(opened.loads()).toBe(1)
  })

  it('finds a new page, and forgets one that is gone', async () => {
    await open('/')
    await app.write('app/routes/fresh.tsx', 'export default function Fresh() { return <h1>Fresh</h1> }')
    await expect.poll(async () => (await fetch(`${server.url}/fresh`)).status).toBe(200)
    expect(await app.read('.layer9/routes.d.ts')).toContain("'/fresh'")
    await app.remove('app/routes/fresh.tsx')
    await expect.poll(async () => (await fetch(`${server.url}/fresh`)).status).toBe(404)
    expect(await app.read('.layer9/routes.d.ts')).not.toContain("'/fresh'")
  })
})

describe('a development server that was restarted', () => {
  it('is found again by the pages that are open', async () => {
    await open('/')
    await site.add()
    const { port } = new URL(server.url)
    await server.end()
    await app.edit('app/routes/index.tsx', '<h1>Home</h1>', '<h1>Home again</h1>')
    server = await startLayer9(['dev', '--port', port], { cwd: app.root })
    await site.shows('Home again')
    await expect
      .poll(async () => {
        await site.add()
        return Number(await site.count())
      })
      .toBeGreaterThan(5)
    expect(opened.loads()).toBe(2)
  })
})

describe('the error overlay', () => {
  it('shows a page that does not parse, until it is mended', async () => {
    await open('/about')
    await app.edit('app/routes/about.tsx', '<h1>About</h1>', '<h1>About</h2>')
    expect(await overlay()).toContain("Expected corresponding JSX closing tag for 'h1'")
    await server.says("Expected corresponding JSX closing tag for 'h1'")
    await app.edit('app/routes/about.tsx', '<h1>About</h2>', '<h1>About again</h1>')
    await site.shows('About again')
    await overlayGone()
  })

  it('keeps the page and its state under the overlay while a component does not parse', async () => {
    await open('/')
    await site.add()
    await app.edit('app/components/Counter.tsx', '<output>', '<outpt>')
    expect(await overlay()).toContain("closing tag for 'outpt'")
    expect(await site.heading()).toBe('Home')
    expect(await site.count()).toBe('6')
    await app.edit('app/components/Counter.tsx', '<outpt>', '<output>')
    await overlayGone()
    await site.add()
    expect(await site.count()).toBe('7')
    expect(opened.loads()).toBe(1)
  })

  it('shows a page that was loaded while a component did not parse, once it is mended', async () => {
    await app.edit('app/components/Counter.tsx', '<output>', '<outpt>')
    await open('/')
    expect(await overlay()).toContain("closing tag for 'outpt'")
    await app.edit('app/components/Counter.tsx', '<outpt>', '<output>')
    await site.shows('Home')
    await overlayGone()
    await site.add()
    expect(await site.count()).toBe('6')
  })

  it('keeps a page under the overlay while its loader fails', async () => {
    await open('/notes')
    await opened.page.getByLabel('Text').fill('half a note')
    await app.edit('app/api/notes.ts', 'handler: () => allNotes()', "handler: () => { throw new Error('no notes') }")
    expect(await overlay()).toContain('no notes')
    expect(await opened.page.getByLabel('Text').inputValue()).toBe('half a note')
    await app.edit('app/api/notes.ts', "handler: () => { throw new Error('no notes') }", 'handler: () => allNotes()')
    await overlayGone()
    expect(await opened.page.getByLabel('Text').inputValue()).toBe('half a note')
    expect(opened.loads()).toBe(1)
  })

  it('shows what a live component throws, and has it again once it is mended', async () => {
    await open('/')
    await app.edit('app/components/Counter.tsx', '{count}<', '{cuont}<')
    await expect.poll(overlay).toContain('cuont is not defined')
    await app.edit('app/components/Counter.tsx', '{cuont}<', '{count}<')
    await overlayGone()
    await expect
      .poll(async () => {
        await site.add()
        return Number(await site.count())
      })
      .toBeGreaterThan(5)
  })

  it('shows what a live component throws in the browser alone', async () => {
    const line = "if (typeof window !== 'undefined') throw new Error('no server sees this')\n  return ("
    await app.edit('app/components/Counter.tsx', 'return (', line)
    await open('/')
    expect(await overlay()).toContain('no server sees this')
    await app.edit('app/components/Counter.tsx', line, 'return (')
    await overlayGone()
    await site.add()
    // The page has just been loaded anew: a click may come before its root runs.
    await expect.poll(site.count).toBe('6')
  })

  it('shows a failing page that a link leads to', async () => {
    await open('/')
    await opened.page.evaluate(() => {
      const link = document.createElement('a')
      link.href = '/broken'
      link.textContent = 'Broken'
      document.querySelector('main')?.append(link)
    })
    await site.follow('Broken')
    expect(await overlay()).toContain('the secret reason')
    await site.shows('Something failed')
    expect(opened.loads()).toBe(1)
    await opened.page.goBack()
    await site.shows('Home')
    await overlayGone()
  })

  it('asks for nothing when the app writes a file of its own after an error', async () => {
    await open('/broken')
    await open('/')
    const asked = () => server.output().match(/GET \/ /g)?.length ?? 0
    const before = asked()
    await app.write('audit.log', 'a line')
    await app.edit('app/routes/index.tsx', '<h1>Home</h1>', '<h1>Home, behind it</h1>')
    await site.shows('Home, behind it')
    expect(asked()).toBe(before + 1)
  })

  it('shows that a second file answers a URL, until it is gone', async () => {
    await open('/about')
    await mkdir(join(app.root, 'app/routes/about'))
    await app.write('app/routes/about/index.tsx', 'export default () => <h1>Another</h1>\n')
    expect(await overlay()).toContain('ROUTE_CONFLICT')
    await app.remove('app/routes/about/index.tsx')
    await site.shows('About')
    await overlayGone()
  })

  it('shows a folder that is no layer, made while the server runs', async () => {
    await open('/')
    await mkdir(join(app.root, 'app/utils'))
    await app.write('app/utils/one.ts', 'export const one = 1\n')
    await app.edit('app/components/Counter.tsx', 'import', "import { one } from '~/utils/one'\nimport")
    await app.edit('app/components/Counter.tsx', 'add', 'add {one}')
    expect(await overlay()).toContain('LAYER_UNKNOWN_FOLDER')
  })

  it('shows a broken layer rule with its place, until it is mended', async () => {
    await open('/about')
    const violation = "import { tally } from '~/state/tally'\nexport const count = tally\n"
    await app.write('app/services/wrong.ts', violation)
    await app.edit('app/services/posts.ts', 'const posts', "import './wrong'\nconst posts")
    expect(await overlay()).toContain('LAYER_UPWARD')
    expect(await overlay()).toContain('app/services/wrong.ts:1')
    await app.edit('app/services/posts.ts', "import './wrong'\n", '')
    await site.shows('About')
    await overlayGone()
  })

  it('shows an error of the server, whose text strangers never see', async () => {
    await open('/broken')
    expect(await overlay()).toContain('the secret reason')
    await app.write('app/routes/broken.tsx', 'export default function Broken() { return <h1>Whole</h1> }')
    await site.shows('Whole')
    await overlayGone()
    await server.says('the secret reason')
    await server.says('app/routes/broken.tsx:2')
  })

  it('shows an api module that throws when it is loaded', async () => {
    await open('/about')
    await app.edit('app/api/notes.ts', 'export const listNotes', "throw new Error('not today')\nexport const listNotes")
    expect(await overlay()).toContain('not today')
    await app.edit('app/api/notes.ts', "throw new Error('not today')\n", '')
    await site.shows('About')
    await overlayGone()
  })
})
