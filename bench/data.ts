// The data layer beside what it stands on (node:sqlite, pg) and beside what others use: insert, select by key, list, join,
// update and transaction on both databases. Each candidate is a process of its own with a database of its own, and is
// asked in turn; before that its answers are compared with what they have to be.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { findPostgres } from '../scripts/postgres.ts'
import { createDatabase, startPostgres } from '../tests/harness/postgres.ts'
import { joinedOf, newest, postOf, posts, users } from './data/rows.ts'
import type { Answers, Operation, Order } from './data/worker.ts'
import { median, type Row, ratioInterval, report } from './measure.ts'

/** How often each is done in a round: about as long for all, and long enough for the clock. */
const times: Record<Operation, number> = {
  insert: 200,
  key: 600,
  'list-100': 60,
  'list-1000': 10,
  join: 150,
  update: 300,
  transaction: 100,
}
const beside: readonly Operation[] = ['insert', 'key', 'list-100', 'join', 'update', 'transaction']

/** What Layer9 may take of the time of node:sqlite. */
const marks: Partial<Record<Operation, number>> = { key: 3, 'list-100': 1.5, 'list-1000': 1.5 }

type Dialect = 'sqlite' | 'postgres'

/** The candidates of a database: what is under it, and the others. */
const modules: Record<Dialect, Record<string, string>> = {
  sqlite: {
    layer9: 'layer9.ts',
    'node-sqlite': 'node-sqlite.ts',
    'better-sqlite3': 'peers/better-sqlite3.ts',
    drizzle: 'peers/drizzle.ts',
    prisma: 'peers/prisma.ts',
    mikroorm: 'peers/mikroorm.ts',
  },
  postgres: {
    layer9: 'layer9.ts',
    pg: 'pg.ts',
    drizzle: 'peers/drizzle.ts',
    prisma: 'peers/prisma.ts',
    mikroorm: 'peers/mikroorm.ts',
  },
}

/** Those that are to be slower; the others are shown. */
const peers = new Set(['drizzle', 'prisma', 'mikroorm'])

/** A candidate that runs. */
interface Worker {
  ask<Value>(order: Order): Promise<Value>
  end(): Promise<void>
}

/** Measures both databases and writes bench/results/data.json. */
export async function benchData(rounds = 20): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'layer9-data-'))
  const rows: Row[] = []
  try {
    rows.push(...(await measure('sqlite', rounds, async (name) => join(folder, `${name}.db`))))
    if (findPostgres()) {
      const server = await startPostgres()
      try {
        rows.push(...(await measure('postgres', rounds, async () => await createDatabase(server.url))))
      } finally {
        await server.stop()
      }
    } else console.log('No Postgres is installed here: nothing of it is measured.')
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  report('data', rows)
}

async function measure(dialect: Dialect, rounds: number, place: (name: string) => Promise<string>): Promise<Row[]> {
  const workers = new Map<string, Worker>()
  try {
    for (const [name, module] of Object.entries(modules[dialect])) {
      const worker = await start(join(import.meta.dirname, 'data', module), await place(name)).catch((error: Error) => {
        if (!peers.has(name)) throw error
        console.log(`${dialect}: ${name} does not run here, and is not measured: ${error.message.split('\n')[0]}`)
      })
      if (!worker) continue
      workers.set(name, worker)
      check(`${name} on ${dialect}`, await worker.ask({ check: true }))
    }
    const found: Row[] = []
    for (const operation of Object.keys(times) as Operation[])
      found.push(...(await compare(dialect, operation, { workers, rounds })))
    return found
  } finally {
    await Promise.all([...workers.values()].map((worker) => worker.end()))
  }
}

/** One operation of all candidates, in turn. */
async function compare(
  dialect: Dialect,
  operation: Operation,
  { workers, rounds }: { workers: ReadonlyMap<string, Worker>; rounds: number },
): Promise<Row[]> {
  const names = [...workers.keys()].filter(
    (name) => beside.includes(operation) || name === 'layer9' || name === 'node-sqlite',
  )
  if (names.length < 2) return []
  const taken = new Map<string, number[]>(names.map((name) => [name, []]))
  for (let round = -2; round < rounds; round++) {
    // The order alternates, so that a drift of the machine favours nobody. Two rounds warm up.
    for (const name of round % 2 ? names : names.toReversed()) {
      const value = await workers.get(name)!.ask<number>({ measure: operation, times: times[operation] })
      if (round >= 0) taken.get(name)!.push(value)
    }
  }
  const own = taken.get('layer9')!
  return names.slice(1).map((name) => {
    const other = taken.get(name)!
    const { mean, interval } = ratioInterval(own.map((value, at) => value / other[at]!))
    const isFloor = name === 'node-sqlite'
    const mark = isFloor ? marks[operation] : peers.has(name) ? 1 : undefined
    const id = isFloor ? `${dialect}-${operation}` : `${dialect}-${operation}-beside-${name}`
    return {
      ...{ id, value: median(own), unit: 'µs CPU', floor: median(other), ratio: mean, interval },
      ...(mark !== undefined && { mark: mark === 1 ? 'below 1x' : `${mark}x`, met: isMet(mark, interval) }),
    }
  })
}

/** As fast as a floor's mark if that lies in the interval; faster than another only if all of the interval is. */
const isMet = (mark: number, [low, high]: readonly [number, number]): boolean => (mark === 1 ? high < 1 : low <= mark)

/** @throws Error that names the candidate and the answer that is wrong */
function check(who: string, { key, list, join: joined, inserted, updated, transaction }: Answers): void {
  const { id: _, ...first } = postOf(posts.length)
  const expected: Answers = {
    key: posts[1],
    list: newest(99),
    join: joinedOf(users[3]!),
    inserted: first,
    updated: { ...posts[2]!, title: 'Changed', votes: 7 },
    transaction: { ...posts[4]!, votes: 12 },
  }
  const given: Answers = { key, list, join: joined, inserted, updated, transaction }
  for (const name of Object.keys(expected) as (keyof Answers)[]) {
    if (isDeepStrictEqual(given[name], expected[name])) continue
    throw new Error(
      `${who} is wrong: ${name} gave ${JSON.stringify(given[name])?.slice(0, 500)}, which should be ${JSON.stringify(expected[name])?.slice(0, 500)}`,
    )
  }
}

async function start(module: string, url: string): Promise<Worker> {
  if (!existsSync(join(import.meta.dirname, 'node_modules/drizzle-orm')))
    throw new Error('npm run bench:install first.')
  const child: ChildProcess = fork(join(import.meta.dirname, 'data/worker.ts'), [module, url], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  })
  let said = ''
  child.stderr!.on('data', (chunk) => (said += chunk))
  const answer = async <Value>(): Promise<Value> => {
    const gone = new AbortController()
    const ended = once(child, 'exit', { signal: gone.signal }).then(() => [{ error: said || 'It ended.' }])
    ended.catch(() => undefined)
    const [{ value, error }] = (await Promise.race([once(child, 'message'), ended])) as [
      { value: Value; error?: string },
    ]
    gone.abort()
    if (error !== undefined) throw new Error(error)
    return value
  }
  await answer()
  return {
    ask: async (order) => {
      child.send(order)
      return await answer()
    },
    end: async () => {
      const ended = once(child, 'exit')
      child.send({ end: true } satisfies Order)
      await ended
    },
  }
}
