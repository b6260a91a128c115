// The list of the migrations that a database has, in a table of its own, and the lock under which it is changed.
import { sql } from 'kysely'
import type { MigrationFile } from './file.ts'
import { inOrder } from './file.ts'
import { type AnyDatabase, ask, execute } from './run.ts'

/** The table. It is the framework's: entities and `readStructure()` know nothing of it. */
export const LEDGER = '_layer9_migrations'

/** A migration that a database has. */
export interface Applied {
  readonly name: string
  readonly checksum: string
  readonly appliedAt: Date
}

/** What a database has, in the order of the files. Makes nothing where there is nothing. */
export async function readLedger(db: AnyDatabase): Promise<Applied[]> {
  // A SQLite file is made by the first query.
  if (!db.isThere) return []
  const [there] = await ask(db, db.dialect === 'sqlite' ? findOnSqlite : findOnPostgres)
  if (!there) return []
  const rows = await ask(db, `select name, checksum, applied_at as "appliedAt" from ${LEDGER}`)
  return inOrder(
    (rows as { name: string; checksum: string; appliedAt: string }[]).map((row) => ({
      ...row,
      appliedAt: new Date(row.appliedAt),
    })),
  )
}

const findOnSqlite = `select 1 from sqlite_schema where type = 'table' and name = '${LEDGER}'`
const findOnPostgres = `select 1 from pg_tables where schemaname = current_schema() and tablename = '${LEDGER}'`

/** Notes that a database has a file. */
export async function addToLedger(db: AnyDatabase, { name, checksum }: MigrationFile): Promise<void> {
  // Texts are alike on both databases, and what people read there.
  const columns = 'name text not null primary key, checksum text not null, applied_at text not null'
  await execute(db, `create table if not exists ${LEDGER} (${columns})`)
  const row = sql.join([name, checksum, new Date().toISOString()])
  await sql`insert into ${sql.table(LEDGER)} (name, checksum, applied_at) values (${row})`.execute(db.withoutPlugins())
}

/** Forgets a file that was taken back. */
export async function removeFromLedger(db: AnyDatabase, name: string): Promise<void> {
  await sql`delete from ${sql.table(LEDGER)} where name = ${name}`.execute(db.withoutPlugins())
}

/** The number of the lock among those of Postgres: any, but for ever the same. */
const LOCK = 5_497_558_138_880_909n

/**
 * Makes a transaction the only one that migrates, until it ends, also by the death of its process. On SQLite it is that
 * already: it has the right to write.
 */
export async function lock(db: AnyDatabase): Promise<void> {
  if (db.dialect === 'sqlite') return
  // Whoever comes second waits for as long as the first needs, and a statement may take what it takes.
  await ask(db, 'set local statement_timeout = 0')
  await ask(db, endWithProcess)
  await ask(db, `select pg_advisory_xact_lock(${LOCK})`)
}

/** A server sees that a process has died when its statement is done: it is to look meanwhile, where it can (14, Linux). */
const endWithProcess = `do $$ begin set local client_connection_check_interval = '1s'; exception when others then null; end $$`
