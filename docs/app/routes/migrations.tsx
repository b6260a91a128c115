import type { PageProps } from 'layer9/routes'
import { Code } from '~/components/Code'

export const head = () => ({ title: 'Migrations, seeds, going to production: Layer9' })

/** What is written behind `layer9 db`, and what it does. */
const commands = [
  ['generate', 'writes a migration of what changed in the entities'],
  ['migrate', 'applies what the database has not got yet, in order'],
  ['rollback', 'takes the last migration back'],
  ['status', 'tells what is applied and pending; exit code 1 where anything is not applied'],
  ['seed', 'runs app/data/seed.ts'],
  ['reset', 'deletes everything, then applies all migrations and seeds'],
  ['diff', 'tells where the database is not what the entities ask for, and why; exit code 1 where it is not'],
  ['touch', 'tells all processes that other programs wrote to the tables that are named'],
] as const

export default function MigrationsPage(_props: PageProps<'/migrations'>) {
  return (
    <div class="prose">
      <h1>Migrations, seeds, going to production</h1>
      <p class="lead">
        Tables follow from entities. What changes in these is written down as a migration, a file that is read, kept in
        git, and applied once to every database of the app.
      </p>

      <h2>The first migration</h2>
      <p>
        An app has a database when <code>app/data/db.ts</code> exports <code>db</code>. Without any setting that is a
        SQLite file, <code>.data/app.db</code>; the variable <code>DATABASE_URL</code> names another file or a Postgres
        server.
      </p>
      <Code file="app/contracts/task.ts">{`
import { entity, id, oneOf, text } from 'layer9/contracts'

export const Task = entity('tasks', {
  id: id(),
  title: text({ min: 1, max: 200 }),
  state: oneOf('open', 'done').default('open'),
})
`}</Code>
      <Code file="app/data/db.ts">{`
import { database, table } from 'layer9/data'
import { Task } from '~/contracts/task'

export const db = database({ tasks: table(Task) })
`}</Code>
      <p>
        <code>layer9 db generate</code> compares the entities with what the migrations make together, and writes the
        rest. It needs no database, and the file is the same for SQLite and Postgres. This is how the app above began:
      </p>
      <Code file="app/data/migrations/0001_create_tasks.ts">{`
import { boolean, id, text } from 'layer9/contracts'
import { migration } from 'layer9/data'

export default migration({
  up: (change) => {
    change.createTable('tasks', {
      id: id(),
      title: text(),
      done: boolean().default(false),
    })
  },
  down: (change) => {
    // Loses data: all rows of "tasks".
    change.dropTable('tasks', { losesData: true })
  },
})
`}</Code>
      <p>
        The migrations are the only record: there is no snapshot beside them that could say something else. Limits that
        no database is told, as the length of a text, need none.
      </p>

      <h2>What only you know</h2>
      <p>
        A name that is gone and one that is new may be a rename, or not; and what is taken away may still be needed. On
        a terminal <code>generate</code> asks. Elsewhere a question is an error that names the option which answers it:{' '}
        <code>--rename users.name=fullName</code>, <code>--no-rename</code>, <code>--accept-loss</code>.
      </p>
      <Code output>{`
$ layer9 db generate
This loses what "done" of "tasks" holds. Go on? (y/n) y
Wrote app/data/migrations/0002_add_tasks_state.ts
Read it, then run \`layer9 db migrate\`.
`}</Code>
      <p>
        A step that loses data says so, in the file too; one that does not is refused. What is to be kept is moved
        before, by a step of your own: <code>change.data</code> gets the database as it is at that moment.
      </p>
      <Code file="app/data/migrations/0002_add_tasks_state.ts">{`
import { boolean, oneOf } from 'layer9/contracts'
import { migration } from 'layer9/data'

export default migration({
  up: (change) => {
    change.addColumn('tasks', 'state', oneOf('open', 'done').default('open'))
    change.data(async (db) => await db.updateTable('tasks').set({ state: 'done' }).where('done', '=', true).execute())
    change.dropColumn('tasks', 'done', { losesData: true })
  },
  down: (change) => {
    change.addColumn('tasks', 'done', boolean().default(false))
    change.data(async (db) => await db.updateTable('tasks').set({ done: true }).where('state', '=', 'done').execute())
    change.dropColumn('tasks', 'state', { losesData: true })
  },
})
`}</Code>
      <Code output>{`
$ layer9 db migrate
Applied 0001_create_tasks.ts
Applied 0002_add_tasks_state.ts
`}</Code>
      <p>
        Each file runs in one transaction: one that fails leaves nothing of itself. Processes that migrate at once wait
        for each other, and each file is applied once. A file that was changed after a database got it is an error, and
        so is one that is gone or comes too late: write another one.
      </p>

      <h2>Rows that are there</h2>
      <p>
        A column that must have a value gets one where there are rows: <code>generate</code> writes a <code>fill</code>{' '}
        that says least, as <code>{"{ fill: '' }"}</code> or <code>{'{ fill: 0 }'}</code>. Put in what is right for your
        rows. Where no value could be right for all, as of a reference or of what is unique, the file says so: add the
        column as <code>optional()</code>, fill it in <code>change.data</code>, then make it required. A value of{' '}
        <code>oneOf</code> gets another name in three steps too: <code>changeColumn</code> to all values, old and new,{' '}
        <code>change.data</code> from one to the other, and <code>changeColumn</code> to the new ones.
      </p>

      <h2>Two at the same time</h2>
      <p>
        When branches come together that both have a migration, their numbers may be the same. The order is that of the
        names, and a database that has the later one refuses the earlier: <code>MIGRATION_OUT_OF_ORDER</code>. Give the
        file that came last a new number. Who has applied it by its old name, as whoever wrote it, takes it back before,
        with <code>layer9 db rollback</code>; then <code>layer9 db migrate</code> applies both. Tools that format code
        are to leave applied migrations alone: a file with another text counts as changed.
      </p>

      <h2>The commands</h2>
      <p>
        Each takes <code>--json</code> and says by its exit code whether it did what it was asked for.
      </p>
      <table>
        <tbody>
          {commands.map(([name, does]) => (
            <tr>
              <td>
                <code>layer9 db {name}</code>
              </td>
              <td>{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <code>reset</code> asks too, or takes <code>--yes</code>, without which it does nothing where{' '}
        <code>NODE_ENV</code> is <code>production</code>. <code>rollback</code> runs <code>down</code>, and asks before
        what loses data; <code>--accept-loss</code> goes on without asking.
      </p>

      <p>
        <code>generate --notify</code> writes a migration of triggers, by which Postgres itself tells of what other
        programs write; on SQLite it does nothing, and <code>touch</code> tells.
      </p>

      <h2>While you develop</h2>
      <p>
        <code>layer9 dev</code> looks at the entities whenever they change, and at the database. On a terminal it offers
        to write the migration and to apply it, and asks what <code>generate</code> asks; elsewhere it names the
        command. Migrations that others have written are offered as they come in.
      </p>

      <h2>Seeds</h2>
      <p>
        <code>app/data/seed.ts</code> writes the rows that a new database begins with. All of it is one transaction:
        where a line fails, nothing is written, and the error names it. Like any module of <code>data</code> it calls no
        services; what both need belongs into <code>data</code>.
      </p>
      <Code file="app/data/seed.ts">{`
import { db } from '~/data/db'

export default async () => {
  await db.insertInto('tasks').values({ title: 'Read the migration', state: 'done' }).execute()
  await db.insertInto('tasks').values({ title: 'Apply it' }).execute()
}
`}</Code>
      <p>
        In a test,{' '}
        <code>
          testApp({'{'} database: &#39;:memory:&#39; {'}'})
        </code>{' '}
        is the app with a database of its own, which has all migrations, no seed, and is gone when the app is closed.
      </p>

      <h2>Going to production</h2>
      <p>
        A build holds the migrations and the seed. Where there are no sources, as in a container,{' '}
        <code>layer9 db migrate</code> uses the build, and needs neither the sources nor Vite.
      </p>
      <ol>
        <li>
          In CI, <code>layer9 db generate --json</code> without an answer to its questions: a file that it writes is one
          that somebody forgot to commit.
        </li>
        <li>Make a backup: a migration takes back tables and columns, and no rows that are gone.</li>
        <li>
          <code>layer9 db migrate</code>, once for each release, before the new version starts. Several that run at once
          do no harm, nor does a build of before that is deployed again: it leaves later migrations as they are.
        </li>
        <li>
          <code>layer9 start</code>, or SIGHUP to one with workers. While a migration is pending it refuses, says which
          one, and ends with exit code 1; on SIGHUP the workers of before go on.
        </li>
      </ol>
      <Code output>{`
$ layer9 start
MIGRATION_PENDING  The database lacks what these migrations make: 0002_add_tasks_state.ts.
  Fix: Run: layer9 db migrate   More: layer9 explain MIGRATION_PENDING
`}</Code>
      <p>
        Between the migration and the start the version of before runs on the new tables, and may be started on them
        again. So that it can, take away in a later release than you add: first the new column, filled by{' '}
        <code>change.data</code>; when nothing asks for the old one any more, its end.
      </p>
    </div>
  )
}
