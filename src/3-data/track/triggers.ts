// Triggers of Postgres that tell of what other programs write. Connections of `db` do so themselves, with keys.
import { quoteName } from '../columns.ts'
import { CHANNEL, TELLS } from './postgres-feed.ts'

const NAME = '_layer9_notify'

/** The statements that make the triggers, or make them anew. */
export function notifyStatements(tables: readonly string[]): string[] {
  const told = 'json_build_array(null, json_build_object(tg_table_name, 0))::text'
  return [
    `create or replace function ${NAME}() returns trigger language plpgsql as $$ begin
  if coalesce(current_setting('${TELLS}', true), '') <> 'on' then perform pg_notify('${CHANNEL}', ${told}); end if;
  return null; end $$`,
    ...tables.flatMap((table) => [
      dropTrigger(table),
      `create trigger ${NAME} after insert or update or delete or truncate on ${quoteName(table)} for each statement execute function ${NAME}()`,
    ]),
  ]
}

/** The statements that take them away. */
export function dropNotifyStatements(tables: readonly string[]): string[] {
  return [...tables.map(dropTrigger), `drop function if exists ${NAME}()`]
}

const dropTrigger = (table: string): string => `drop trigger if exists ${NAME} on ${quoteName(table)}`
