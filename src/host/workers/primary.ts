// `layer9 start` with workers: the process that was started holds the port, the workers and what they share. It loads
// nothing of the app, so that nothing of the app can end it.
import { availableParallelism } from 'node:os'
import { log } from '../../2-platform/index.ts'
import { disposeLimit, endingSignals, graces } from '../server/signals.ts'
import { StartFailure } from './member.ts'
import { Pool, type PoolOptions } from './pool.ts'

/** What the primary is told. */
export interface PrimaryOptions {
  readonly given: PoolOptions['given']
  /** Reads how many workers the build wants, and how long requests may run on once all is to end. */
  readonly read: () => { workers: number | 'auto'; drain: number }
}

/**
 * Starts the workers and gives 0, or 1 where they do not start; the process lives as long as they do. SIGHUP exchanges
 * them for new ones, SIGTERM and SIGINT end them in order, a second signal at once.
 */
export async function runWorkers({ given, read }: PrimaryOptions): Promise<number> {
  const count = () => {
    const { workers } = read()
    return workers === 'auto' ? availableParallelism() : workers
  }
  const pool = new Pool({ given, count, onCrashing: (error) => void giveUp(pool, error) })
  listenToSignals(pool, read().drain)
  try {
    const { url, count } = await pool.start()
    log.info(`Listening on ${url} with ${count} ${count === 1 ? 'worker' : 'workers'}`)
    return 0
  } catch (error) {
    await pool.kill()
    console.error(error instanceof StartFailure ? error.message : error)
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
