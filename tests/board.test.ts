import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { type OpenPage, openBrowser, openPage } from './harness/browser.ts'
import { type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'

let app: AppCopy
let server: RunningServer
let browser: Browser

beforeAll(async () => {
  app = await copyApp('examples/board')
  const built = await runLayer9(['build'], { cwd: app.root })
  expect(built, built.out + built.err).toMatchObject({ code: 0 })
  server = await startLayer9(['start'], { cwd: app.root })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.end()
  await app?.delete()
})

/** The board as somebody in front of it would speak of it. */
class Board {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }
  async visit(path: string) {
    return await this.page.goto(server.url + path)
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

async function withBoard(javaScript: boolean, visit: (board: Board, opened: OpenPage) => Promise<void>) {
  const opened = await openPage(browser, { javaScript })
  try {
    await visit(new Board(opened.page), opened)
    expect(opened.troubles.filter((trouble) => !/status of 4\d\d/.test(trouble))).toEqual([])
  } finally {
    await opened.close()
  }
}

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('board %s', (_name, javaScript) => {
  it('lists notices, page by page', async () => {
    await withBoard(javaScript, async (board) => {
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
    await withBoard(javaScript, async (board) => {
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
    await withBoard(javaScript, async (board) => {
      await board.visit('/')
      await board.follow('Grey tabby on our roof terrace, very sure of himself')
      await board.page.getByText('That is Minister, from No. 11.').waitFor()
      expect(await board.heading()).toContain('Grey tabby')
      expect(await board.page.title()).toContain('Grey tabby')
    })
  })

  it('lets only neighbours put up notices', async () => {
    await withBoard(javaScript, async (board) => {
      expect((await board.visit('/new'))?.status()).toBe(401)
      await board.page.locator('main').getByRole('link', { name: 'Sign in' }).click()
      await board.page.getByRole('button', { name: 'Ada Brandt' }).click()
      await board.page.getByLabel('Your notice').waitFor()
      expect(new URL(board.page.url()).pathname).toBe('/new')
    })
  })

  it('keeps what was typed, and says what is wrong with it', async () => {
    await withBoard(javaScript, async (board) => {
      await board.signIn('Jonas Okafor')
      await board.visit('/new')
      await board.putUp({ topic: 'questions', title: '   ', body: 'Who has a saw?' })
      await board.page.getByText('Write a title.').waitFor()
      expect(await board.page.getByLabel('Your notice').inputValue()).toBe('Who has a saw?')
      expect(await board.page.getByLabel('Topic').inputValue()).toBe('questions')
      await board.page.getByLabel('Title').fill('A saw <b>')
      await board.page.getByRole('button', { name: 'Put it up' }).click()
      await board.page.getByRole('heading', { name: 'A saw <b>' }).waitFor()
    })
  })

  it('takes a reply and a like', async () => {
    await withBoard(javaScript, async (board) => {
      await board.signIn('Mirela Ionescu')
      await board.visit('/posts/9')
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
    await withBoard(javaScript, async (board) => {
      await board.visit('/about')
      await board.page.getByRole('button', { name: 'Switch between light and dark' }).click()
      await expect.poll(board.scheme).toBe('dark')
      await board.visit('/')
      expect(await board.scheme()).toBe('dark')
    })
  })

  it('says so when there is nothing', async () => {
    await withBoard(javaScript, async (board) => {
      expect((await board.visit('/posts/none'))?.status()).toBe(404)
      expect(await board.heading()).toBe('Somebody took this one down')
      expect((await board.visit('/nowhere'))?.status()).toBe(404)
    })
  })
})

describe('board with JavaScript', () => {
  it('keeps a draft while its writer walks around, without a full load', async () => {
    await withBoard(true, async (board, opened) => {
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
    await withBoard(true, async (board, { page }) => {
      await board.signIn('Ada Brandt')
      await board.visit('/posts/7')
      const { promise: released, resolve: release } = Promise.withResolvers<void>()
      let posts = 0
      await page.route('**/posts/7', async (route) => {
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
    await withBoard(true, async (board, opened) => {
      await board.signIn('Ada Brandt')
      await board.visit('/posts/5')
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

/** Texts of a page whose contrast with what is behind them is below 4.5 (WCAG 2.2, 1.4.3). Runs in the browser. */
function findFaint(): string[] {
  const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number)
  const luminance = (color: string) => {
    const [red = 0, green = 0, blue = 0] = channels(color)
      .slice(0, 3)
      .map((channel) => (channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const behind = (element: Element | null): string => {
    if (!element) return 'rgb(255, 255, 255)'
    const color = getComputedStyle(element).backgroundColor
    return channels(color)[3] === 0 ? behind(element.parentElement) : color
  }
  const ownText = (element: Element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim())
  return [...document.body.querySelectorAll('*')].filter(ownText).flatMap((element) => {
    const [text, ground] = [luminance(getComputedStyle(element).color), luminance(behind(element))]
    const contrast = (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05)
    return contrast < 4.5 ? [`${element.className}: ${element.textContent} (${contrast.toFixed(2)})`] : []
  })
}

describe.each([
  ['light', 390],
  ['light', 1280],
  ['dark', 390],
  ['dark', 1280],
] as const)('board in %s, %i pixels wide', (colorScheme, width) => {
  it('is legible, fits, and shows where the keyboard is', async () => {
    await withBoard(true, async (board) => {
      const { page } = board
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 800 })
      await board.signIn('Ada Brandt')
      for (const path of ['/', '/posts/4', '/new', '/sign-in', '/about', '/nowhere']) {
        await board.visit(path)
        expect(await page.evaluate(findFaint), path).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), path).toBe(true)
        for (let press = 0; press < 6; press++) {
          await page.keyboard.press('Tab')
          const outline = await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle)
          expect(outline, path).not.toBe('none')
        }
      }
      // That the measure measures: a colour close to the paper's is found.
      await page.locator('h1').evaluate((heading) => {
        heading.style.color = getComputedStyle(document.body).backgroundColor
      })
      expect(await page.evaluate(findFaint)).toEqual([expect.stringContaining('(1.00)')])
    })
  })
})

describe('board in development', () => {
  it('is the same board', async () => {
    const dev = await startLayer9(['dev'], { cwd: app.root })
    const opened = await openPage(browser)
    try {
      await opened.page.goto(dev.url)
      expect(await opened.page.locator('.posts-title').count()).toBe(8)
      await opened.page.getByRole('button', { name: 'Switch between light and dark' }).click()
      await expect.poll(new Board(opened.page).scheme).toBe('dark')
      expect(opened.troubles).toEqual([])
    } finally {
      await opened.close()
      await dev.end()
    }
  })
})
