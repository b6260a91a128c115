// Where several processes serve one app, the drivers that live in memory (counts, later caches and messages) live in the
// process that started them, so that there is one of each. This is how a worker asks it.

/** One end of the channel between a worker and the primary: `process`, or a worker of `node:cluster`. */
export interface Channel {
  send?: ((message: object) => unknown) | undefined
  on(event: 'message', listener: (message: unknown) => void): unknown
  once(event: 'disconnect', listener: () => void): unknown
}

/** Asks a driver of the primary. Undefined when the primary is gone: this process will end too. */
export type AskPrimary = (driver: string, question: object) => Promise<unknown>

/** What answers in the primary. Questions are data, and come from the app's own processes. */
export type Driver = (question: never) => unknown

type Numbered = readonly [number: number, driver: string, question: object]
type Answer = readonly [number: number, answer: unknown]

/** What this process asks, if it is a worker. */
let ask: AskPrimary | undefined

/** The way to the primary; undefined where this process serves alone, and its drivers are its own. */
export function findPrimary(): AskPrimary | undefined {
  return ask
}

/** Makes this process a worker. Called once, before the app is made. */
export function joinPrimary(channel: Channel): void {
  ask = createAsk(channel)
}

/** Questions of one turn of the event loop travel together, as do their answers. */
export function createAsk(channel: Channel): AskPrimary {
  const waiting = new Map<number, (answer: unknown) => void>()
  let batch: Numbered[] = []
  let last = 0
  channel.on('message', (message) => {
    for (const [number, answer] of (message as { answers?: Answer[] }).answers ?? []) {
      waiting.get(number)?.(answer)
      waiting.delete(number)
    }
  })
  let gone = false
  channel.once('disconnect', () => {
    gone = true
    for (const resolve of waiting.values()) resolve(undefined)
    waiting.clear()
  })
  const flush = () => {
    const asks = batch
    batch = []
    if (!gone) channel.send?.({ asks })
  }
  return async (driver, question) => {
    if (gone) return undefined
    return await new Promise((resolve) => {
      waiting.set(++last, resolve)
      if (batch.push([last, driver, question]) === 1) setImmediate(flush)
    })
  }
}

/**
 * Answers a worker's questions, in the primary.
 *
 * @example
 * import cluster from 'node:cluster'
 * serveDrivers(cluster.fork(), { rate: createRateGrants() })
 */
export function serveDrivers(channel: Channel, drivers: Readonly<Record<string, Driver>>): void {
  channel.on('message', (message) => {
    const { asks } = message as { asks?: Numbered[] }
    if (!asks) return
    // The worker's own code wrote the question for its driver.
    const answers = asks.map(([number, driver, question]): Answer => [number, drivers[driver]?.(question as never)])
    channel.send?.({ answers })
  })
}
