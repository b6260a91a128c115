// What the default chain (rate limit, origin, length of the body, security headers, the request's context) costs a
// request: CPU time of the JSON endpoint with it and without it, in interleaved pairs.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { cpuMicros, meanInterval, report } from './measure.ts'
import { app, type Server, startServer } from './servers.ts'

const run = promisify(execFile)
const path = '/api/hello'
const requests = 20_000

/** Microseconds of CPU a request that the chain may take. */
const mark = 10

/** Measures the chain and writes bench/results/middleware.json. */
export async function benchMiddleware(pairs = 20): Promise<void> {
  const file = join(import.meta.dirname, 'middleware-server.ts')
  const start = async (chain: string) => await startServer([file], { cwd: app, path, env: { CHAIN: chain } })
  const [on, off] = [await start('on'), await start('off')]
  try {
    for (const server of [on, off, on, off]) await cpuPerRequest(server)
    const differences: number[] = []
    for (let pair = 0; pair < pairs; pair++) {
      // The order alternates, so that a drift of the machine does not favour one of them.
      const first = pair % 2 ? off : on
      const one = await cpuPerRequest(first)
      const other = await cpuPerRequest(first === on ? off : on)
      differences.push(first === on ? one - other : other - one)
    }
    const { mean, interval } = meanInterval(differences)
    report('middleware', [
      { id: 'middleware-json', value: mean, unit: 'µs CPU', interval, mark: `${mark} µs`, met: interval[0] <= mark },
    ])
  } finally {
    await Promise.all([on.stop(), off.stop()])
  }
}

async function cpuPerRequest(server: Server): Promise<number> {
  const before = cpuMicros(server.pid)
  const args = [join(import.meta.dirname, 'load.ts'), String(server.port), path, String(requests), '16']
  const [command, ...rest] =
    process.platform === 'linux' ? ['taskset', '-c', '1', process.execPath, ...args] : [process.execPath, ...args]
  await run(command!, rest)
  return (cpuMicros(server.pid) - before) / requests
}
