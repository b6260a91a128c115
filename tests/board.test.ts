import { describe, expect, it } from 'vitest'
import { BoardPage, useBoard, withBoard } from './harness/board.ts'
import { openPage } from './harness/browser.ts'
import { startLayer9 } from './harness/command.ts'

const running = useBoard('SQLite')

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
    await withBoard(running, true, async (board) => {
      const { page } = board
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 800 })
      await board.signIn('Ada Brandt')
      await board.read('Does anyone else hear the humming at night?')
      const post = new URL(page.url()).pathname
      for (const path of ['/', post, '/new', '/sign-in', '/about', '/nowhere']) {
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
    const dev = await startLayer9(['dev'], { cwd: running.app.root })
    const opened = await openPage(running.browser)
    try {
      await opened.page.goto(dev.url)
      expect(await opened.page.locator('.posts-title').count()).toBe(8)
      await opened.page.getByRole('button', { name: 'Switch between light and dark' }).click()
      await expect.poll(new BoardPage(opened.page, dev.url).scheme).toBe('dark')
      expect(opened.troubles).toEqual([])
    } finally {
      await opened.close()
      await dev.end()
    }
  })
})
