// Idle memory of `layer9 start` beside bare node:http: what the process keeps of the machine once it has answered and
// nothing more comes. The proportional share (PSS) counts pages that processes share once, as a machine does.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { bundleFloor } from './lifecycle.ts'
import { median, ratioInterval, report } from './measure.ts'
import { app, repository, startServer } from './servers.ts'

const run = promisify(execFile)
const cli = join(repository, 'bin/layer9.js')

/** How long a process is left alone before it is looked at, so that what it cleans up later is gone. */
const QUIET_MS = 2000

/** Pairs of idle processes, each new, each after the same few requests. */
export async function benchMemory(pairs = 20): Promise<void> {
  await run(process.execPath, [cli, 'build'], { cwd: app })
  const floorFile = await bundleFloor()
  const values: number[] = []
  const floors: number[] = []
  for (let pair = 0; pair < pairs; pair++) {
    const [value, floor] = await Promise.all([idle([cli, 'start']), idle([floorFile])])
    values.push(value)
    floors.push(floor)
  }
  const { mean, interval } = ratioInterval(values.map((value, index) => value / floors[index]!))
  const rows = [
    {
      id: 'memory-idle',
      value: median(values),
      unit: 'MiB',
      floor: median(floors),
      ratio: mean,
      interval,
      mark: '1.1x',
      met: interval[0] <= 1.1,
    },
  ]
  report('memory', rows)
}

async function idle(args: string[]): Promise<number> {
  const server = await startServer(args, { cwd: app, pinned: false })
  try {
    for (let time = 0; time < 10; time++) await (await fetch(`http://127.0.0.1:${server.port}/small`)).text()
    await sleep(QUIET_MS)
    return proportionalMiB(server.pid)
  } finally {
    await server.stop()
  }
}

/** The proportional set size of a process (proc_pid_smaps(5)). */
function proportionalMiB(pid: number): number {
  const [, kibibytes] = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? []
  return Number(kibibytes) / 1024
}
