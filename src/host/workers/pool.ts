// The workers: started together, replaced when one dies, exchanged for new ones without a gap.
import { fork } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { log, serveDrivers } from '../../2-platform/index.ts'
import { createRateGrants } from '../../5-middleware/index.ts'
import { errors } from '../errors.ts'
import type { CloseOptions } from '../server/index.ts'
import { Distributor } from './distributor.ts'
import { type Ending, Member, StartFailure } from './member.ts'

/** What a worker's process runs; beside this, in `src` and in `dist` alike. */
const exec = fileURLToPath(new URL(`./worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url))

/** Milliseconds. A worker that dies sooner after it began to listen would do so again. */
const healthy = 5_000

/** So many in a row that died soon end the start. */
const mostFailures = 5

/** Milliseconds that idle connections of replaced workers are kept: as long as clients are told that they may use them. */
const replacedGrace = 5_000

/** What a pool is made of. */
export interface PoolOptions {
  /** The build's entry. */
  readonly entry: string
  /** How many; asked again at each restart. */
  readonly count: () => number
  /** Called when workers die one after the other. */
  readonly onCrashing: (error: Error) => void
}

/** The workers of one start. */
export class Pool {
  readonly #options: PoolOptions
  readonly #drivers = { rate: createRateGrants() }
  /** Those that serve, or are about to. */
  readonly #members = new Set<Member>()
  /** Those and the ones that finish what they began. */
  readonly #alive = new Set<Member>()
  readonly #distributor = new Distributor(this.#members)
  #failures = 0
  #ending = false
  /** Restarts one after the other. */
  #queue: Promise<void> = Promise.resolve()

  constructor(options: PoolOptions) {
    this.#options = options
  }

  /** Starts them all, then listens. @throws StartFailure, SERVER_PORT_TAKEN, SERVER_PORT_REFUSED */
  async start(port: number, host: string): Promise<{ url: string; count: number }> {
    const fresh = await this.#launchAll()
    const { url } = await this.#distributor.listen(port, host)
    this.#openAll(fresh)
    return { url, count: fresh.length }
  }

  /** Starts as many new ones from the build as it is now; then the old ones end. Where that fails the old ones go on. */
  async restart(): Promise<void> {
    this.#queue = this.#queue.then(async () => await this.#exchange())
    await this.#queue
  }

  /** Tells all to end, and waits until they have. */
  async end(options: CloseOptions): Promise<void> {
    this.#ending = true
    this.#distributor.close()
    for (const member of this.#alive) member.end(options)
    await this.#gone()
  }

  /** Ends all at once. */
  async kill(): Promise<void> {
    this.#ending = true
    this.#distributor.close()
    for (const member of this.#alive) member.kill()
    await this.#gone()
  }

  async #gone(): Promise<void> {
    await Promise.all([...this.#alive].map(async (member) => await member.ended))
  }

  async #exchange(): Promise<void> {
    if (this.#ending) return
    log.info('Restarting')
    try {
      const fresh = await this.#launchAll()
      // In one go: from here on no connection meets the old build.
      for (const member of this.#members) if (!fresh.includes(member)) this.#release(member)
      this.#openAll(fresh)
      log.info(`Restarted with ${fresh.length} workers`)
    } catch (error) {
      if (this.#ending) return
      const reason = error instanceof StartFailure ? error.message : error
      log.error('The restart failed; the workers of before go on', { reason })
    }
  }

  #release(member: Member): void {
    this.#members.delete(member)
    member.end({ grace: replacedGrace, replaced: true })
  }

  #openAll(members: readonly Member[]): void {
    for (const member of members) member.open = !member.leaving && member.child.connected
    this.#distributor.handWaiting()
  }

  async #launchAll(): Promise<Member[]> {
    const fresh = Array.from({ length: this.#options.count() }, () => this.#launch())
    try {
      await Promise.all(fresh.map(async (member) => await member.ready))
      return fresh
    } catch (error) {
      for (const member of fresh) {
        this.#members.delete(member)
        member.kill()
      }
      throw error
    }
  }

  #launch(again = false): Member {
    const member = new Member(fork(exec, [JSON.stringify({ entry: this.#options.entry, again })]))
    this.#members.add(member)
    this.#alive.add(member)
    serveDrivers(member.child, this.#drivers)
    void member.ended.then(async (ending) => {
      this.#alive.delete(member)
      for (const socket of member.takeBack()) {
        if (this.#ending) socket.destroy()
        else this.#distributor.hand(socket)
      }
      // Of those that never came so far, who started them knows.
      if (!member.leaving && member.since !== undefined) await this.#replace(member, ending)
    })
    return member
  }

  /** Starts another one for one that died: at once if it served for a while, else after a pause that grows. */
  async #replace(dead: Member, ending: Ending): Promise<void> {
    const { pid } = dead.child
    log[ending === 0 ? 'info' : 'error'](`Worker ${pid} ended with ${ending}`, { pid, ending })
    if (Date.now() - dead.since! >= healthy) this.#failures = 0
    else if (ending !== 0) this.#fail(ending)
    for (let place = dead; ; ) {
      await sleep(this.#failures && 100 * 2 ** this.#failures)
      // A restart may have filled the place meanwhile.
      if (this.#ending || !this.#members.delete(place)) return
      place = this.#launch(true)
      if (await this.#comes(place)) return
    }
  }

  /** Whether a worker begins to serve, or need not any more. */
  async #comes(member: Member): Promise<boolean> {
    try {
      await member.ready
      this.#openAll([member])
      return true
    } catch (error) {
      if (this.#ending || member.leaving) return true
      log.error((error as StartFailure).message)
      this.#fail(await member.ended)
      return false
    }
  }

  #fail(ending: Ending): void {
    if (++this.#failures < mostFailures || this.#ending) return
    this.#ending = true
    this.#options.onCrashing(errors.WORKERS_CRASHING({ times: this.#failures, ending: String(ending) }))
  }
}
