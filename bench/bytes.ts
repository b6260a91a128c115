// Deterministic sizes, as received over HTTP: the scripts of a page with one root and of one without, what the first
// wanted link loads besides, the table's HTML.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'
import { type Row, report } from './measure.ts'
import { app, repository, startServer } from './servers.ts'

const run = promisify(execFile)

/** What Chromium needs on a machine without a display, a GPU or a way out. */
export const browserArguments: string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The Chromium that the tests use too. */
export const browserPath: string =
  [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => path && existsSync(path)) ??
  'chromium'

export async function benchBytes(): Promise<void> {
  await run(process.execPath, [join(repository, 'bin/layer9.js'), 'build'], { cwd: app })
  const server = await startServer([join(repository, 'bin/layer9.js'), 'start'], { cwd: app })
  const floor = await startServer([join(import.meta.dirname, 'floor.ts')], { cwd: app })
  try {
    const counter = await scriptBytes(server.port, '/')
    const plain = await scriptBytes(server.port, '/small')
    const later = await laterBytes(server.port)
    const table = await (await fetch(`http://127.0.0.1:${server.port}/table`)).text()
    const floorTable = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Table</title></head><body>${await (await fetch(`http://127.0.0.1:${floor.port}/table`)).text()}</body></html>`
    const rows: Row[] = [
      {
        id: 'bytes-counter-script',
        value: counter / 1024,
        unit: 'KiB gzip',
        mark: '5 KiB gzip',
        met: counter <= 5 * 1024,
      },
      { id: 'bytes-plain-script', value: plain / 1024, unit: 'KiB gzip', mark: '2 KiB gzip', met: plain <= 2 * 1024 },
      // Loaded once a link or form is wanted; the two above are what a page loads before that.
      { id: 'bytes-navigation-script', value: later / 1024, unit: 'KiB gzip' },
      {
        id: 'bytes-table-html',
        value: Buffer.byteLength(table) / 1024,
        unit: 'KiB',
        floor: Buffer.byteLength(floorTable) / 1024,
        ratio: table.length / floorTable.length,
        mark: "the floor's bytes (1.00x)",
        met: table.length / floorTable.length < 1.005,
      },
    ]
    report('bytes', rows)
  } finally {
    await Promise.all([server.stop(), floor.stop()])
  }
}

/** Gzip size of the navigation, which the first wanted link or form loads. */
async function laterBytes(port: number): Promise<number> {
  const origin = `http://127.0.0.1:${port}`
  const [, path] = /data-navigation="([^"]+)"/.exec(await (await fetch(`${origin}/small`)).text()) ?? []
  if (path === undefined) throw new Error('/small names no navigation')
  const script = Buffer.from(await (await fetch(origin + path)).arrayBuffer())
  return gzipSync(script, { level: 9 }).length
}

/** Sum of the gzip sizes of every script that Chromium loads on a page. */
async function scriptBytes(port: number, path: string): Promise<number> {
  const browser = await chromium.launch({ executablePath: browserPath, args: browserArguments })
  try {
    const page = await browser.newPage()
    const bodies: Promise<Buffer>[] = []
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') bodies.push(response.body())
    })
    await page.goto(`http://localhost:${port}${path}`, { waitUntil: 'networkidle' })
    return (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0)
  } finally {
    await browser.close()
  }
}
