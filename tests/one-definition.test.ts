// One definition: what an entity says is what its table, migration, validator, JSON Schema, forms, URLs and types say.
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '../src/3-data/connect.ts'
import { type AppCopy, copyApp } from './harness/app.ts'
import { type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'
import { databases } from './harness/databases.ts'
import { createDatabase, hasPostgres } from './harness/postgres.ts'

const files = {
  'app/contracts/book.ts': `import { boolean, decimal, entity, id, type Infer, type Insert, integer, oneOf, type Row, schema, text, timestamp, type Update } from 'layer9/contracts'

export const Book = entity('books', {
  id: id(),
  title: text({ min: 1, max: 20, trim: true, label: 'Title' }),
  kind: oneOf('novel', 'poem').default('novel'),
  price: decimal({ scale: 2, min: '0' }),
  pages: integer({ min: 1 }).optional(),
  isLent: boolean().default(false),
  addedAt: timestamp().default('now'),
})
export type Book = Row<typeof Book>
export type BookInsert = Insert<typeof Book>
export type BookUpdate = Update<typeof Book>

export const NewBook = Book.omit('id', 'addedAt')
export type NewBook = Infer<typeof NewBook>
export const Wanted = schema({ kind: Book.fields.kind, pages: integer({ min: 1 }).default(1), q: text().default('') })
export const Loan = Book.pick('id', 'isLent').extend({ until: timestamp().optional() })
`,
  'app/data/db.ts': `import { text } from 'layer9/contracts'
import { database, table } from 'layer9/data'
import { Book } from '~/contracts/book'

export const db = database({
  books: table(Book, { index: [['kind', 'title']], search: ['title'], private: { note: text().default('bought used') } }),
})
`,
  'app/services/books.ts': `import { search } from 'layer9/data'
import type { Infer } from 'layer9/contracts'
import type { Book, BookInsert, NewBook, Wanted } from '~/contracts/book'
import { db } from '~/data/db'

// Types of the contract and of the database are one: no cast, no copy.
export const add = async (book: NewBook): Promise<Book> =>
  await db.insertInto('books').values(book satisfies BookInsert).returningAll().executeTakeFirstOrThrow()

export const find = async ({ kind, pages, q }: Infer<typeof Wanted>): Promise<Book[]> =>
  await db.selectFrom('books').selectAll().where('kind', '=', kind).where('pages', '>=', pages)
    .where(search('books', q)).orderBy('title').execute()

export const notes = async (): Promise<string[]> =>
  (await db.selectFrom('books').select('note').execute()).map(({ note }) => note)
`,
  'app/api/books.ts': `import { action, query } from 'layer9/api'
import { everyone } from 'layer9/middleware'
import { NewBook, Wanted } from '~/contracts/book'
import * as books from '~/services/books'

export const addBook = action({ access: everyone, route: 'POST /api/books', input: NewBook, handler: async ({ input }) => await books.add(input) })
export const findBooks = query({ access: everyone, route: 'GET /api/books', input: Wanted, handler: async ({ input }) => await books.find(input) })
`,
  'app/routes/books.tsx': `import { Form, Submit } from 'layer9/components'
import type { PageProps } from 'layer9/routes'
import { addBook } from '~/api/books'

export default function Books(_props: PageProps<'/books'>) {
  return (
    <Form action={addBook}>
      {({ values, errors }) => (
        <>
          <input name="title" value={values.title ?? ''} aria-label="Title" />
          <p>{errors.title} {errors.price}</p>
          <input name="price" value={values.price ?? ''} aria-label="Price" />
          <input name="pages" aria-label="Pages" />
          <input type="checkbox" name="isLent" aria-label="Lent" />
          <Submit>Add</Submit>
        </>
      )}
    </Form>
  )
}
`,
}

const write = async (app: AppCopy, all: Readonly<Record<string, string>>): Promise<void> => {
  for (const [path, text] of Object.entries(all)) {
    await mkdir(dirname(join(app.root, path)), { recursive: true })
    await app.write(path, text)
  }
}

/** The entity's migration, written by nobody. */
const migration = `import { boolean, decimal, id, integer, oneOf, text, timestamp } from 'layer9/contracts'
import { migration } from 'layer9/data'

export default migration({
  up: (change) => {
    change.createTable('books', {
      id: id(),
      title: text(),
      kind: oneOf('novel', 'poem').default('novel'),
      price: decimal({ scale: 2 }),
      pages: integer().optional(),
      isLent: boolean().default(false),
      addedAt: timestamp().default('now'),
      note: text().default('bought used'),
    })
    change.addIndex('books', ['kind', 'title'])
    change.addSearch('books', ['title'])
  },
  down: (change) => {
    // Loses data: all rows of "books".
    change.dropTable('books', { losesData: true })
  },
})
`

describe('an entity', () => {
  for (const name of databases) {
    describe.skipIf(name === 'Postgres' && !hasPostgres())(`on ${name}`, () => {
      let app: AppCopy
      let server: RunningServer
      let env: Record<string, string>
      beforeAll(async () => {
        app = await copyApp('examples/counter')
        await write(app, files)
        env = { DATABASE_URL: name === 'Postgres' ? await createDatabase() : join(app.root, 'books.db') }
        for (const command of [['check'], ['db', 'generate'], ['db', 'migrate'], ['build']]) {
          const { code, out, err } = await runLayer9(command, { cwd: app.root, env })
          expect(code, `${command.join(' ')}: ${out}${err}`).toBe(0)
        }
        server = await startLayer9(['start'], { cwd: app.root, env })
      })
      afterAll(async () => {
        await server?.end()
        await app?.delete()
      })

      const add = async (book: object) => {
        const headers = { 'content-type': 'application/json', origin: server.url }
        const answer = await fetch(`${server.url}/api/books`, { method: 'POST', headers, body: JSON.stringify(book) })
        return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
      }
      const find = async (question: string) => {
        const answer = await fetch(`${server.url}/api/books?${question}`)
        return { status: answer.status, body: (await answer.json()) as Record<string, unknown>[] }
      }
      /** Sends the page's form, as a browser without scripts does. */
      const send = async (fields: Record<string, string>) => {
        const page = await (await fetch(`${server.url}/books`)).text()
        const action = /<form[^>]* action="([^"]*)"/.exec(page)?.[1] ?? ''
        const hidden = page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)
        const given = Object.fromEntries(Array.from(hidden, ([, key = '', value = '']) => [key, value]))
        return await fetch(new URL(action.replaceAll('&amp;', '&'), `${server.url}/books`), {
          method: 'POST',
          headers: { origin: server.url },
          body: new URLSearchParams({ ...given, ...fields }),
          redirect: 'manual',
        })
      }

      it('becomes a migration', async () => {
        const [file] = await readdir(join(app.root, 'app/data/migrations'))
        expect(file).toBe('0001_create_books.ts')
        expect(await app.read(`app/data/migrations/${file}`)).toBe(migration)
      })

      it('becomes a table, with its defaults and rules', async () => {
        const db = connect(env['DATABASE_URL']!)
        const key = '01900000-0000-7000-8000-000000000001'
        await sql`insert into books (id, title, price) values (${key}, 'By hand', ${name === 'Postgres' ? '1.50' : 150})`.execute(
          db,
        )
        await expect(sql`update books set kind = 'drama'`.execute(db)).rejects.toThrow()
        await expect(sql`update books set title = null`.execute(db)).rejects.toThrow()
        await sql`update books set pages = 7`.execute(db)
        const { body } = await find('')
        expect(body).toEqual([
          {
            id: key,
            title: 'By hand',
            kind: 'novel',
            price: '1.50',
            pages: 7,
            isLent: false,
            addedAt: expect.any(String),
          },
        ])
        await sql`delete from books`.execute(db)
        await db.destroy()
      })

      it('validates what an action is given', async () => {
        const wrong = await add({ title: '  ', kind: 'drama', price: '1.234', pages: 0, isLent: 'on' })
        expect(wrong.status).toBe(422)
        expect(wrong.body).toMatchObject({
          error: {
            data: {
              title: 'Fill this in.',
              kind: 'Choose one of these.',
              price: 'Write a number with at most 2 digits behind the point.',
              pages: 'Take 1 or more.',
              isLent: 'Choose yes or no.',
            },
          },
        })
        const good = await add({ title: ' Emma ', price: '9.5', pages: 300, id: 'mine', note: 'mine' })
        expect(good.status).toBe(200)
        expect(good.body).toEqual({
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          title: 'Emma',
          kind: 'novel',
          price: '9.50',
          pages: 300,
          isLent: false,
          addedAt: expect.any(String),
        })
      })

      it('reads the text of a URL and of a form', async () => {
        expect((await send({ title: 'Sonnets', price: '3', pages: '154', isLent: 'on' })).status).toBe(303)
        expect((await find('kind=novel&pages=100&q=son')).body).toMatchObject([
          { title: 'Sonnets', price: '3.00', pages: 154, isLent: true },
        ])
        expect((await find('pages=many')).status).toBe(422)
        const refused = await send({ title: 'x'.repeat(21), price: 'free', pages: '' })
        expect(refused.status).toBe(422)
        const html = await refused.text()
        expect(html).toContain('Use at most 20 characters.')
        expect(html).toContain('Write a number with at most 2 digits behind the point.')
        expect(html).toContain('value="free"')
      })

      it('keeps private columns to the server', async () => {
        await add({ title: 'Persuasion', price: '1', pages: 1 })
        expect(JSON.stringify((await find('')).body)).not.toContain('bought used')
        expect(await (await fetch(`${server.url}/books`)).text()).not.toContain('note')
      })

      it('is its JSON Schema, and its types', async () => {
        await write(app, {
          'app/services/schemas.ts': `import { Book, NewBook, type BookUpdate } from '~/contracts/book'
export const schemas = [Book, NewBook].map((one) => one['~standard'].jsonSchema.input({ target: 'draft-2020-12' }))
export const change: BookUpdate = { isLent: true }
`,
          'app/api/schemas.ts': `import { query } from 'layer9/api'
import { everyone } from 'layer9/middleware'
import { schemas } from '~/services/schemas'
export const show = query({ access: everyone, route: 'GET /api/schemas', handler: () => schemas })
`,
        })
        expect(await runLayer9(['build'], { cwd: app.root, env })).toMatchObject({ code: 0 })
        const other = await startLayer9(['start'], { cwd: app.root, env })
        const [book, given] = (await (await fetch(`${other.url}/api/schemas`)).json()) as Record<string, unknown>[]
        await other.end()
        expect(book).toMatchObject({
          type: 'object',
          required: ['title', 'price'],
          properties: {
            title: { title: 'Title', type: 'string', minLength: 1 },
            kind: { enum: ['novel', 'poem'], default: 'novel' },
            isLent: { type: 'boolean', default: false },
          },
        })
        expect(Object.keys(given?.['properties'] as object)).toEqual(['title', 'kind', 'price', 'pages', 'isLent'])
        for (const wrong of [`{ isLent: 'yes' }`, `{ kind: 'drama' }`, `{ id: 'x' }`, `{ note: 'x' }`]) {
          await app.write(
            'app/services/wrong.ts',
            `import type { BookUpdate } from '~/contracts/book'\nexport const wrong: BookUpdate = ${wrong}\n`,
          )
          expect(await runLayer9(['check'], { cwd: app.root }), wrong).toMatchObject({ code: 1 })
        }
        await app.remove('app/services/wrong.ts')
      })
    })
  }
})

describe('an app', () => {
  it('emits its declarations', async () => {
    const app = await copyApp('examples/counter')
    await write(app, {
      ...files,
      'app/contracts/shelf.ts': `import { array, date, email, entity, file, id, integer, json, number, reference, references, schema, text, url } from 'layer9/contracts'
export const Shelf = entity('shelves', {
  room: text(), row: integer(), place: reference('shelves', { key: text() }).optional(), books: references('books'),
}, { key: ['room', 'row'] })
export const Every = schema({
  id: id(), email: email().unique(), url: url().nullable(), number: number(), date: date(),
  json: json(schema({ deep: array(text()) })), file: file(), books: references('books'),
})
export const Part = Every.partial().pick('json').extend({ more: Shelf.fields.row })
export const parts = { Part, all: [Shelf, Every] as const }
`,
      'app/platform/env.ts': `import { array, integer, oneOf, text } from 'layer9/contracts'
import { env } from 'layer9/platform'
export const settings = env({ SIZE: integer().default(1), MODE: oneOf('a', 'b').optional(), HOSTS: array(text()).default([]) })
`,
      'app/services/all.ts': `import { many, one, paginate, search, searchRank, withRelations } from 'layer9/data'
import { db } from '~/data/db'
export const query = db.selectFrom('books').selectAll()
export const found = query.where(search('books', 'a')).orderBy(searchRank('books', 'a'))
export const related = async () => await withRelations(query, { same: many(query, { to: 'title', from: 'title' }), other: one(query, { from: 'id' }) })
export const page = async () => await paginate(found.clearOrderBy(), { orderBy: [['title'], ['id']], size: 2 })
export const inside = async () => await db.transaction().execute(async (trx) => [trx.isTransaction, db.outside] as const)
`,
    })
    const { code, out, err } = await runLayer9(['check'], { cwd: app.root })
    expect(code, out + err).toBe(0)
    const folder = join(app.root, '.layer9')
    const emitted = (await readdir(folder, { recursive: true })).filter((path) => /app\/.*\.d\.ts$/.test(path))
    const texts = new Map<string, string>()
    for (const path of emitted) texts.set(path.replace(/.*\/app\//, 'app/'), await readFile(join(folder, path), 'utf8'))
    expect([...texts.keys()]).toEqual(
      expect.arrayContaining(['app/contracts/book.d.ts', 'app/data/db.d.ts', 'app/services/all.d.ts']),
    )
    // Only doors, and what the app itself depends on: nothing behind them.
    const named = [...texts.values()].flatMap((text) =>
      Array.from(text.matchAll(/(?:from|import\()\s*['"]([^'"]+)['"]/g), ([, from = '']) => from),
    )
    expect(named.length).toBeGreaterThan(5)
    const isOpen = (from: string): boolean => /^(?:~\/|\.{1,2}\/|layer9\/[a-z]+$|kysely$)/.test(from)
    expect(named.filter((from) => !isOpen(from))).toEqual([])
    expect(texts.get('app/data/db.d.ts')).toMatch(/import\("layer9\/data"\)|from ['"]layer9\/data['"]/)
    expect([...texts.values()].join('\n')).not.toMatch(/dist\/|node_modules/)
    await app.delete()
  })
})
