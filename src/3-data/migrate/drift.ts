// `findDrift()`: where a database is not what the entities ask for, and why.
import { quoteName } from '../columns.ts'
import { connect } from '../connect.ts'
import { createStatements } from '../create.ts'
import { modelOf } from '../database.ts'
import type { Model } from '../model.ts'
import { vectorFunction, vectorOnPostgres } from '../words.ts'
import { type MigrationFile, shapeOfFiles } from './file.ts'
import { readLedger } from './ledger.ts'
import { type AnyDatabase, execute } from './run.ts'
import { type Shape, shapeOf, toModel } from './shape.ts'
import { readStructure, type Structure } from './structure.ts'

/** One thing in which a database differs from the entities. */
export interface Drift {
  /** What it is: `table "users"`, `column "name" of "users"`, `index "users_name_index" of "users"`. */
  readonly what: string
  /** How the database has it. It has nothing of the kind where this is left out. */
  readonly found?: string
  /** How the entities ask for it. They do not where this is left out. */
  readonly wanted?: string
  /**
   * Where it comes from: the entities ask for what no migration makes (`entities`), a migration is not applied yet
   * (`pending`), or somebody has changed the database by hand (`database`).
   */
  readonly origin: 'entities' | 'pending' | 'database'
}

/** Where the database differs from what the entities of `db` ask for. It changes nothing, and makes no file. */
export async function findDrift(db: AnyDatabase, files: readonly MigrationFile[]): Promise<readonly Drift[]> {
  const applied = new Set((await readLedger(db)).map(({ name }) => name))
  const found: Structure = db.isThere ? await readStructure(db) : new Map()
  const toStructure = async (shape: Shape): Promise<Structure> => await structureOf(db, shape)
  const wanted = await toStructure(shapeOf(modelOf(db)))
  const made = await toStructure(shapeOfFiles(files))
  const before = await toStructure(shapeOfFiles(files.filter(({ name }) => applied.has(name))))
  const names = new Set([...wanted.keys(), ...found.keys()].filter((what) => found.get(what) !== wanted.get(what)))
  // Of a table that is missing on one side there is no more to say than that.
  const told = [...names].filter((what) => what === tableOf(what) || !names.has(tableOf(what)))
  return told.sort(byTable).map((what): Drift => {
    const [has, asks] = [found.get(what), wanted.get(what)]
    const origin = made.get(what) !== asks ? 'entities' : before.get(what) === has ? 'pending' : 'database'
    return {
      what,
      ...(has === undefined ? {} : { found: has }),
      ...(asks === undefined ? {} : { wanted: asks }),
      origin,
    }
  })
}

/** The table that something is about: `column "name" of "users"` is about `table "users"`. */
const tableOf = (what: string): string =>
  what.startsWith('table ') ? what : `table ${what.slice(what.lastIndexOf(' of ') + ' of '.length)}`

function byTable(one: string, other: string): number {
  const [first, second] = [one, other].map((what) => `${tableOf(what)} ${what}`) as [string, string]
  return first < second ? -1 : 1
}

/** What a database made of a shape is like. It is made, and looked at: only a database knows how it says things. */
async function structureOf(db: AnyDatabase, shape: Shape): Promise<Structure> {
  const model = toModel(shape, db.dialect)
  const make = async (into: AnyDatabase): Promise<Structure> => {
    // Functions are found in no temporary schema: that of searches is provided.
    const statements = createStatements(model, db.dialect).filter((statement) => statement !== vectorFunction())
    for (const statement of statements) await execute(into, statement)
    return await readStructure(into)
  }
  if (db.dialect === 'postgres') return await makeAside(db, model, make)
  const scratch = connect(':memory:') as AnyDatabase
  try {
    return await make(scratch)
  } finally {
    await scratch.destroy()
  }
}

/** On Postgres among the temporary tables of a connection, which nobody else sees. */
async function makeAside<Value>(
  db: AnyDatabase,
  model: Model,
  make: (own: AnyDatabase) => Promise<Value>,
): Promise<Value> {
  return await db.transaction().execute(async () => {
    const isSearched = [...model.values()].some(({ search }) => search.length > 0)
    const [row] = await execute(
      db,
      `select to_regproc('${vectorOnPostgres}') is null as lacks, current_schema() as own`,
    )
    // As the query says.
    const { lacks, own } = row as { lacks: boolean; own: string }
    if (isSearched && lacks) await execute(db, vectorFunction())
    await execute(db, `set local search_path = pg_temp, ${quoteName(own)}`)
    const made = await make(db)
    for (const name of model.keys()) await execute(db, `drop table ${quoteName(name)} cascade`)
    if (isSearched && lacks) await execute(db, `drop function ${vectorOnPostgres}(text)`)
    return made
  })
}
