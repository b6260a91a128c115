// Where the browser's debugger and its stacks lead: to the line that was written.
import { SourceMap } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { openBrowser, openPage } from './harness/browser.ts'
import { type RunningServer, startLayer9 } from './harness/command.ts'

const source = `import { useEffect, useState } from 'layer9/components'

type Props = { start?: number }

export function Counter({ start = 0 }: Props) {
  const [count, setCount] = useState<number>(start)
  useEffect(() => {
    if (count > 5) throw new Error('thrown in an effect')
  }, [count])
  const render = (value: number) => {
    if (value < 0) throw new Error('thrown while rendering')
    return value
  }
  return (
    <p class="counter">
      <output>{render(count)}</output>
      <button type="button" onClick={() => { throw new Error('thrown in a handler') }}>throw</button>
      <button type="button" onClick={() => setCount(count + 1)}>add</button>
      <button type="button" onClick={() => setCount(-1)}>below</button>
    </p>
  )
}
`

let browser: Browser
let app: AppCopy
let server: RunningServer
beforeAll(async () => {
  browser = await openBrowser()
  app = await copyApp('tests/fixtures/site')
  await app.write('app/components/Counter.tsx', source)
  server = await startLayer9(['dev'], { cwd: app.root })
})
afterAll(async () => {
  await browser.close()
  await server.end()
  await app.delete()
})

/** The place in the source of the first line of a stack, by the map that the browser is given with the module. */
async function placeOf(page: Page, stack: string): Promise<object> {
  const [, url = '', line, column] = /(http\S+?\.tsx[^\s:]*):(\d+):(\d+)/.exec(stack) ?? []
  const code = await page.evaluate(async (address) => await (await fetch(address)).text(), url)
  const [, data = ''] = /sourceMappingURL=data:application\/json;base64,(\S+)/.exec(code) ?? []
  // A map as JSON is what the constructor takes; its type in @types/node wants more fields than maps have.
  const map = new SourceMap(JSON.parse(Buffer.from(data, 'base64').toString()) as never)
  const origin = map.findOrigin(Number(line), Number(column))
  const { fileName = '', lineNumber = 0, columnNumber = 0 } = 'fileName' in origin ? origin : {}
  return { file: fileName.split('/').at(-1), line: lineNumber, column: columnNumber }
}

/** Where a text stands in the source. */
function placeIn(text: string): object {
  const before = source.slice(0, source.indexOf(text)).split('\n')
  return { file: 'Counter.tsx', line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

describe('a stack in the browser', () => {
  it.each([
    ['throw', 'thrown in a handler'],
    ['add', 'thrown in an effect'],
    ['below', 'thrown while rendering'],
  ])('leads from what "%s" throws to its line and column', async (button, message) => {
    const { page, close } = await openPage(browser)
    const thrown = page.waitForEvent('pageerror')
    await page.goto(server.url, { waitUntil: 'networkidle' })
    await page.getByRole('button', { name: button }).click()
    const error = await thrown
    expect(error.message).toBe(message)
    expect(await placeOf(page, error.stack ?? '')).toEqual(placeIn(`new Error('${message}')`))
    await close()
  })

  it('leads the debugger to the source as it was written', async () => {
    const { page, context, close } = await openPage(browser)
    const session = await context.newCDPSession(page)
    const maps: string[] = []
    session.on('Debugger.scriptParsed', ({ url, sourceMapURL }) => {
      if (url.includes('/Counter.tsx') && sourceMapURL) maps.push(sourceMapURL)
    })
    await session.send('Debugger.enable')
    await page.goto(server.url, { waitUntil: 'networkidle' })
    await expect.poll(() => maps.length).toBe(1)
    const { sources, sourcesContent } = JSON.parse(Buffer.from(maps[0]?.split(',')[1] ?? '', 'base64').toString()) as {
      sources: string[]
      sourcesContent: string[]
    }
    expect(sources).toHaveLength(1)
    expect(sources[0]).toMatch(/Counter\.tsx$/)
    expect(sourcesContent).toEqual([source])
    await close()
  })
})
