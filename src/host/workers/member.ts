// One worker as the primary sees it.
import type { ChildProcess } from 'node:child_process'
import type { Socket } from 'node:net'
import type { CloseOptions } from '../server/index.ts'
import type { FromWorker, ToWorker } from './messages.ts'

/** A worker that failed to start; the message is what it would have told a terminal. */
export class StartFailure extends Error {}

/** How a process ended: by itself with a code, or by a signal. */
export type Ending = number | NodeJS.Signals

/** A worker that was started. */
export class Member {
  readonly child: ChildProcess
  /** Resolves when it can answer. @throws StartFailure */
  readonly ready: Promise<void>
  readonly ended: Promise<Ending>
  /** It was told to end: nobody takes its place. */
  leaving = false
  /** When it was ready (`Date.now`); undefined before. */
  since: number | undefined
  /** Whether connections may be handed to it. */
  open = false
  /** When it had its last connection, in the count of all. */
  turn = 0
  /** Connections that it was handed and has not taken yet, by number. */
  readonly #handed = new Map<number, Socket>()
  #last = 0

  constructor(child: ChildProcess) {
    this.child = child
    const ready = Promise.withResolvers<void>()
    child.on('message', (message: FromWorker) => {
      if (message.took !== undefined) this.#forget(message.took)
      if (message.leaving) this.open = false
      if (message.failed !== undefined) ready.reject(new StartFailure(message.failed))
      if (message.ready) {
        this.since = Date.now()
        ready.resolve()
      }
    })
    this.ended = new Promise((resolve) => {
      const end = (ending: Ending): void => {
        this.open = false
        ready.reject(new StartFailure(`A worker ended with ${ending} before it was ready.`))
        resolve(ending)
      }
      child.once('exit', (code, signal) => end(signal ?? code ?? 1))
      // A message may be under way when the process ends; one that never was has no end of its own.
      child.on('error', () => child.pid ?? end(1))
    })
    this.ready = ready.promise
    // Whoever waits is told; nobody has to.
    this.ready.catch(() => {})
  }

  /** How many connections it has been handed and not taken: many, where it is too busy to look. */
  get behind(): number {
    return this.#handed.size
  }

  /** Hands it a connection, of which the primary keeps a hold until the worker has it. */
  take(socket: Socket): void {
    this.#handed.set(++this.#last, socket)
    // Where it cannot be sent the worker ends, and the connection is among those that are left.
    this.child.send({ connection: this.#last } satisfies ToWorker, socket, { keepOpen: true }, () => {})
  }

  /** Once it has ended: the connections that it never took. */
  takeBack(): Socket[] {
    const left = [...this.#handed.values()]
    this.#handed.clear()
    return left
  }

  /** Tells it to finish what runs, and to end, behind all connections that it was handed. */
  end(options: CloseOptions): void {
    this.leaving = true
    this.open = false
    if (this.child.connected) this.child.send({ end: options } satisfies ToWorker)
  }

  kill(): void {
    this.leaving = true
    this.open = false
    this.child.kill('SIGKILL')
  }

  /** The worker's own hold of the connection keeps it open. */
  #forget(number: number): void {
    this.#handed.get(number)?.destroy()
    this.#handed.delete(number)
  }
}
