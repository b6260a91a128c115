// The app of `tests/fixtures/notes`: notes in a database.

/** The migration that makes its tables, as `layer9 db generate` writes it. */
export const firstMigration = `import { id, text } from 'layer9/contracts'
import { migration } from 'layer9/data'

export default migration({
  up: (change) => {
    change.createTable('notes', {
      id: id(),
      title: text(),
      body: text().optional(),
    })
  },
  down: (change) => {
    // Loses data: all rows of "notes".
    change.dropTable('notes', { losesData: true })
  },
})
`
