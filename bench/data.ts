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

/** Rounds before those that count: what a server does all day is compiled by then. */
const warmUps = 6

/** What Layer9 may take of the time of node:sqlite. */
const marks: Partial<Record<Operation, number>> = { key: 3, 'list-100': 1.5, 'list-1000': 1.5 }

/** What recording reads and writes may make of the time of a query. */
const trackingMark = 1.05
const tracked: readonly Operation[] = ['key', 'list-100']

type Dialect = 'sqlite' | 'postgres'

/** The candidates of a database: what is under it, and the others. */
const modules: Record<Dialect, Record<string, string>> = {
  sqlite: {
    layer9: 'layer9.ts',
    untracked: 'untracked.ts',
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
  report('data', rows, ['better-sqlite3', 'pg', 'drizzle-orm', '@prisma/client', '@mikro-orm/core'])
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
    const all = [...workers.keys()].filter((name) => name !== 'untracked')
    const found: Row[] = []
    for (const operation of Object.keys(times) as Operation[]) {
      const names = beside.includes(operation) ? all : all.filter((name) => name === 'layer9' || name === 'node-sqlite')
      if (names.length < 2) continue
      for (const [name, pairs] of await compare(operation, names, { workers, rounds }))
        found.push(toRow(`${dialect}-${operation}`, name, { pairs, mark: marks[operation] }))
    }
    for (const operation of workers.has('untracked') ? tracked : []) {
      const [[, pairs] = []] = await compare(operation, ['layer9', 'untracked'], { workers, rounds: rounds * 2 })
      found.push(toRow(`tracking-${operation}`, 'untracked', { pairs: pairs!, mark: trackingMark }))
    }
    return found
  } finally {
    await Promise.all([...workers.values()].map((worker) => worker.end()))
  }
}

/** What Layer9 and another one took in the same round. */
type Pair = readonly [own: number, other: number]

/** One operation of some candidates, in turn: Layer9, which is the first, beside each of the others. */
async function compare(
  operation: Operation,
  names: readonly string[],
  { workers, rounds }: { workers: ReadonlyMap<string, Worker>; rounds: number },
): Promise<Map<string, Pair[]>> {
  const found = new Map<string, Pair[]>(names.slice(1).map((name) => [name, []]))
  for (let round = -warmUps; round < rounds; round++) {
    const taken: Record<string, number> = {}
    // The order alternates, so that a drift of the machine favours nobody.
    for (const name of round % 2 ? names : names.toReversed())
      taken[name] = await workers.get(name)!.ask({ measure: operation, times: times[operation] })
    if (round >= 0) for (const [name, pairs] of found) pairs.push([taken['layer9']!, taken[name]!])
  }
  return found
}

/** A figure. The floor of SQLite, and Layer9 without a part of itself, have marks; peers are to be slower. */
function toRow(id: string, name: string, { pairs, mark }: { pairs: readonly Pair[]; mark: number | undefined }): Row {
  const { mean, interval } = ratioInterval(pairs.map(([own, other]) => own / other))
  const [value, floor] = [median(pairs.map(([own]) => own)), median(pairs.map(([, other]) => other))]
  const figure = { value, unit: 'µs CPU', floor, ratio: mean, interval }
  if (name === 'node-sqlite' || name === 'untracked')
    return { id, ...figure, ...(mark !== undefined && { mark: `${mark}x`, met: interval[0] <= mark }) }
  // Faster is only what is so in all of the interval.
  return { id: `${id}-beside-${name}`, ...figure, ...(peers.has(name) && { mark: 'below 1x', met: interval[1] < 1 }) }
}

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
