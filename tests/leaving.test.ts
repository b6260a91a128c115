// What stands between two pages: guards of unsaved work, view transitions, and another visitor than before.
import { describe, expect, it } from 'vitest'
import { copyApp } from './harness/app.ts'
import { startLayer9 } from './harness/command.ts'
import { useBuiltDocuments } from './harness/documents.ts'

const site = useBuiltDocuments()

const path = () => new URL(site.visitor.page.url()).pathname
const press = async (name: string) => await site.visitor.page.getByRole('button', { name, exact: true }).click()

describe('leave guards', { timeout: 60_000 }, () => {
  /** Answers the next question, and gives its words once it was asked. */
  const answer = (accept: boolean) =>
    new Promise<string>((resolve) => {
      site.visitor.page.once('dialog', async (dialog) => {
        await (accept ? dialog.accept() : dialog.dismiss())
        resolve(`${dialog.type()} ${dialog.message()}`)
      })
    })
  /** Writes what is not saved; the guard is set once the page was painted with it. */
  const write = async (text: string) => {
    await site.visitor.page.getByLabel('Text').fill(text)
    await site.visitor.page.waitForFunction(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })))
  }

  it('ask before a link is followed, and keep the page where it may not be left', async () => {
    await site.visitor.open('/edit')
    await write('unsaved')
    const refused = answer(false)
    await site.visitor.follow('About')
    expect(await refused).toBe('confirm Leave without saving?')
    expect(path()).toBe('/edit')
    expect(await site.visitor.page.getByLabel('Text').inputValue()).toBe('unsaved')
    expect(site.visitor.asked().filter((request) => request.startsWith('GET'))).toEqual([])
    const agreed = answer(true)
    await site.visitor.follow('About')
    await agreed
    await site.visitor.shows('About')
    expect(site.visitor.loads()).toBe(1)
  })

  it('ask before the browser goes back, which then is as if it had not', async () => {
    await site.visitor.open('/')
    await site.visitor.follow('Edit')
    await site.visitor.shows('Edit')
    await write('unsaved')
    const refused = answer(false)
    await site.visitor.page.evaluate(() => history.back())
    expect(await refused).toBe('confirm Leave without saving?')
    await expect.poll(path).toBe('/edit')
    expect(await site.visitor.page.locator('h1').textContent()).toBe('Edit')
    const agreed = answer(true)
    await site.visitor.page.evaluate(() => history.back())
    await agreed
    await site.visitor.shows('Home')
    expect(path()).toBe('/')
    expect(site.visitor.loads()).toBe(1)
  })

  it('may ask by themselves, and answer later', async () => {
    await site.visitor.open('/edit?own')
    await write('unsaved')
    await site.visitor.follow('About')
    await site.visitor.page.getByRole('button', { name: 'Throw away' }).waitFor()
    expect(path()).toBe('/edit')
    await press('Throw away')
    await site.visitor.shows('About')
    expect(site.visitor.loads()).toBe(1)
  })

  it('let the browser ask when the page is loaded again, and once where a link is a full load', async () => {
    await site.visitor.open('/edit')
    await write('unsaved')
    const asked = answer(true)
    await site.visitor.page.reload()
    expect(await asked).toMatch(/^beforeunload/)
    await write('unsaved')
    const questions: string[] = []
    site.visitor.page.on('dialog', async (dialog) => {
      questions.push(dialog.type())
      await dialog.accept()
    })
    await site.visitor.page.evaluate(() =>
      document.querySelector('meta[name=layer9]')?.setAttribute('content', 'older'),
    )
    await site.visitor.follow('About')
    await site.visitor.shows('About')
    await expect.poll(site.visitor.loads).toBe(3)
    expect(questions).toEqual(['confirm'])
  })

  it('ask nothing where nothing is unsaved', async () => {
    await site.visitor.open('/edit')
    await site.visitor.follow('About')
    await site.visitor.shows('About')
    await site.visitor.page.goBack()
    await site.visitor.shows('Edit')
  })
})

describe('view transitions', { timeout: 60_000 }, () => {
  /** Counts the transitions of a page. */
  const count = async () =>
    await site.visitor.page.addInitScript(() => {
      const page = window as { transitions?: number }
      const start = document.startViewTransition
      page.transitions = 0
      document.startViewTransition = function (...given) {
        page.transitions = (page.transitions ?? 0) + 1
        return start.apply(this, given)
      }
    })
  const transitions = async () =>
    await site.visitor.page.evaluate(() => (window as { transitions?: number }).transitions)

  it('run where a link asks for one, and nowhere else', async () => {
    await count()
    await site.visitor.open('/')
    await site.visitor.follow('Animated')
    await site.visitor.shows('About')
    expect(await transitions()).toBe(1)
    await site.visitor.follow('Notes')
    await site.visitor.shows('Notes')
    expect(await transitions()).toBe(1)
    expect(site.visitor.loads()).toBe(1)
    expect(site.visitor.troubles).toEqual([])
  })

  it('run nowhere for who wants less motion', async () => {
    await site.visitor.page.emulateMedia({ reducedMotion: 'reduce' })
    await count()
    await site.visitor.open('/')
    await site.visitor.follow('Animated')
    await site.visitor.shows('About')
    expect(await transitions()).toBe(0)
  })

  it('are done without in browsers that have none', async () => {
    await site.visitor.page.addInitScript(() => {
      Object.defineProperty(Document.prototype, 'startViewTransition', { value: undefined })
    })
    await site.visitor.open('/')
    await site.visitor.follow('Animated')
    await site.visitor.shows('About')
    expect(site.visitor.loads()).toBe(1)
    expect(site.visitor.troubles).toEqual([])
  })

  it('run everywhere, back included, where the configuration says so', async () => {
    const animated = await copyApp('tests/fixtures/documents')
    await animated.write('layer9.config.ts', 'export default { navigation: { viewTransitions: true } }\n')
    const other = await startLayer9(['dev'], { cwd: animated.root })
    await count()
    await site.visitor.page.goto(other.url, { waitUntil: 'networkidle' })
    await site.visitor.follow('About')
    await site.visitor.shows('About')
    expect(await transitions()).toBe(1)
    await site.visitor.page.goBack()
    await site.visitor.shows('Home')
    await expect.poll(transitions).toBeGreaterThan(1)
    expect(site.visitor.loads()).toBe(1)
    await other.end()
    await animated.delete()
  })
})

describe('sessions', { timeout: 60_000 }, () => {
  const who = async () => await site.visitor.page.locator('.who').textContent()
  const signIn = async (name: string) => {
    await site.visitor.open('/sign-in')
    await site.visitor.page.getByLabel('Name').fill(name)
    const loading = site.visitor.page.waitForEvent('load')
    await press('Enter')
    await site.visitor.shows('About')
    await loading
  }

  it('that begin are a full load of the page that the form leads to', async () => {
    await signIn('Ada')
    expect(path()).toBe('/about')
    expect(await who()).toBe('Ada')
    // What it shows is there before its load is over.
    await expect.poll(site.visitor.loads).toBe(2)
    // The page that it leads to was asked for by the browser alone.
    expect(site.visitor.asked()).toEqual(['POST /sign-in'])
  })

  it('that end by a call are a full load, too', async () => {
    await signIn('Ada')
    const loading = site.visitor.page.waitForEvent('load')
    await press('Sign out')
    await loading
    expect(await who()).toBe('nobody')
    await expect.poll(site.visitor.loads).toBe(3)
  })

  it('that stay the same are none', async () => {
    await signIn('Ada')
    await site.visitor.open('/sign-in')
    const loads = site.visitor.loads()
    await site.visitor.page.getByLabel('Name').fill('Ada')
    await press('Enter')
    await site.visitor.shows('About')
    expect(site.visitor.loads()).toBe(loads)
  })

  it('clear what the browser kept of the site, and are not stored', async () => {
    const form = new URLSearchParams({ $action: 'session/signIn', name: 'Ada' })
    const answer = await fetch(`${site.server.url}/sign-in`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
      headers: { origin: site.server.url, 'sec-fetch-site': 'same-origin' },
    })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('clear-site-data')).toBe('"cache"')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const plain = await fetch(`${site.server.url}/about`)
    expect(plain.headers.get('clear-site-data')).toBeNull()
  })

  it('other tabs: are loaded anew when a session begins or ends in one', async () => {
    const other = await site.visitor.context.newPage()
    await other.goto(`${site.server.url}/notes`, { waitUntil: 'networkidle' })
    expect(await other.locator('.who').textContent()).toBe('nobody')
    await signIn('Grace')
    await other.locator('.who', { hasText: 'Grace' }).waitFor()
    const loading = site.visitor.page.waitForEvent('load')
    await press('Sign out')
    await loading
    await other.locator('.who', { hasText: 'nobody' }).waitFor()
  })
})
