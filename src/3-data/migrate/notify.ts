// The migration by which Postgres tells of what other programs write. Its statements stand in the file: it does for ever
// what it did once.
import type { Model } from '../model.ts'
import { dropNotifyStatements, notifyStatements } from '../track/triggers.ts'
import type { NamedMigration } from './file.ts'
import { type Generated, nameOf } from './generate.ts'

/** The migration that makes triggers on all tables there are. One for those that were added later makes them all anew. */
export function generateNotify(model: Model, files: readonly NamedMigration[]): Pick<Generated, 'name' | 'text'> {
  const tables = [...model.keys()]
  return { name: nameOf(files, 'notify'), text: textOf(notifyStatements(tables), dropNotifyStatements(tables)) }
}

const textOf = (up: readonly string[], down: readonly string[]): string => `import { sql } from 'kysely'
import { migration } from 'layer9/data'

// Postgres tells the app of what other programs write. Tables that are added later are told of by another one like this.
export default migration({
  up: (change) => {
    change.data(async (db) => {
      if (db.dialect !== 'postgres') return
${up.map(line).join('\n')}
    })
  },
  down: (change) => {
    change.data(async (db) => {
      if (db.dialect !== 'postgres') return
${down.map(line).join('\n')}
    })
  },
})
`

const line = (statement: string): string =>
  `      await sql\`${statement.replaceAll(/[\\`]|\$(?=\{)/g, '\\$&')}\`.execute(db)`
