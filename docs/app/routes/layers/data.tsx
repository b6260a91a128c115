import type { PageProps } from 'layer9/routes'
import { Code } from '~/components/Code'
import { LayerPage } from '~/components/LayerPage'

export const head = () => ({ title: '3 · data · Layer9' })

export default function DataPage(_props: PageProps<'/layers/data'>) {
  return (
    <LayerPage name="data">
      <p class="lead">
        What is stored: tables that are derived from contracts, migrations written from what changed, the same queries
        on SQLite and on Postgres.
      </p>

      <h2>Tables and questions</h2>
      <p>
        A table is an entity of the contracts, with what only the server may see of it. <code>db</code> is made of all
        tables, and is a typed query builder, Kysely.
      </p>
      <Code file="app/data/db.ts">{`
import { boolean, entity, id, text, timestamp } from 'layer9/contracts'
import { database, table } from 'layer9/data'

// What no page shows is no contract: it is defined here.
const Feedback = entity('feedback', {
  id: id(),
  words: text({ max: 2000, multiline: true }),
  isRead: boolean().default(false),
  sentAt: timestamp().default('now'),
})

export const db = database({
  feedback: table(Feedback, { index: [['isRead', 'sentAt']], search: ['words'] }),
})
`}</Code>
      <Code file="app/services/feedback.ts">{`
import { search } from 'layer9/data'
import { db } from '~/data/db'

export const unread = async (words: string) =>
  await db
    .selectFrom('feedback')
    .selectAll()
    .where('isRead', '=', false)
    .where(search('feedback', words))
    .orderBy('sentAt', 'desc')
    .execute()
`}</Code>
      <ul>
        <li>
          <a href="/tables">Tables and queries</a>: indexes, private columns, transactions, relations, pages, search by
          words.
        </li>
        <li>
          <a href="/migrations">Migrations, seeds, going to production</a>: how a database gets from one version of the
          entities to the next.
        </li>
        <li>
          <a href="/tracking">What was read, what was written</a>: by which results are kept until they are old.
        </li>
      </ul>
      <p>
        Services may import this layer, and nothing above the wire can reach it. Without any setting the database is a
        SQLite file; <code>DATABASE_URL</code> names another one, or a Postgres server.
      </p>

      <h2>Not there yet</h2>
      <p>
        Caches that follow the tables. Nothing of it is exported before it works: an import of a name that does not
        exist is an error, not a stub.
      </p>
    </LayerPage>
  )
}
