// One worker as the primary sees it.
import type { Worker } from 'node:cluster'
import type { CloseOptions } from '../server/index.ts'
import type { FromWorker, ToWorker } from './messages.ts'

/** A worker that failed to start; the message is what it would have told a terminal. */
export class StartFailure extends Error {}

/** How a process ended: by itself with a code, or by a signal. */
export type Ending = number | NodeJS.Signals

/** A worker that was started. */
export class Member {
  readonly worker: Worker
  /** Resolves when its app is loaded. @throws StartFailure */
  readonly loaded: Promise<void>
  /** Resolves to where it listens. @throws StartFailure */
  readonly ready: Promise<string>
  readonly ended: Promise<Ending>
  /** It was told to end, or is to be forgotten: nobody takes its place. */
  leaving = false
  /** When it began to listen (`Date.now`); undefined before. */
  since: number | undefined

  constructor(worker: Worker) {
    this.worker = worker
    const loaded = Promise.withResolvers<void>()
    const ready = Promise.withResolvers<string>()
    const fail = (error: StartFailure): void => {
      loaded.reject(error)
      ready.reject(error)
    }
    worker.on('message', (message: FromWorker) => {
      if (message.loaded) loaded.resolve()
      if (message.failed !== undefined) fail(new StartFailure(message.failed))
      if (message.ready === undefined) return
      this.since = Date.now()
      ready.resolve(message.ready)
    })
    this.ended = new Promise((resolve) => {
      worker.once('exit', (code: number | null, signal: NodeJS.Signals | null) => {
        const ending = signal ?? code ?? 1
        fail(new StartFailure(`A worker ended with ${ending} before it was ready.`))
        resolve(ending)
      })
    })
    // A message may be under way when the process ends.
    worker.on('error', () => {})
    this.loaded = loaded.promise
    this.ready = ready.promise
    // Whoever waits is told; nobody has to.
    for (const promise of [this.loaded, this.ready]) promise.catch(() => {})
  }

  get pid(): number | undefined {
    return this.worker.process.pid
  }

  listen(): void {
    this.#tell({ listen: true })
  }

  /**
   * Tells it to finish what runs, and to end. Then takes it from those that connections are handed to: it learns of its
   * end behind all that were, so none is handed to a process that no longer listens.
   */
  end(options: CloseOptions): void {
    this.leaving = true
    this.#tell({ end: options })
    if (this.worker.isConnected()) this.worker.disconnect()
  }

  kill(): void {
    this.leaving = true
    this.worker.process.kill('SIGKILL')
  }

  #tell(message: ToWorker): void {
    if (this.worker.isConnected()) this.worker.send(message)
  }
}
