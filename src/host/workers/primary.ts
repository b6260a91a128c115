// `layer9 start` with workers: the process that was started holds the port, the workers and what they share. It loads
// nothing of the app, so that nothing of the app can end it.
import { availableParallelism } from 'node:os'
import { log } from '../../2-platform/index.ts'
import type { StartSettings } from '../build/build-files.ts'
import { disposeLimit, endingSignals, graces } from '../server/signals.ts'
import { StartFailure } from './member.ts'
import { Pool } from './pool.ts'

/** What the primary is told. */
export interface PrimaryOptions {
  /** The build's entry. */
  readonly entry: string
  readonly port: number
  readonly host: string
  /** Reads how many workers the build wants. */
  readonly readWorkers: () => number | 'auto'
  /** Of the build that it starts with. */
  readonly settings: StartSettings
}

/**
 * Starts the workers and gives 0, or 1 where they do not start; the process lives as long as they do. SIGHUP exchanges
 * them for new ones, SIGTERM and SIGINT end them in order, a second signal at once.
 *
 * @throws SERVER_PORT_TAKEN, SERVER_PORT_REFUSED
 */
export async function runWorkers({ entry, port, host, readWorkers, settings }: PrimaryOptions): Promise<number> {
  const count = () => {
    const workers = readWorkers()
    return workers === 'auto' ? availableParallelism() : workers
  }
  const pool = new Pool({ entry, count, onCrashing: (error) => void giveUp(pool, error) })
  listenToSignals(pool, settings.drain)
  try {
    const started = await pool.start(port, host)
    const workers = started.count === 1 ? '1 worker' : `${started.count} workers`
    log.info(`Listening on ${started.url}${settings.base} with ${workers}`)
    return 0
  } catch (error) {
    await pool.kill()
    if (!(error instanceof StartFailure)) throw error
    console.error(error.message)
    return 1
  }
}

function listenToSignals(pool: Pool, drain: number): void {
  /** The exit code, once the end has begun. */
  let code: number | undefined
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (code === undefined) {
        code = 0
        // The workers keep these times themselves, unless they hang.
        setTimeout(() => cut(1), drain + disposeLimit + 1000)
        void pool.end({ grace: graces[signal] }).then(() => process.exit(code))
      } else cut(endingSignals[signal])
    })
  }
  const cut = (exitCode: number): void => {
    code = exitCode
    void pool.kill()
  }
  process.on('SIGHUP', () => void (code ?? pool.restart()))
}

async function giveUp(pool: Pool, error: Error): Promise<void> {
  log.error(error.message, { error })
  await pool.end({})
  process.exit(1)
}
