// SQLite: processes on one file hear of each other by a log in the file, which is written with what it tells of, in the
// same transaction. It is written only while another process listens: who does so leaves its name for a while.
//
// Nothing is missed. A process that begins to listen has its name committed before it reads anything; whoever commits
// after that has seen the name, for it is looked for inside the transaction that writes, or behind the statement.
import { randomUUID } from 'node:crypto'
import { CompiledQuery } from 'kysely'
import type { Result } from '../engine.ts'
import type { SqliteConnection } from '../sqlite-connection.ts'
import { type Feed, type Hearing, hearBoth } from './feed.ts'
import { RowSet, type RowSetJson } from './row-set.ts'

/** Milliseconds: for how long a name stands, how often it is renewed, and how often the log is read for who waits. */
const LEASE = 600_000
const RENEWAL = LEASE / 4
const POLL = 50

/** Entries that are kept. Who is further behind takes everything for written. */
const MOST_ENTRIES = 1000

/** What cannot be in a transaction, or begins or ends one. */
const ALONE = /^\s*(?:pragma|vacuum|attach|detach|begin|commit|end|rollback|savepoint|release)\b/i

/** The connections of an engine, and a turn to write. */
export interface SqliteAccess {
  /** No other process has the file. */
  readonly isPrivate: boolean
  /** The one that only reads, when the file is open. */
  readonly reader: () => SqliteConnection | undefined
  write<Value>(work: (connection: SqliteConnection) => Value): Promise<Value>
}

/** What is heard of a SQLite file. */
export class SqliteFeed implements Feed {
  readonly #access: SqliteAccess
  readonly #own = randomUUID()
  #hearing: Hearing | undefined
  /** The last entry that was read, and until when the name stands. */
  #last = 0
  #until = 0
  #renewal: NodeJS.Timeout | undefined
  #entering: Promise<number> | undefined
  /** Others that listen, as they were at a state of the file. */
  #others: readonly number[] = []
  #state: unknown

  constructor(access: SqliteAccess) {
    this.#access = access
  }

  get isOpen(): boolean {
    return this.#hearing !== undefined
  }

  async open(hearing: Hearing): Promise<void> {
    if (!this.#access.isPrivate) {
      this.#last = await this.#enter()
      this.#renewal = setInterval(() => void this.#renew(false), RENEWAL).unref()
    }
    this.#hearing = hearing
  }

  refresh(): void {
    if (!this.#hearing || this.#access.isPrivate) return
    try {
      this.#readLog(this.#hearing, this.#access.reader()!)
    } catch {
      // The log is gone with all tables, or cannot be read now: what is in it may be anything.
      hearBoth(this.#hearing, RowSet.everything())
      void this.#renew(true)
    }
  }

  watch(): () => void {
    if (this.#access.isPrivate) return () => {}
    const timer = setInterval(() => this.refresh(), POLL).unref()
    return () => clearInterval(timer)
  }

  /** Ends it: others need not write for it any more. */
  close(writer: SqliteConnection): void {
    clearInterval(this.#renewal)
    if (!this.#hearing) return
    this.#hearing = undefined
    if (this.#access.isPrivate) return
    try {
      run(writer, 'delete from _layer9_listeners where id = ?', this.#own)
    } catch {
      // Its time runs out.
    }
  }

  /**
   * Whether a statement has to be in one transaction with its entry in the log. What is known of others may be old: when
   * it is noted behind the statement it is looked at again.
   */
  isShared(connection: SqliteConnection, { sql }: CompiledQuery): boolean {
    return this.#isHeard && !connection.isInTransaction && !ALONE.test(sql)
  }

  /** Writes the entry of what a transaction, or a statement, writes; whether there is somebody to read it. */
  note(connection: SqliteConnection, rows: RowSet): boolean {
    if (rows.isEmpty || !this.#hasOthers(connection)) return false
    // Who drops all tables drops the log with them; those that listen find it gone.
    if (!hasTable(connection, '_layer9_writes')) return false
    const entry = 'insert into _layer9_writes (origin, rows) values (?, ?)'
    const { insertId } = run(connection, entry, this.#own, JSON.stringify(rows))
    // Sometimes is often enough.
    if (Number(insertId) % 100 === 0)
      run(connection, 'delete from _layer9_writes where id <= ?', Number(insertId) - MOST_ENTRIES)
    return true
  }

  /** What was written is committed. */
  committed(rows: RowSet, isNoted: boolean): void {
    if (!this.#hearing || rows.isEmpty) return
    // What others have committed before comes first. An own entry is among those that are read.
    this.refresh()
    if (!isNoted) hearBoth(this.#hearing, rows)
  }

  #readLog(hearing: Hearing, reader: SqliteConnection): void {
    const { rows } = run(reader, 'select id, rows from _layer9_writes where id >= ? order by id', this.#last)
    const [first, ...entries] = rows as { id: number; rows: string }[]
    if (first?.id !== this.#last || Date.now() > this.#until) throw new Error('Entries are missing.')
    for (const { id, rows: text } of entries) {
      // What listens may ask again: it is not to hear the same twice.
      this.#last = id
      hearBoth(hearing, RowSet.fromJson(JSON.parse(text) as RowSetJson))
    }
  }

  /** Makes the tables, leaves the name, and gives the last entry. */
  async #enter(): Promise<number> {
    const until = Date.now() + LEASE
    const last = await this.#access.write((writer) => inTransaction(writer, () => enter(writer, this.#own, until)))
    this.#until = until
    return last
  }

  /** Leaves the name once more. Where it or entries were gone something has been missed, and may be anything. */
  async #renew(isLost: boolean): Promise<void> {
    const hasLapsed = isLost || Date.now() > this.#until
    this.#entering ??= this.#enter().finally(() => {
      this.#entering = undefined
    })
    // Closed, or busy for long: whoever asks next finds entries missing, and tries again.
    const last = await this.#entering.catch(() => undefined)
    if (last === undefined || !hasLapsed || !this.#hearing) return
    this.#last = last
    hearBoth(this.#hearing, RowSet.everything())
  }

  #hasOthers(connection: SqliteConnection): boolean {
    if (this.#access.isPrivate) return false
    const [{ data_version: state }] = run(connection, 'pragma data_version').rows as [{ data_version: unknown }]
    if (state !== this.#state) {
      this.#state = state
      this.#others = this.#readOthers(connection)
    }
    return this.#isHeard
  }

  /** Whether somebody else listens, as far as it is known. */
  get #isHeard(): boolean {
    return this.#others.length > 0 && this.#others.some((until) => until > Date.now())
  }

  #readOthers(connection: SqliteConnection): readonly number[] {
    if (!hasTable(connection, '_layer9_listeners')) return []
    const { rows } = run(connection, 'select until from _layer9_listeners where id <> ?', this.#own)
    return (rows as { until: number }[]).map(({ until }) => until)
  }
}

const TABLES = [
  'create table if not exists _layer9_listeners (id text not null primary key, until integer not null) strict',
  'create table if not exists _layer9_writes (id integer primary key, origin text not null, rows text not null) strict',
]

function enter(writer: SqliteConnection, own: string, until: number): number {
  for (const table of TABLES) writer.command(table)
  run(writer, 'delete from _layer9_listeners where until < ?', Date.now())
  run(writer, 'insert or replace into _layer9_listeners (id, until) values (?, ?)', own, until)
  // Numbers of a log that is begun anew are not those of an earlier one, of which a process may have kept the last.
  const first = `insert into _layer9_writes (id, origin, rows) select ?, ?, '{}' where not exists (select 1 from _layer9_writes)`
  run(writer, first, Date.now(), own)
  const [last] = run(writer, 'select max(id) as id from _layer9_writes').rows as [{ id: number }]
  return last.id
}

/** Does something in a transaction of its own. */
export function inTransaction<Value>(connection: SqliteConnection, work: () => Value): Value {
  connection.command('begin immediate')
  try {
    const value = work()
    connection.command('commit')
    return value
  } catch (error) {
    // Some errors have ended it already.
    if (connection.isInTransaction) connection.command('rollback')
    throw error
  }
}

function hasTable(connection: SqliteConnection, name: string): boolean {
  return run(connection, 'select 1 from sqlite_schema where name = ?', name).rows.length > 0
}

function run(connection: SqliteConnection, sql: string, ...values: readonly unknown[]): Result {
  return connection.execute(CompiledQuery.raw(sql, [...values]))
}
