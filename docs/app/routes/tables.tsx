import type { PageProps } from 'layer9/routes'
import { Code } from '~/components/Code'

export const head = () => ({ title: 'Tables and queries: Layer9' })

export default function TablesPage(_props: PageProps<'/tables'>) {
  return (
    <div class="prose">
      <h1>Tables and queries</h1>
      <p class="lead">
        A table is an entity as it is stored. What is asked of it is typed by the same fields, and is answered alike by
        SQLite, which needs nothing, and by Postgres.
      </p>

      <h2>Tables</h2>
      <p>
        <code>app/data/db.ts</code> exports <code>db</code>, made of all tables. Each field is a column of its name;{' '}
        <code>references</code>, many to many, has a table of its own between the two: <code>notes_tags</code>.
      </p>
      <Code file="app/contracts/note.ts">{`
import { email, entity, id, oneOf, reference, references, type Row, text, timestamp } from 'layer9/contracts'

export const User = entity('users', {
  id: id(),
  name: text({ min: 1, max: 80 }),
  email: email().unique(),
})
export const Tag = entity('tags', { id: id(), name: text({ max: 30 }).unique() })
export const Note = entity('notes', {
  id: id(),
  authorId: reference('users', { onDelete: 'cascade' }),
  title: text({ min: 1, max: 200 }),
  body: text({ max: 20_000, multiline: true }).default(''),
  state: oneOf('draft', 'published').default('draft'),
  tags: references('tags'),
  createdAt: timestamp().default('now'),
})
export type Note = Row<typeof Note>
`}</Code>
      <Code file="app/data/db.ts">{`
import { integer, text } from 'layer9/contracts'
import { database, table } from 'layer9/data'
import { Note, Tag, User } from '~/contracts/note'

export const db = database({
  users: table(User),
  tags: table(Tag),
  notes: table(Note, {
    index: [['state', 'createdAt']],
    unique: [['authorId', 'title']],
    search: ['title', 'body'],
    private: { remark: text().optional(), score: integer().default(0) },
  }),
})
`}</Code>
      <p>
        Without any setting the rows are in a SQLite file, <code>.data/app.db</code>. <code>DATABASE_URL</code> names
        another file, <code>:memory:</code>, or a server, <code>postgres://…</code> (<code>npm install pg</code>). No
        code changes between them. How the tables come to be: <a href="/migrations">Migrations</a>.
      </p>

      <h2>Queries</h2>
      <p>
        <code>db</code> is a <a href="https://kysely.dev">Kysely</a>, and nothing of it is hidden. Ids, defaults and the
        time are filled in; booleans, dates, decimals and JSON are what their fields say, on both databases; texts are
        compared by their bytes, and <code>null</code> is less than everything. In a list that is empty is no row; an
        update that sets no column, or an insert without rows, is the error <code>DATA_WRITES_NOTHING</code>.
      </p>
      <Code file="app/services/notes.ts">{`
import { type Insert, NotFound } from 'layer9/contracts'
import type { Note } from '~/contracts/note'
import { db } from '~/data/db'

export const add = async (note: Insert<typeof Note>): Promise<Note> =>
  await db.insertInto('notes').values(note).returningAll().executeTakeFirstOrThrow()

export const published = async () =>
  await db
    .selectFrom('notes')
    .innerJoin('users', 'users.id', 'notes.authorId')
    .select(['notes.title', 'users.name as author'])
    .where('state', '=', 'published')
    .orderBy('notes.createdAt', 'desc')
    .limit(20)
    .execute()

export const publish = async (id: string): Promise<Note> =>
  await db
    .updateTable('notes')
    .set({ state: 'published' })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow(() => new NotFound('note'))
`}</Code>
      <p>
        What breaks a rule that only the database knows, a unique column or a reference, is a <code>Conflict</code> for
        whoever sent it. <code>findBrokenRule(error)</code> says which rule it was. Give texts that are unique or have
        an index a <code>max</code>: an index of Postgres takes about 2,700 bytes of one, and what is longer is{' '}
        <code>Invalid</code>.
      </p>

      <p>
        SQL that you write as text, <code>sql</code> of the package <code>kysely</code>, is not looked into: it gets and
        gives what the database stores. On SQLite that is for a decimal the count of its smallest units,{' '}
        <code>1250</code> for <code>12.50</code>, for a time the milliseconds, for a boolean 0 or 1, and for JSON its
        text. Calculate with <code>fn.sum(&#39;price&#39;)</code> and the like, which are the same on both.
      </p>
      <p>
        Three things are known that each database does in its own way: a division by zero is <code>null</code> on
        SQLite, a calculation that leaves 64 bits is rounded there, and of two rows with one key in one upsert the
        second updates the first. On Postgres each of them is an error.
      </p>

      <h2>Private columns</h2>
      <p>
        What only the server may see is no part of the entity. <code>selectAll</code> and <code>returningAll</code>{' '}
        leave private columns out, in the types too; who wants one selects it by name.
      </p>
      <Code file="app/services/remarks.ts">{`
import { db } from '~/data/db'

export const remark = async (id: string, text: string) =>
  await db.updateTable('notes').set({ remark: text }).where('id', '=', id).execute()

export const remarks = async () =>
  await db.selectFrom('notes').select(['title', 'remark']).where('remark', 'is not', null).execute()
`}</Code>

      <h2>Transactions</h2>
      <p>
        Inside of <code>db.transaction().execute(…)</code> the same <code>db</code> is that transaction, in whatever
        function it is used: no second name is handed down. What is thrown takes everything back; a transaction inside
        of another one is a savepoint, and rolls back alone. <code>db.outside</code> is the way out.{' '}
        <code>db.afterCommit(…)</code> has something done once it is certain. A transaction that asks nothing of the
        database for a minute is taken back: whoever waits for something else in it keeps others from writing.
      </p>
      <Code file="app/services/move.ts">{`
import { Conflict } from 'layer9/contracts'
import { db } from '~/data/db'

const countOf = async (authorId: string): Promise<number> => {
  const { fn } = db
  const row = await db
    .selectFrom('notes')
    .select(fn.countAll<number>().as('count'))
    .where('authorId', '=', authorId)
    .executeTakeFirstOrThrow()
  return row.count
}

/** All notes of one author become another's, or none. */
export const moveAll = async (from: string, to: string) =>
  await db.transaction().execute(async () => {
    await db.updateTable('notes').set({ authorId: to }).where('authorId', '=', from).execute()
    if ((await countOf(to)) > 100) throw new Conflict()
    await db.deleteFrom('users').where('id', '=', from).execute()
  })
`}</Code>

      <h2>Relations</h2>
      <p>
        <code>withRelations</code> runs a query and loads what belongs to its rows: one statement for each relation,
        however many rows there are. <code>one</code> follows a reference, <code>many</code> finds the rows that refer;
        many to many goes by way of the table between.
      </p>
      <Code file="app/services/shelf.ts">{`
import { many, one, withRelations } from 'layer9/data'
import { db } from '~/data/db'

export const shelf = async () =>
  await withRelations(db.selectFrom('notes').select(['id', 'title', 'authorId']).orderBy('title'), {
    author: one(db.selectFrom('users').select(['id', 'name']), { from: 'authorId' }),
    tags: many(
      db.selectFrom('tags').innerJoin('notes_tags', 'notes_tags.tags', 'tags.id').select('name').orderBy('name'),
      { to: 'notes_tags.notes' },
    ),
  })

export const tag = async (notes: string, name: string) => {
  const { id } = await db.insertInto('tags').values({ name }).returning('id').executeTakeFirstOrThrow()
  await db.insertInto('notes_tags').values({ notes, tags: id }).execute()
}
`}</Code>

      <h2>Pages</h2>
      <p>
        A page by offset shows a row twice, or never, when others come and go meanwhile. <code>paginate</code> begins
        behind the last row of the page before; <code>next</code> is text for a URL. The order ends with a key, so that
        there is one.
      </p>
      <Code file="app/services/pages.ts">{`
import { paginate } from 'layer9/data'
import { db } from '~/data/db'

export const page = async (after?: string) =>
  await paginate(db.selectFrom('notes').select(['id', 'title']), {
    orderBy: [['title'], ['id']],
    size: 2,
    after,
  })
`}</Code>

      <h2 id="search">Search by words</h2>
      <p>
        A table with <code>search</code> is searched by the words of these columns, the one that matters most first.
        Rows that have all words are found, in any order; of the last word the beginning is enough. Upper case, accents
        and punctuation make no difference. Whatever someone types is a search: there is no syntax that could be wrong,
        and without any word every row is found. <code>searchRank</code> puts rows first that have the words in the
        first column, and what comes after it sorts the rest.
      </p>
      <Code file="app/services/find.ts">{`
import { search, searchRank } from 'layer9/data'
import { db } from '~/data/db'

export const find = async (words: string) =>
  await db
    .selectFrom('notes')
    .select('title')
    .where(search('notes', words))
    .orderBy(searchRank('notes', words))
    .orderBy('createdAt', 'desc')
    .limit(20)
    .execute()
`}</Code>
      <p>
        The same rows are found on both databases: both make words by one list of what each character is. The database
        keeps the index itself, whoever writes. On SQLite that is FTS5, filled by triggers that call a function of this
        package: other programs read such a table as any, but cannot write to it. Words count by their first 255
        characters, texts by their first 100,000.
      </p>

      <h2>All together</h2>
      <Code file="app/services/tour.ts">{`
import { db } from '~/data/db'
import { find } from '~/services/find'
import { moveAll } from '~/services/move'
import { add, publish, published } from '~/services/notes'
import { page } from '~/services/pages'
import { remark, remarks } from '~/services/remarks'
import { shelf, tag } from '~/services/shelf'

const join = async (name: string, email: string) =>
  await db.insertInto('users').values({ name, email }).returning('id').executeTakeFirstOrThrow()

export async function tour() {
  const ada = await join('Ada', 'ada@example.org')
  const ben = await join('Ben', 'ben@example.org')
  const tea = await add({ authorId: ada.id, title: 'Crème brûlée', body: 'With tea.' })
  const loaf = await add({ authorId: ada.id, title: 'Loaf', body: 'Flour, water, crème.' })
  await add({ authorId: ben.id, title: 'Tea', body: 'Green.' })
  await tag(tea.id, 'sweet')
  await publish(tea.id)
  await remark(loaf.id, 'who wrote this?')
  await moveAll(ada.id, ben.id)
  const [first] = await shelf()
  const { rows, next } = await page()
  return {
    published: await published(),
    isPrivate: !('remark' in loaf),
    remarks: await remarks(),
    first: { title: first?.title, author: first?.author?.name, tags: first?.tags },
    pages: [rows, (await page(next)).rows].map((one) => one.map(({ title }) => title)),
    found: { creme: await find('creme'), tea: await find('"TEA'), 'creme t': await find('crème & t*') },
  }
}
`}</Code>
      <Code output>{`
{
  "published": [{ "title": "Crème brûlée", "author": "Ben" }],
  "isPrivate": true,
  "remarks": [{ "title": "Loaf", "remark": "who wrote this?" }],
  "first": { "title": "Crème brûlée", "author": "Ben", "tags": [{ "name": "sweet" }] },
  "pages": [["Crème brûlée", "Loaf"], ["Tea"]],
  "found": {
    "creme": [{ "title": "Crème brûlée" }, { "title": "Loaf" }],
    "tea": [{ "title": "Tea" }, { "title": "Crème brûlée" }],
    "creme t": [{ "title": "Crème brûlée" }]
  }
}
`}</Code>
    </div>
  )
}
