// The board, built and started on one of the databases, and what somebody does in front of it.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './app.ts'
import { type OpenPage, openBrowser, openPage } from './browser.ts'
import { type Ended, type RunningServer, runLayer9, startLayer9 } from './command.ts'
import type { databases } from './databases.ts'
import { createDatabase } from './postgres.ts'

/** The board in a folder of its own, for the tests of a `describe`. */
export interface RunningBoard {
  readonly app: AppCopy
  readonly server: RunningServer
  readonly browser: Browser
  /** DATABASE_URL, where the database is not that of an app without any setting. */
  readonly env: Readonly<Record<string, string>>
  /** Runs a command in its folder, on its database. */
  run(...given: readonly string[]): Promise<Ended>
  /** Ends the server and starts the same build again. */
  restart(): Promise<void>
}

/**
 * Builds the board, makes and fills its database, and starts it, before the tests of a `describe`.
 *
 * @example
 * const board = useBoard('SQLite')
 */
export function useBoard(name: (typeof databases)[number]): RunningBoard {
  let app: AppCopy
  let server: RunningServer
  let browser: Browser
  let env: Readonly<Record<string, string>> = {}
  const run = async (...given: readonly string[]) => await runLayer9(given, { cwd: app.root, env })
  beforeAll(async () => {
    app = await copyApp('examples/board')
    if (name === 'Postgres') env = { DATABASE_URL: await createDatabase() }
    await expectOk(runLayer9(['build'], { cwd: app.root }))
    await expectOk(run('db', 'migrate'))
    await expectOk(run('db', 'seed'))
    server = await startLayer9(['start'], { cwd: app.root, env })
    browser = await openBrowser()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await server?.end()
    await app?.delete()
  })
  return {
    get app() {
      return app
    },
    get server() {
      return server
    },
    get browser() {
      return browser
    },
    get env() {
      return env
    },
    run,
    async restart() {
      await server.end()
      server = await startLayer9(['start'], { cwd: app.root, env })
    },
  }
}

async function expectOk(running: Promise<Ended>): Promise<void> {
  const ended = await running
  expect(ended, ended.out + ended.err).toMatchObject({ code: 0 })
}

/** The board as somebody in front of it would speak of it. */
export class BoardPage {
  readonly page: Page
  readonly #url: string
  constructor(page: Page, url: string) {
    this.page = page
    this.#url = url
  }
  async visit(path: string) {
    return await this.page.goto(this.#url + path)
  }
  /** Opens a notice of the seeds by its title. */
  async read(title: string) {
    await this.visit(`/?q=${encodeURIComponent(title)}`)
    await this.follow(title)
    await this.page.getByRole('heading', { level: 1, name: title }).waitFor()
  }
  titles = async () => await this.page.locator('.posts-title').allInnerTexts()
  heading = async () => await this.page.locator('h1').textContent()
  scheme = async () => await this.page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)
  async follow(name: string) {
    await this.page.getByRole('link', { name, exact: true }).first().click()
  }
  async signIn(name: string) {
    await this.visit('/sign-in')
    await this.page.getByRole('button', { name }).click()
    await this.page.getByText('Sign out').waitFor()
  }
  async putUp({ topic, title, body }: { topic: string; title: string; body: string }) {
    await this.page.getByLabel('Topic').selectOption(topic)
    await this.page.getByLabel('Title').fill(title)
    await this.page.getByLabel('Your notice').fill(body)
    await this.page.getByRole('button', { name: 'Put it up' }).click()
  }
}

/** Opens a page for a visitor, who meets no trouble in it. */
export async function withBoard(
  { browser, server }: RunningBoard,
  javaScript: boolean,
  visit: (board: BoardPage, opened: OpenPage) => Promise<void>,
) {
  const opened = await openPage(browser, { javaScript })
  try {
    await visit(new BoardPage(opened.page, server.url), opened)
    expect(opened.troubles.filter((trouble) => !/status of 4\d\d/.test(trouble))).toEqual([])
  } finally {
    await opened.close()
  }
}

/** What everybody can do on the board, whatever it is stored in. */
export function testBoard(running: RunningBoard): void {
  describe.each([
    ['with JavaScript', true],
    ['without JavaScript', false],
  ])('board %s', (_name, javaScript) => {
    it('lists notices, page by page', async () => {
      await withBoard(running, javaScript, async (board) => {
        await board.visit('/')
        const first = await board.titles()
        expect(first).toHaveLength(8)
        await board.follow('Older →')
        await board.page.getByText('Page 2 of').waitFor()
        const second = await board.titles()
        expect(second).toHaveLength(8)
        expect(second).not.toContain(first[0])
      })
    })

    it('finds notices by words and topic', async () => {
      await withBoard(running, javaScript, async (board) => {
        await board.visit('/')
        await board.page.getByRole('searchbox').fill('ladder')
        await board.page.getByRole('button', { name: 'Search' }).click()
        await board.page.getByRole('heading', { name: '“ladder”' }).waitFor()
        expect(await board.titles()).toContain('Tall ladder, 5 rungs past the second floor')
        await board.page.getByRole('link', { name: /^Events/ }).click()
        await board.page.getByText('Nothing on the board fits').waitFor()
      })
    })

    it('shows a notice with its replies', async () => {
      await withBoard(running, javaScript, async (board) => {
        await board.visit('/')
        await board.follow('Grey tabby on our roof terrace, very sure of himself')
        await board.page.getByText('That is Minister, from No. 11.').waitFor()
        expect(await board.heading()).toContain('Grey tabby')
        expect(await board.page.title()).toContain('Grey tabby')
      })
    })

    it('lets only neighbours put up notices', async () => {
      await withBoard(running, javaScript, async (board) => {
        expect((await board.visit('/new'))?.status()).toBe(401)
        await board.page.locator('main').getByRole('link', { name: 'Sign in' }).click()
        await board.page.getByRole('button', { name: 'Ada Brandt' }).click()
        await board.page.getByLabel('Your notice').waitFor()
        expect(new URL(board.page.url()).pathname).toBe('/new')
      })
    })

    it('keeps what was typed, and says what is wrong with it', async () => {
      await withBoard(running, javaScript, async (board) => {
        await board.signIn('Jonas Okafor')
        await board.visit('/new')
        await board.putUp({ topic: 'questions', title: '   ', body: 'Who has a saw?' })
        await board.page.getByText('Fill this in.').waitFor()
        expect(await board.page.getByLabel('Your notice').inputValue()).toBe('Who has a saw?')
        expect(await board.page.getByLabel('Topic').inputValue()).toBe('questions')
        await board.page.getByLabel('Title').fill('A saw <b>')
        await board.page.getByRole('button', { name: 'Put it up' }).click()
        await board.page.getByRole('heading', { name: 'A saw <b>' }).waitFor()
      })
    })

    it('takes a reply and a like', async () => {
      await withBoard(running, javaScript, async (board) => {
        await board.signIn('Mirela Ionescu')
        await board.read('Upright piano, one sticking key, four strong people')
        const reply = `Four of us could try, ${javaScript ? 'on Monday' : 'on Tuesday'}.`
        await board.page.getByLabel('Your reply').fill(reply)
        await board.page.getByRole('button', { name: 'Reply' }).click()
        await board.page.locator('.comment-body', { hasText: reply }).waitFor()
        const like = board.page.locator('.like-button')
        const pressed = await like.getAttribute('aria-pressed')
        await like.click()
        await board.page.locator(`.like-button[aria-pressed="${pressed === 'true' ? 'false' : 'true'}"]`).waitFor()
      })
    })

    it('changes between light and dark, and remembers', async () => {
      await withBoard(running, javaScript, async (board) => {
        await board.visit('/about')
        await board.page.getByRole('button', { name: 'Switch between light and dark' }).click()
        await expect.poll(board.scheme).toBe('dark')
        await board.visit('/')
        expect(await board.scheme()).toBe('dark')
      })
    })

    it('says so when there is nothing', async () => {
      await withBoard(running, javaScript, async (board) => {
        expect((await board.visit('/posts/none'))?.status()).toBe(404)
        expect(await board.heading()).toBe('Somebody took this one down')
        expect((await board.visit('/nowhere'))?.status()).toBe(404)
      })
    })
  })

  describe('board with JavaScript', () => {
    it('keeps a draft while its writer walks around, without a full load', async () => {
      await withBoard(running, true, async (board, opened) => {
        await board.signIn('Ada Brandt')
        await board.visit('/new')
        await board.page.getByLabel('Your notice').fill('three words here')
        await board.page.getByText('Your draft: 3 words').waitFor()
        const loads = opened.loads()
        await board.follow('About')
        await board.page.getByRole('heading', { name: 'About this board' }).waitFor()
        await board.follow('Your draft: 3 words')
        await expect.poll(async () => await board.page.getByLabel('Your notice').inputValue()).toBe('three words here')
        expect(opened.loads()).toBe(loads)
        await board.page.getByLabel('Topic').selectOption('lend')
        await board.page.getByLabel('Title').fill('Three words')
        await board.page.getByRole('button', { name: 'Put it up' }).click()
        await board.page.getByRole('heading', { name: 'Three words' }).waitFor()
        await expect.poll(async () => await board.page.locator('.draft-note').textContent()).toBe('')
        expect(opened.loads()).toBe(loads)
      })
    })

    it('shows that a form is on its way, and sends it once', async () => {
      await withBoard(running, true, async (board, { page }) => {
        await board.signIn('Ada Brandt')
        await board.read('Bicycle evening in the courtyard of No. 11')
        const { promise: released, resolve: release } = Promise.withResolvers<void>()
        let posts = 0
        await page.route('**/posts/*', async (route) => {
          if (route.request().method() === 'POST') {
            posts++
            await released
          }
          await route.continue()
        })
        await page.getByLabel('Your reply').fill('Count me in.')
        await page.getByRole('button', { name: 'Reply' }).click()
        await page.locator('form[aria-busy=true]').waitFor()
        await page.getByRole('button', { name: 'Reply' }).click()
        release()
        await page.locator('.comment-body', { hasText: 'Count me in.' }).waitFor()
        expect(await page.locator('form[aria-busy]').count()).toBe(0)
        expect(posts).toBe(1)
      })
    })

    it('takes a like back when the server does not get it', async () => {
      await withBoard(running, true, async (board, opened) => {
        await board.signIn('Ada Brandt')
        await board.read('Forty tomato seedlings need a balcony')
        const like = board.page.locator('.like-button')
        const before = await like.textContent()
        await opened.context.setOffline(true)
        await like.click()
        await board.page.getByText('That did not reach the board.').waitFor()
        expect(await like.textContent()).toBe(before)
        await opened.context.setOffline(false)
        opened.troubles.length = 0
      })
    })
  })
}
