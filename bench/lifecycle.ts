// Start to first response, clean build, dev start to a working click, hot reload with the state kept.
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { browserArguments, browserPath } from './bytes.ts'
import { median, type Row, ratioInterval, report } from './measure.ts'
import { app, repository, type ServerOptions, startServer } from './servers.ts'

const run = promisify(execFile)
const cli = join(repository, 'bin/layer9.js')
/** Where Node keeps what it compiled: of our own, so that it can be taken away. */
const compileCache = join(tmpdir(), 'layer9-bench-compile-cache')
const devOptions: ServerOptions = {
  cwd: app,
  env: { NODE_ENV: 'development', NODE_COMPILE_CACHE: compileCache },
  pinned: false,
}

/** Start to first response, beside bare node:http, in interleaved pairs, each as in a new container: nothing is cached. */
export async function benchStart(pairs = 20): Promise<void> {
  await run(process.execPath, [cli, 'build'], { cwd: app })
  const floorFile = await bundleFloor()
  const env = { NODE_DISABLE_COMPILE_CACHE: '1' }
  const values: number[] = []
  const floors: number[] = []
  for (let pair = 0; pair < pairs; pair++) {
    const server = await startServer([cli, 'start'], { cwd: app, env })
    await server.stop()
    const floor = await startServer([floorFile], { cwd: app, env })
    await floor.stop()
    values.push(server.firstResponse)
    floors.push(floor.firstResponse)
  }
  const { mean, interval } = ratioInterval(values.map((value, index) => value / floors[index]!))
  report('start', [
    {
      id: 'start-first-response',
      value: median(values),
      unit: 'ms',
      floor: median(floors),
      ratio: mean,
      interval,
      mark: '1.2x',
      met: interval[0] <= 1.2,
    },
  ])
}

/** The floor as plain JavaScript in one file: stripping types at the start would make it slow. */
export async function bundleFloor(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'layer9-floor-'))
  const input = join(import.meta.dirname, 'floor.ts')
  const output = { entryFileNames: 'floor.mjs' }
  await build({
    configFile: false,
    logLevel: 'warn',
    build: { ssr: true, outDir, emptyOutDir: true, rolldownOptions: { input, output } },
  })
  return join(outDir, 'floor.mjs')
}

/** `layer9 build` from nothing, the whole command. */
export async function benchBuild(times = 5): Promise<void> {
  const values: number[] = []
  const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' }
  for (let time = 0; time < times; time++) {
    forget()
    const began = performance.now()
    await run(process.execPath, [cli, 'build'], { cwd: app, env })
    values.push((performance.now() - began) / 1000)
  }
  report('build', [{ id: 'build-clean', value: median(values), unit: 's', mark: '1 s', met: median(values) <= 1 }])
}

/** Takes away all that a command leaves for the next one. */
function forget(): void {
  for (const made of [join(app, '.layer9'), compileCache]) rmSync(made, { recursive: true, force: true })
}

/** `layer9 dev` to a working click, without and with caches, and from a written file to the changed DOM. */
export async function benchDev(times = 5): Promise<void> {
  const browser = await chromium.launch({ executablePath: browserPath, args: browserArguments })
  const floorFile = await bundleFloor()
  const cold: number[] = []
  const warm: number[] = []
  const bare: number[] = []
  let hot: number[] = []
  try {
    for (let time = 0; time < times; time++) {
      forget()
      cold.push(await startToClick(browser, [cli, 'dev'], '/'))
      warm.push(await startToClick(browser, [cli, 'dev'], '/'))
      bare.push(await startToClick(browser, [floorFile], '/counter'))
    }
    hot = await hotReload(browser, times * 2)
  } finally {
    await browser.close()
  }
  // What bare node:http and one script by hand take here says what the machine and the browser take of it.
  const click = (id: string, times: number[], mark: number): Row => ({
    id,
    value: median(times) / 1000,
    unit: 's',
    floor: median(bare) / 1000,
    ratio: median(times) / median(bare),
    mark: `${mark} s`,
    met: median(times) <= mark * 1000,
  })
  const rows: Row[] = [
    click('dev-cold-click', cold, 1),
    click('dev-warm-click', warm, 0.5),
    { id: 'dev-hot-reload', value: median(hot), unit: 'ms', mark: '30 ms', met: median(hot) <= 30 },
  ]
  report('dev', rows)
}

/** From the command to a click that counts, in a browser that is open: nobody starts one for each command. */
async function startToClick(browser: Browser, args: string[], path: string): Promise<number> {
  const page = await browser.newPage()
  const began = performance.now()
  const server = await startServer(args, { ...devOptions, until: 'listening' })
  try {
    await page.goto(`http://localhost:${server.port}${path}`, { waitUntil: 'commit' })
    await clickUntilCounted(page)
    const took = performance.now() - began
    // Long enough for what the next start finds.
    await new Promise((resolve) => setTimeout(resolve, 1500))
    return took
  } finally {
    await page.close()
    await server.stop()
  }
}

/** Clicks in the page itself until the count moves: no round trip to this process distorts the time. */
async function clickUntilCounted(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const counted = () => /Count: [1-9]/.test(document.querySelector('h1')?.textContent ?? '')
    while (!counted()) {
      document.querySelector('button')?.click()
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  })
}

async function hotReload(browser: Browser, times: number): Promise<number[]> {
  const file = join(app, 'app/routes/index.tsx')
  const original = readFileSync(file, 'utf8')
  const server = await startServer([cli, 'dev'], devOptions)
  const page = await browser.newPage()
  const values: number[] = []
  try {
    await page.goto(`http://localhost:${server.port}/`)
    await clickUntilCounted(page)
    const count = (await page.textContent('h1'))?.match(/\d+/)?.[0]
    for (let time = 0; time < times; time++) {
      const label = `Version ${time}`
      const changed = page.evaluate(async (text) => {
        while (!document.querySelector('h1')?.textContent?.startsWith(text))
          await new Promise((resolve) => setTimeout(resolve, 0))
        return Date.now()
      }, label)
      await new Promise((resolve) => setTimeout(resolve, 300))
      const written = Date.now()
      writeFileSync(file, original.replace('Count:', `${label}:`))
      values.push((await changed) - written)
      const now = (await page.textContent('h1'))?.match(/: (\d+)/)?.[1]
      if (now !== count) throw new Error(`hot reload lost the state: ${count} became ${now}`)
    }
  } finally {
    writeFileSync(file, original)
    await page.close()
    await server.stop()
  }
  return values
}
