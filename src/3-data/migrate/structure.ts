// What a database really is: its tables, columns, rules and indexes, read from its own catalogue.
import { type AnyDatabase, ask } from './run.ts'

/** What was found, by what it is about: `column "name" of "users"` and how it is. */
export type Structure = ReadonlyMap<string, string>

type Row = Readonly<Record<string, unknown>>

/** Reads a database. */
export async function readStructure(db: AnyDatabase): Promise<Structure> {
  const queries = db.dialect === 'sqlite' ? onSqlite : onPostgres
  const found = new Map<string, string>()
  for (const query of queries) {
    for (const { what, how } of (await ask(db, query)) as Row[]) {
      const told = String(how)
      found.set(String(what), String(what).startsWith('checks') ? checksIn(told) : told)
    }
  }
  return found
}

/** SQLite keeps the text of a table and nothing about its checks. Their order means nothing. */
function checksIn(sql: string): string {
  const checks = sql.matchAll(/check \(("(?:[^"]|"")+" in \((?:'(?:[^']|'')*'|[^')])*\))\)/g)
  return [...checks]
    .map(([, check]) => check)
    .sort()
    .join(', ')
}

/** Tables of users: neither the database's own, nor those of extensions, nor the framework's, nor what a
 * search by words keeps. */
const sqliteTables = `pragma_table_list l join sqlite_schema t on t.name = l.name and t.type = 'table'
  where l.schema = 'main' and l.type = 'table' and l.name not like 'sqlite\\_%' escape '\\' and l.name not like '\\_layer9\\_%' escape '\\'
  and l.name not like '\\_%\\_search\\_rows' escape '\\'`

const onSqlite = [
  `select 'table "' || t.name || '"' as what, 'there' as how from ${sqliteTables}`,
  `select 'column "' || c.name || '" of "' || t.name || '"' as what,
     lower(c.type) || iif(c."notnull", ' not null', '') || coalesce(' default ' || c.dflt_value, '') as how
   from pragma_table_info(t.name) c, ${sqliteTables}`,
  `select 'key of "' || t.name || '"' as what,
     (select group_concat(k.name, ', ') from (select name from pragma_table_info(t.name) where pk > 0 order by pk) k) as how
   from ${sqliteTables}`,
  `select 'reference "' || f."from" || '" of "' || t.name || '"' as what,
     f."table" || ' (' || f."to" || ') on delete ' || lower(f.on_delete) as how
   from pragma_foreign_key_list(t.name) f, ${sqliteTables}`,
  `select 'checks of "' || t.name || '"' as what, t.sql as how from ${sqliteTables}`,
  `select 'index "' || i.name || '" of "' || i.tbl_name || '"' as what, replace(lower(i.sql), '"', '') as how
   from sqlite_schema i where i.type = 'index' and i.sql is not null`,
  // What searches a table by words is one thing of it: its triggers, and the table of FTS5.
  `select 'search of "' || substr(t.name, 2, length(t.name) - 8) || '"' as what,
     (select group_concat(sql, '; ') from (select sql from sqlite_schema
       where type in ('table', 'trigger') and (name = t.name or instr(name, t.name || '_') = 1 and type = 'trigger') order by name)) as how
   from pragma_table_list t where t.schema = 'main' and t.type = 'virtual' and t.name like '\\_%\\_search' escape '\\'`,
]

const postgresTables = `pg_class t where t.relkind = 'r' and t.relnamespace = current_schema()::regnamespace
  and t.relname not like '\\_layer9\\_%' and not exists (select from pg_depend e where e.objid = t.oid and e.deptype = 'e')`

const onPostgres = [
  `select 'table "' || t.relname || '"' as what, 'there' as how from ${postgresTables}`,
  `select 'column "' || a.attname || '" of "' || t.relname || '"' as what,
     format_type(a.atttypid, a.atttypmod)
     || (select coalesce(' collate ' || max(c.collname), '') from pg_collation c where c.oid = a.attcollation and c.collname <> 'default')
     || case when a.attnotnull then ' not null' else '' end
     || coalesce(' default ' || (select pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d where d.adrelid = a.attrelid and d.adnum = a.attnum), '') as how
   from pg_attribute a join ${postgresTables.replace(' where', ' on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped where')}`,
  `select 'rule "' || r.conname || '" of "' || t.relname || '"' as what, pg_get_constraintdef(r.oid) as how
   from pg_constraint r join ${postgresTables.replace(' where', ` on r.conrelid = t.oid and r.contype in ('p', 'f', 'c', 'u') where`)}`,
  `select 'index "' || i.relname || '" of "' || t.relname || '"' as what,
     case when x.indisunique then 'unique' else 'plain' end || substring(pg_get_indexdef(i.oid) from ' USING .*') as how
   from pg_class i join pg_index x on x.indexrelid = i.oid and not x.indisprimary join ${postgresTables.replace(' where', ' on x.indrelid = t.oid where')}`,
]
