// From asking for a page to a click that works, on a slow phone: CPU slowed four times, Slow 4G as Chromium's developer
// tools have it. Beside it the same page by hand: one document, one script of a line.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'
import { browserArguments, browserPath } from './bytes.ts'
import { bundleFloor } from './lifecycle.ts'
import { median, ratioInterval, report } from './measure.ts'
import { app, repository, type Server, startServer } from './servers.ts'

const run = promisify(execFile)
const cli = join(repository, 'bin/layer9.js')

/** Slow 4G: 562.5 ms a round trip, 1.44 Mbit/s down, 675 kbit/s up (Chromium's devtools, NetworkManager presets). */
const slow = {
  offline: false,
  latency: 562.5,
  downloadThroughput: (1.6 * 1000 * 1000 * 0.9) / 8,
  uploadThroughput: (750 * 1000 * 0.9) / 8,
}

/** Interleaved pairs, each in a new context: nothing is cached. */
export async function benchClick(pairs = 20): Promise<void> {
  await run(process.execPath, [cli, 'build'], { cwd: app })
  const floorFile = await bundleFloor()
  const layer9 = await startServer([cli, 'start'], { cwd: app })
  const floor = await startServer([floorFile], { cwd: app })
  const browser = await chromium.launch({ executablePath: browserPath, args: browserArguments })
  const values: number[] = []
  const floors: number[] = []
  try {
    for (let pair = 0; pair < pairs; pair++) {
      values.push(await timeToClick(browser, layer9, '/'))
      floors.push(await timeToClick(browser, floor, '/counter'))
    }
  } finally {
    await browser.close()
    await Promise.all([layer9.stop(), floor.stop()])
  }
  const { mean, interval } = ratioInterval(values.map((value, index) => value / floors[index]!))
  const rows = [
    {
      id: 'click-works',
      value: median(values),
      unit: 'ms',
      floor: median(floors),
      ratio: mean,
      interval,
      mark: '1.2x',
      met: interval[0] <= 1.2,
    },
  ]
  report('click', rows)
}

/** Milliseconds from the navigation's start until a click has counted, by the page's own clock. */
async function timeToClick(browser: Browser, { port }: Server, path: string): Promise<number> {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    const devtools = await context.newCDPSession(page)
    await devtools.send('Network.enable')
    await devtools.send('Network.emulateNetworkConditions', slow)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    await page.addInitScript(clickUntilCounted)
    await page.goto(`http://localhost:${port}${path}`, { waitUntil: 'commit' })
    return await page.evaluate(async () => await (globalThis as typeof globalThis & Clicked).counted)
  } finally {
    await context.close()
  }
}

/** What the page tells: when a click has counted, in milliseconds from the navigation's start, by its own clock. */
interface Clicked {
  counted: Promise<number>
}

/** Clicks as somebody impatient does, from the first moment on. Runs in the page, before its own scripts. */
function clickUntilCounted(): void {
  const counted = new Promise<number>((done) => {
    const look = (): void => {
      if (/Count: [1-9]/.test(document.querySelector('h1')?.textContent ?? '')) return void done(performance.now())
      document.querySelector('button')?.click()
      setTimeout(look, 5)
    }
    look()
  })
  Object.assign(globalThis, { counted })
}
