// What a developer sees after saving a file, while the page stays open.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startLayer9 } from './harness/command.ts'
import { useDevelopedSite } from './harness/site.ts'

const dev = useDevelopedSite()

const open = async (path: string) => {
  await dev.opened.page.goto(dev.server.url + path, { waitUntil: 'networkidle' })
}

/** The text in Vite's overlay, which lies in a shadow root. */
const overlay = async () => await dev.opened.page.locator('vite-error-overlay .message').textContent()
const overlayGone = async () => await dev.opened.page.locator('vite-error-overlay').waitFor({ state: 'detached' })

describe('hot reload', () => {
  it('swaps a live component and keeps its state', async () => {
    await open('/')
    await dev.site.add()
    expect(await dev.site.count()).toBe('6')
    await dev.app.edit('app/components/Counter.tsx', 'add', 'plus one')
    await dev.opened.page.getByRole('button', { name: 'plus one' }).waitFor()
    expect(await dev.site.count()).toBe('6')
    await dev.site.add()
    expect(await dev.site.count()).toBe('7')
    expect(dev.opened.loads()).toBe(1)
    expect(dev.opened.troubles).toEqual([])
  })

  it('shows a changed plain page around a root that keeps its state', async () => {
    await open('/')
    await dev.site.add()
    await dev.app.edit('app/routes/index.tsx', '<h1>Home</h1>', '<h1>Welcome</h1>')
    await dev.site.shows('Welcome')
    expect(await dev.site.count()).toBe('6')
    expect(dev.opened.loads()).toBe(1)
  })

  it('shows a changed layout, and a changed layout that is a root', async () => {
    await open('/panel/one')
    await dev.site.toggle()
    await dev.app.edit('app/routes/layout.tsx', "'About'", "'About us'")
    await dev.opened.page.getByRole('link', { name: 'About us' }).waitFor()
    expect(await dev.site.opened()).toBe('opened 1')
    await dev.app.edit('app/routes/panel/layout.tsx', 'opened {open}', 'toggled {open}')
    await dev.opened.page.getByRole('button', { name: 'toggled 1' }).waitFor()
    expect(dev.opened.loads()).toBe(1)
  })

  it('shows what a changed service gives, without a restart', async () => {
    await open('/posts/second')
    await dev.app.edit('app/services/posts.ts', 'Body of the second post', 'Another body')
    await dev.opened.page.locator('p', { hasText: 'Another body' }).waitFor()
    expect(dev.opened.loads()).toBe(1)
  })

  it('shows what a changed loader and a changed api module give, around a root that keeps its state', async () => {
    const page = `import { Counter } from '~/components/Counter'
import { listNotes } from '~/api/notes'
export const loader = async () => ({ title: 'Notes', notes: await listNotes() })
export default function Home({ data }: { data: { title: string; notes: string[] } }) {
  return <div><h1>{data.title}: {data.notes.join()}</h1><Counter start={5} /></div>
}
`
    await dev.app.write('app/routes/index.tsx', page)
    await open('/')
    await dev.site.add()
    await dev.app.edit('app/routes/index.tsx', "title: 'Notes'", "title: 'All notes'")
    await dev.site.shows('All notes: first note')
    await dev.app.edit('app/api/notes.ts', 'handler: () => allNotes()', "handler: () => [...allNotes(), 'by the api']")
    await dev.site.shows('All notes: first note,by the api')
    expect(await dev.site.count()).toBe('6')
    expect(dev.opened.loads()).toBe(1)
    expect(dev.opened.troubles).toEqual([])
  })

  it('checks forms by a changed contract, without a restart', async () => {
    await open('/notes')
    await dev.app.edit('app/contracts/note.ts', "'Write something'", "'Say something'")
    await expect
      .poll(async () => {
        await dev.opened.page.getByRole('button', { name: 'Keep' }).click()
        return await dev.opened.page.getByRole('alert').textContent()
      })
      .toBe('Say something')
    expect(dev.opened.loads()).toBe(1)
  })

  it('begins with what a changed state module says', async () => {
    await open('/panel/one')
    await dev.app.edit('app/state/tally.ts', 'signal(0)', 'signal(10)')
    await dev.opened.page.locator('.tally', { hasText: 'tally 10' }).waitFor()
    await dev.opened.page.locator('.tally').click()
    await dev.opened.page.locator('.tally', { hasText: 'tally 11' }).waitFor()
    expect(dev.opened.troubles).toEqual([])
  })

  it('leaves what a service holds in memory when only a component changes', async () => {
    await open('/notes')
    await dev.opened.page.getByLabel('Text').fill('kept')
    await dev.opened.page.getByRole('button', { name: 'Keep' }).click()
    await dev.opened.page.locator('li', { hasText: 'kept' }).waitFor()
    await dev.app.edit('app/routes/notes.tsx', '<h1>Notes</h1>', '<h1>All notes</h1>')
    await dev.site.shows('All notes')
    expect(await dev.opened.page.locator('li').count()).toBe(2)
  })

  it('swaps styles, those of plain components too', async () => {
    await open('/about')
    expect(await dev.site.style('body', 'background-color')).toBe('rgb(250, 250, 240)')
    expect(await dev.site.style('strong', 'color')).toBe('rgb(10, 120, 60)')
    await dev.app.edit('app/components/site.css', 'rgb(250, 250, 240)', 'rgb(1, 2, 3)')
    await expect.poll(async () => await dev.site.style('body', 'background-color')).toBe('rgb(1, 2, 3)')
    await dev.app.edit('app/components/badge.module.css', 'rgb(10, 120, 60)', 'rgb(4, 5, 6)')
    await expect.poll(async () => await dev.site.style('strong', 'color')).toBe('rgb(4, 5, 6)')
    expect(dev.opened.loads()).toBe(1)
  })

  it('finds a new page, and forgets one that is gone', async () => {
    await open('/')
    await dev.app.write('app/routes/fresh.tsx', 'export default function Fresh() { return <h1>Fresh</h1> }')
    await expect.poll(async () => (await fetch(`${dev.server.url}/fresh`)).status).toBe(200)
    expect(await dev.app.read('.layer9/routes.d.ts')).toContain("'/fresh'")
    await dev.app.remove('app/routes/fresh.tsx')
    await expect.poll(async () => (await fetch(`${dev.server.url}/fresh`)).status).toBe(404)
    await expect.poll(async () => await dev.app.read('.layer9/routes.d.ts')).not.toContain("'/fresh'")
  })
})

describe('a page whose file is removed', () => {
  it('gives way to the page of what is not there, without a word on links', async () => {
    await dev.app.write('app/routes/fresh.tsx', 'export default function Fresh() { return <h1>Fresh</h1> }')
    await expect.poll(async () => (await fetch(`${dev.server.url}/fresh`)).status, { timeout: 15_000 }).toBe(200)
    await open('/fresh')
    const { page, troubles } = dev.opened
    await dev.app.remove('app/routes/fresh.tsx')
    await page.locator('h1', { hasNotText: 'Fresh' }).waitFor()
    expect(troubles.join()).not.toContain('NAVIGATION_NO_DOCUMENT')
  })
})

describe('a development server that was restarted', () => {
  it('is found again by the pages that are open', async () => {
    await open('/')
    await dev.site.add()
    const { port } = new URL(dev.server.url)
    await dev.server.end()
    await dev.app.edit('app/routes/index.tsx', '<h1>Home</h1>', '<h1>Home again</h1>')
    dev.server = await startLayer9(['dev', '--port', port], { cwd: dev.app.root })
    await dev.site.shows('Home again')
    await expect
      .poll(async () => {
        await dev.site.add()
        return Number(await dev.site.count())
      })
      .toBeGreaterThan(5)
    await expect.poll(dev.opened.loads).toBe(2)
  })
})

describe('the error overlay', () => {
  it('shows a page that does not parse, until it is mended', async () => {
    await open('/about')
    await dev.app.edit('app/routes/about.tsx', '<h1>About</h1>', '<h1>About</h2>')
    expect(await overlay()).toContain("Expected corresponding JSX closing tag for 'h1'")
    await dev.server.says("Expected corresponding JSX closing tag for 'h1'")
    await dev.app.edit('app/routes/about.tsx', '<h1>About</h2>', '<h1>About again</h1>')
    await dev.site.shows('About again')
    await overlayGone()
  })

  it('keeps the page and its state under the overlay while a component does not parse', async () => {
    await open('/')
    await dev.site.add()
    await dev.app.edit('app/components/Counter.tsx', '<output>', '<outpt>')
    expect(await overlay()).toContain("closing tag for 'outpt'")
    expect(await dev.site.heading()).toBe('Home')
    expect(await dev.site.count()).toBe('6')
    await dev.app.edit('app/components/Counter.tsx', '<outpt>', '<output>')
    await overlayGone()
    await dev.site.add()
    expect(await dev.site.count()).toBe('7')
    expect(dev.opened.loads()).toBe(1)
  })

  it('shows a page that was loaded while a component did not parse, once it is mended', async () => {
    await dev.app.edit('app/components/Counter.tsx', '<output>', '<outpt>')
    await open('/')
    expect(await overlay()).toContain("closing tag for 'outpt'")
    await dev.app.edit('app/components/Counter.tsx', '<outpt>', '<output>')
    await dev.site.shows('Home')
    await overlayGone()
    await dev.site.add()
    // Pressed before the counter runs again, it counts once that does.
    await expect.poll(dev.site.count).toBe('6')
  })

  it('keeps a page under the overlay while its loader fails', async () => {
    await open('/notes')
    await dev.opened.page.getByLabel('Text').fill('half a note')
    await dev.app.edit(
      'app/api/notes.ts',
      'handler: () => allNotes()',
      "handler: () => { throw new Error('no notes') }",
    )
    expect(await overlay()).toContain('no notes')
    expect(await dev.opened.page.getByLabel('Text').inputValue()).toBe('half a note')
    await dev.app.edit(
      'app/api/notes.ts',
      "handler: () => { throw new Error('no notes') }",
      'handler: () => allNotes()',
    )
    await overlayGone()
    expect(await dev.opened.page.getByLabel('Text').inputValue()).toBe('half a note')
    expect(dev.opened.loads()).toBe(1)
  })

  it('shows what a live component throws, and has it again once it is mended', async () => {
    await open('/')
    await dev.app.edit('app/components/Counter.tsx', '{count}<', '{cuont}<')
    await expect.poll(overlay).toContain('cuont is not defined')
    await dev.app.edit('app/components/Counter.tsx', '{cuont}<', '{count}<')
    await overlayGone()
    await expect
      .poll(async () => {
        await dev.site.add()
        return Number(await dev.site.count())
      })
      .toBeGreaterThan(5)
  })

  it('shows what a live component throws in the browser alone', async () => {
    const line = "if (typeof window !== 'undefined') throw new Error('no server sees this')\n  return ("
    await dev.app.edit('app/components/Counter.tsx', 'return (', line)
    await open('/')
    expect(await overlay()).toContain('no server sees this')
    await dev.app.edit('app/components/Counter.tsx', line, 'return (')
    await overlayGone()
    await dev.site.add()
    // The page has just been loaded anew: a click may come before its root runs.
    await expect.poll(dev.site.count).toBe('6')
  })

  it('shows a failing page that a link leads to', async () => {
    await open('/')
    await dev.opened.page.evaluate(() => {
      const link = document.createElement('a')
      link.href = '/broken'
      link.textContent = 'Broken'
      document.querySelector('main')?.append(link)
    })
    await dev.site.follow('Broken')
    expect(await overlay()).toContain('the secret reason')
    await dev.site.shows('Something failed')
    expect(dev.opened.loads()).toBe(1)
    await dev.opened.page.goBack()
    await dev.site.shows('Home')
    await overlayGone()
  })

  it('asks for nothing when the app writes a file of its own after an error', async () => {
    await open('/broken')
    await open('/')
    const asked = () => dev.server.output().match(/GET \/ /g)?.length ?? 0
    const before = asked()
    await dev.app.write('audit.log', 'a line')
    await dev.app.edit('app/routes/index.tsx', '<h1>Home</h1>', '<h1>Home, behind it</h1>')
    await dev.site.shows('Home, behind it')
    expect(asked()).toBe(before + 1)
  })

  it('shows that a second file answers a URL, until it is gone', async () => {
    await open('/about')
    await mkdir(join(dev.app.root, 'app/routes/about'))
    await dev.app.write('app/routes/about/index.tsx', 'export default () => <h1>Another</h1>\n')
    expect(await overlay()).toContain('ROUTE_CONFLICT')
    await dev.app.remove('app/routes/about/index.tsx')
    await dev.site.shows('About')
    await overlayGone()
  })

  it('shows a folder that is no layer, made while the server runs', async () => {
    await open('/')
    await mkdir(join(dev.app.root, 'app/utils'))
    await dev.app.write('app/utils/one.ts', 'export const one = 1\n')
    await dev.app.edit('app/components/Counter.tsx', 'import', "import { one } from '~/utils/one'\nimport")
    await dev.app.edit('app/components/Counter.tsx', 'add', 'add {one}')
    expect(await overlay()).toContain('LAYER_UNKNOWN_FOLDER')
  })

  it('shows a broken layer rule with its place, until it is mended', async () => {
    await open('/about')
    const violation = "import { tally } from '~/state/tally'\nexport const count = tally\n"
    await dev.app.write('app/services/wrong.ts', violation)
    await dev.app.edit('app/services/posts.ts', 'const posts', "import './wrong'\nconst posts")
    expect(await overlay()).toContain('LAYER_UPWARD')
    expect(await overlay()).toContain('app/services/wrong.ts:1')
    await dev.app.edit('app/services/posts.ts', "import './wrong'\n", '')
    await dev.site.shows('About')
    await overlayGone()
  })

  it('shows an error of the server, whose text strangers never see', async () => {
    await open('/broken')
    expect(await overlay()).toContain('the secret reason')
    await dev.app.write('app/routes/broken.tsx', 'export default function Broken() { return <h1>Whole</h1> }')
    await dev.site.shows('Whole')
    await overlayGone()
    await dev.server.says('the secret reason')
    await dev.server.says('app/routes/broken.tsx:2')
  })

  it('shows an api module that throws when it is loaded', async () => {
    await open('/about')
    await dev.app.edit(
      'app/api/notes.ts',
      'export const listNotes',
      "throw new Error('not today')\nexport const listNotes",
    )
    expect(await overlay()).toContain('not today')
    await dev.app.edit('app/api/notes.ts', "throw new Error('not today')\n", '')
    await dev.site.shows('About')
    await overlayGone()
  })
})
