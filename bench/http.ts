// CPU time a request: JSON endpoint, small page, table, each beside bare node:http that sends the same headers and bytes.
import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { cpuMicros, median, type Row, ratioInterval, report } from './measure.ts'
import { app, repository, type Server, startServer } from './servers.ts'

const run = promisify(execFile)
const cases = [
  { id: 'http-json', path: '/api/hello', requests: 20000, mark: 1.33, begin: '{', end: '}' },
  { id: 'http-small-page', path: '/small', requests: 20000, mark: 1.45, begin: '<main>', end: '</main>' },
  { id: 'http-table', path: '/table', requests: 1000, mark: 1.15, begin: '<table>', end: '</table>' },
]

/** Measures all three; `pairs` interleaved A/B pairs of each. */
export async function benchHttp(pairs = 20): Promise<void> {
  await run(process.execPath, [join(repository, 'bin/layer9.js'), 'build'], { cwd: app })
  const layer9 = await startServer([join(repository, 'bin/layer9.js'), 'start'], { cwd: app })
  const floor = await startServer([join(import.meta.dirname, 'floor.ts')], {
    cwd: app,
    env: { FLOOR: await capture(layer9) },
  })
  try {
    const rows: Row[] = []
    for (const entry of cases) {
      await compareBodies(entry.path, layer9, floor)
      rows.push(await measure(entry, { layer9, floor, pairs }))
    }
    report('http', rows)
  } finally {
    await Promise.all([layer9.stop(), floor.stop()])
  }
}

async function measure(
  entry: (typeof cases)[number],
  { layer9, floor, pairs }: { layer9: Server; floor: Server; pairs: number },
): Promise<Row> {
  for (const server of [layer9, floor, layer9, floor]) await cpuPerRequest(server, entry)
  const ratios: number[] = []
  const values: number[] = []
  const floors: number[] = []
  for (let pair = 0; pair < pairs; pair++) {
    // The order alternates, so that a drift of the machine does not favour one of them.
    const first = pair % 2 ? floor : layer9
    const one = await cpuPerRequest(first, entry)
    const other = await cpuPerRequest(first === layer9 ? floor : layer9, entry)
    const [value, base] = first === layer9 ? [one, other] : [other, one]
    ratios.push(value / base)
    values.push(value)
    floors.push(base)
  }
  const { mean, interval } = ratioInterval(ratios)
  return {
    id: entry.id,
    value: median(values),
    unit: 'µs CPU',
    floor: median(floors),
    ratio: mean,
    interval,
    mark: `${entry.mark}x`,
    met: interval[0] <= entry.mark,
  }
}

async function cpuPerRequest(server: Server, entry: (typeof cases)[number]): Promise<number> {
  const before = cpuMicros(server.pid)
  const args = [join(import.meta.dirname, 'load.ts'), String(server.port), entry.path, String(entry.requests), '16']
  const [command, ...rest] =
    process.platform === 'linux' ? ['taskset', '-c', '1', process.execPath, ...args] : [process.execPath, ...args]
  await run(command!, rest)
  return (cpuMicros(server.pid) - before) / entry.requests
}

/** Notes headers and frame of each answer, so that the floor can send the same. */
async function capture(server: Server): Promise<string> {
  const captured: Record<string, unknown> = {}
  for (const { path, begin, end } of cases) {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
      headers: { 'accept-encoding': 'identity' },
    })
    const body = await response.text()
    const sent = ['date', 'connection', 'keep-alive', 'content-length', 'transfer-encoding']
    captured[path] = {
      headers: [...response.headers].filter(([name]) => !sent.includes(name)),
      before: body.slice(0, body.indexOf(begin)),
      after: body.slice(body.lastIndexOf(end) + end.length),
    }
  }
  const file = join(mkdtempSync(join(tmpdir(), 'layer9-bench-')), 'floor.json')
  writeFileSync(file, JSON.stringify(captured))
  return file
}

/** A faster server that answers something else is not faster. */
async function compareBodies(path: string, one: Server, other: Server): Promise<void> {
  const [left, right] = await Promise.all(
    [one, other].map(async ({ port }) => await (await fetch(`http://127.0.0.1:${port}${path}`)).text()),
  )
  if (left !== right) throw new Error(`${path}: Layer9 and the floor do not send the same bytes`)
}
