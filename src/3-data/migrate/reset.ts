// `resetDatabase()`: a database as it was before the first migration.
import { alone } from './alone.ts'
import { type AnyDatabase, execute } from './run.ts'

/**
 * Drops all that migrations can have made: tables with their rows, views, and what else lies in the schema that the
 * database is used with; the list of migrations too. What belongs to extensions of Postgres stays.
 */
export async function resetDatabase(db: AnyDatabase): Promise<void> {
  if (!db.isThere) return
  await alone(db, { isFree: true }, async (own) => {
    // In the order of the list: the tables in which a virtual one keeps its rows go with it.
    for (const query of own.dialect === 'sqlite' ? onSqlite : onPostgres) {
      for (const { statement } of (await execute(own, query)) as { statement: string }[]) await execute(own, statement)
    }
  })
}

const dropOnSqlite = (type: string, word = type): string =>
  `select 'drop ${word} "' || replace(name, '"', '""') || '"' as statement from pragma_table_list
   where schema = 'main' and type = '${type}' and name not like 'sqlite\\_%' escape '\\'`

const onSqlite = [dropOnSqlite('view'), dropOnSqlite('virtual', 'table'), dropOnSqlite('table')]

const isOwn = (oid: string, schema: string): string =>
  `${schema} = current_schema()::regnamespace
   and not exists (select from pg_depend d where d.objid = ${oid} and d.deptype = 'e')`

const dropOnPostgres = (what: string, name: string, from: string): string =>
  `select format('drop %s if exists %I.%I cascade', ${what}, current_schema(), ${name}) as statement from ${from}`

const onPostgres = [
  dropOnPostgres(
    `case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence'
     when 'f' then 'foreign table' else 'table' end`,
    'c.relname',
    `pg_class c where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and ${isOwn('c.oid', 'c.relnamespace')}`,
  ),
  // Overloaded ones have one name.
  `select format('drop routine if exists %s cascade', p.oid::regprocedure) as statement
   from pg_proc p where ${isOwn('p.oid', 'p.pronamespace')}`,
  dropOnPostgres(
    `'type'`,
    't.typname',
    `pg_type t left join pg_class c on c.oid = t.typrelid
     where (t.typtype in ('e', 'd', 'r') or c.relkind = 'c') and ${isOwn('t.oid', 't.typnamespace')}`,
  ),
]
