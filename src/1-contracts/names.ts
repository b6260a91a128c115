// Names that everything takes: a property, a form's field, and the column or table of every database.

/** Also what Postgres takes without cutting it off: 63 characters. `constructor` is inherited by every object. */
const field = /^(?!constructor$)[A-Za-z][A-Za-z0-9_]{0,62}$/

/** Lower case, so that a name needs no care in hand-written SQL; SQLite and Postgres keep the prefixes to themselves. */
const entity = /^(?!sqlite_|pg_)[a-z][a-z0-9_]{0,62}$/

/** Whether a field may have this name. */
export const isFieldName = (name: string): boolean => field.test(name)

/** Whether an entity may have this name. */
export const isEntityName = (name: string): boolean => entity.test(name)

/** The first name that is there twice, and what it is the same as: SQL knows no upper and lower case of columns. */
export function twiceIn(names: readonly string[]): { name: string; other: string } | undefined {
  const seen = new Map<string, string>()
  for (const name of names) {
    const other = seen.get(name.toLowerCase())
    if (other !== undefined) return { name, other }
    seen.set(name.toLowerCase(), name)
  }
  return undefined
}
