// Ten clicks through a heavy layout, after the first page is idle: what comes over the network, and what the server works
// for it, beside peers. The same app in each (bench/navigation/*): 200 links around pages of 3 to 4 KB, and a counter
// whose state has to survive. Once with each framework's own prefetching, once without any.
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'
import { browserArguments, browserPath } from './bytes.ts'
import { type Clicked, clickThrough } from './clicks.ts'
import { cpuMicros, median, type Row, ratioInterval, report } from './measure.ts'
import { repository, type Server, startServer } from './servers.ts'

const run = promisify(execFile)
const layer9 = join(repository, 'bin/layer9.js')
const peer = (path: string): string => join(import.meta.dirname, 'node_modules', path)
const next = peer('next/dist/bin/next')

/** In this order: the peers read texts of the first one's app, with its settings, which its build makes. */
const candidates = [
  { name: 'layer9', build: [layer9, 'build'], start: [layer9, 'start'] },
  { name: 'sveltekit', build: [peer('vite/bin/vite.js'), 'build'], start: ['build/index.js'] },
  { name: 'next', build: [next, 'build'], start: [next, 'start'] },
]

const addresses = Array.from({ length: 10 }, (_, index) => `/guide/page-${index * 3}`)

/** Milliseconds of CPU that a sample should take at least: the system counts in ticks of 10. */
const sample = 300

interface Candidate {
  name: string
  server: Server
  clicked: Clicked
  /** The file of what the browser asked for. */
  file: string
  /** Milliseconds of CPU that one visit took, sample by sample. */
  cpu: number[]
}

/** Measures bytes, requests and CPU time, and writes bench/results/navigation.json. */
export async function benchNavigation(samples = 20): Promise<void> {
  if (!existsSync(next)) throw new Error('The peers are not installed. Run `npm run bench:install` first.')
  for (const { name, build } of candidates) {
    await run(process.execPath, build, { cwd: folderOf(name), env: { ...process.env, ...environment } })
  }
  const browser = await chromium.launch({ executablePath: browserPath, args: browserArguments })
  try {
    const own = await measure(browser, { prefetch: true, samples })
    const without = await measure(browser, { prefetch: false, samples })
    const rows = [...compare(own, ''), ...compare(without, '-without-prefetch')]
    report('navigation', [judge(rows), ...rows])
  } finally {
    await browser.close()
  }
}

const environment = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
const folderOf = (name: string): string => join(import.meta.dirname, 'navigation', name)

/** Starts all, clicks through each, then asks each again and again for what the browser had asked for. */
async function measure(
  browser: Browser,
  { prefetch, samples }: { prefetch: boolean; samples: number },
): Promise<Candidate[]> {
  const folder = mkdtempSync(join(tmpdir(), 'layer9-navigation-'))
  const started: Candidate[] = []
  const servers: Server[] = []
  try {
    for (const { name, start } of candidates) {
      const env = { ...environment, PREFETCH: prefetch ? 'on' : 'off' }
      const server = await startServer(start, { cwd: folderOf(name), env })
      servers.push(server)
      const file = join(folder, `${name}.json`)
      // What comes only once, such as a server's first answers, is not counted.
      await clickThrough(browser, server.port, addresses)
      const clicked = await clickThrough(browser, server.port, addresses)
      writeFileSync(file, JSON.stringify(clicked.asked))
      started.push({ name, server, file, cpu: [], clicked })
    }
    await takeSamples(started, samples)
    return started
  } finally {
    await Promise.all(servers.map(async (server) => await server.stop()))
    rmSync(folder, { recursive: true, force: true })
  }
}

/** CPU time of visits, in turns; the order is turned round each time, so that a drift of the machine favours nobody. */
async function takeSamples(all: readonly Candidate[], samples: number): Promise<void> {
  const visits = new Map<Candidate, number>()
  for (const candidate of all) {
    await cpuOfVisit(candidate, 20)
    const once = await cpuOfVisit(candidate, 20)
    visits.set(candidate, Math.min(500, Math.max(5, Math.ceil(sample / once))))
  }
  for (let turn = 0; turn < samples; turn++) {
    for (const candidate of turn % 2 ? [...all].reverse() : all) {
      candidate.cpu.push(await cpuOfVisit(candidate, visits.get(candidate) as number))
    }
  }
}

/** Milliseconds of CPU that the server takes for one visit, as the mean of so many. */
async function cpuOfVisit({ server, file }: Candidate, visits: number): Promise<number> {
  const before = cpuMicros(server.pid)
  const args = [join(import.meta.dirname, 'replay.ts'), String(server.port), file, String(visits)]
  if (process.platform === 'linux') await run('taskset', ['-c', '1', process.execPath, ...args])
  else await run(process.execPath, args)
  return (cpuMicros(server.pid) - before) / visits / 1000
}

/** Each candidate's figures, and Layer9's beside the cheapest peer that keeps the state: one that loses it is no cheaper. */
function compare(all: readonly Candidate[], suffix: string): Row[] {
  const [own, ...peers] = all as [Candidate, ...Candidate[]]
  for (const { name, clicked } of all) if (!clicked.kept) console.log(`${name} lost the counter's state${suffix}`)
  if (!own.clicked.kept) throw new Error('Layer9 lost the state of the counter')
  const able = peers.filter(({ clicked }) => clicked.kept)
  const least = (figure: (one: Candidate) => number) => able.toSorted((a, b) => figure(a) - figure(b))[0] as Candidate
  const [light, quick] = [least(({ clicked }) => clicked.bytes), least(({ cpu }) => median(cpu))]
  const { mean, interval } = ratioInterval(own.cpu.map((value, turn) => value / (quick.cpu[turn] as number)))
  const bytes = own.clicked.bytes / light.clicked.bytes
  return [
    {
      id: `ten-clicks-bytes${suffix}`,
      value: own.clicked.bytes / 1024,
      unit: 'KiB',
      floor: light.clicked.bytes / 1024,
      ratio: bytes,
      mark: `1x the lightest peer (${light.name})`,
      met: bytes <= 1,
    },
    {
      id: `ten-clicks-cpu${suffix}`,
      value: median(own.cpu),
      unit: 'ms CPU',
      floor: median(quick.cpu),
      ratio: mean,
      interval,
      mark: `1x the quickest peer (${quick.name})`,
      met: interval[0] <= 1,
    },
    ...all.flatMap((one) => show(one, suffix)),
  ]
}

function show({ name, clicked, cpu }: Candidate, suffix: string): Row[] {
  const kibibytes = (bytes: number, what: string) => ({ value: bytes / 1024, unit: `KiB ${what}` })
  return [
    { id: `${name}-data${suffix}`, ...kibibytes(clicked.bytes - clicked.assets, `(${clicked.encodings})`) },
    { id: `${name}-assets${suffix}`, ...kibibytes(clicked.assets, 'of scripts and style sheets') },
    { id: `${name}-requests${suffix}`, value: clicked.asked.length, unit: 'requests' },
    { id: `${name}-cpu${suffix}`, value: median(cpu), unit: 'ms CPU' },
  ]
}

/** One figure for all: Layer9 beside the cheapest peer, where it stands worst. */
function judge(rows: readonly Row[]): Row {
  const judged = rows.filter(({ met }) => met !== undefined)
  const worst = judged.toSorted((a, b) => (b.ratio as number) - (a.ratio as number))[0] as Row
  return {
    id: 'ten-clicks',
    value: worst.ratio as number,
    unit: `x of the cheapest peer, at worst (${worst.id})`,
    mark: '1x in bytes and CPU time, with prefetching and without',
    met: judged.every(({ met }) => met),
  }
}
