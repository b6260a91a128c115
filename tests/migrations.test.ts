import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, describe, expect, inject, it } from 'vitest'
import {
  boolean,
  date,
  decimal,
  entity,
  id,
  integer,
  number,
  oneOf,
  reference,
  text,
  timestamp,
} from '../src/1-contracts/index.ts'
import { connect } from '../src/3-data/connect.ts'
import { applySteps } from '../src/3-data/migrate/apply.ts'
import { findWays } from '../src/3-data/migrate/generate.ts'
import { type MigrationWays, migration } from '../src/3-data/migrate/migration.ts'
import { plan } from '../src/3-data/migrate/plan.ts'
import { type AnyDatabase, execute } from '../src/3-data/migrate/run.ts'
import { emptyShape, type Shape } from '../src/3-data/migrate/shape.ts'
import type { DataRun } from '../src/3-data/migrate/step.ts'
import { readStructure, type Structure } from '../src/3-data/migrate/structure.ts'
import { migrationText } from '../src/3-data/migrate/text.ts'
import { search } from '../src/3-data/search.ts'
import { table } from '../src/3-data/table.ts'
import {
  type EmptyDatabases,
  insert,
  makeAnew,
  migrate,
  openSqlite,
  randomRows,
  readRows,
  shape,
  structureOf,
  typed,
} from './harness/migrating.ts'
import { kinds, readCase, readMigration } from './harness/migrations.ts'
import { askServer, createDatabase, hasPostgres } from './harness/postgres.ts'
import { createRandom, eachCase, type Random, randomIdeographs } from './harness/random.ts'
import { randomPair } from './harness/schemas.ts'

const folder = fileURLToPath(new URL('fixtures/migrations', import.meta.url))

const asObject = (structure: Structure) => Object.fromEntries([...structure].sort())

describe('folders', () => {
  it('hold before, after, expected file and rows for each of the 14 kinds', () => {
    expect(kinds).toHaveLength(14)
    for (const kind of kinds)
      for (const file of ['before.ts', 'after.ts', 'expected.ts', 'rows.json'])
        expect(existsSync(`${folder}/${kind}/${file}`), `${kind}/${file}`).toBe(true)
  })
})

describe('on SQLite', () => {
  suite({ open: async () => openSqlite(), close: async (db) => await db.destroy() })
  rebuilding()
})

describe.skipIf(!hasPostgres())('on Postgres', () => {
  // One database and its connections, emptied for each: to make them takes longer than most of the tests. But catalogues
  // and connections that have seen thousands of tables become slow.
  const most = 100
  let uses = 0
  let url = ''
  let db: AnyDatabase | undefined
  const end = async (): Promise<void> => {
    await db?.destroy()
    if (url !== '') await askServer(inject('postgres'), `drop database ${url.replace(/.*\//, '')} with (force)`)
    url = ''
  }
  afterAll(end)
  suite({
    open: async () => {
      if (uses++ % most === 0) {
        await end()
        url = await createDatabase()
        // A machine on which much else runs may be slow to connect.
        db = connect(`${url}?connect_timeout=60`) as AnyDatabase
      }
      await execute(db!, 'drop schema public cascade')
      await execute(db!, 'create schema public')
      return db!
    },
    close: async () => {},
  })
})

function suite(databases: EmptyDatabases): void {
  const opened: AnyDatabase[] = []
  const openOne = async (): Promise<AnyDatabase> => {
    const db = await databases.open()
    opened.push(db)
    return db
  }
  afterEach(async () => {
    for (const db of opened.splice(0)) await databases.close(db)
  })

  /** A database with the tables and rows of a folder. */
  const begin = async (kind: string) => {
    const one = readCase(kind)
    const [before, after] = [shape(one.before), shape(one.after)]
    const structures = { before: await structureOf(databases, before), after: await structureOf(databases, after) }
    const db = await openOne()
    await makeAnew(db, before)
    await insert(db, before, one.rows.before)
    const file = readMigration(one.expected)
    return { ...one, shapes: { before, after }, structures, db, up: file.steps('up'), down: file.steps('down') }
  }

  it.each(kinds)('%s', async (kind) => {
    const { db, up, down, shapes, rows, structures } = await begin(kind)
    await migrate(db, up, shapes.before)
    expect(await readRows(db, shapes.after)).toEqual(rows.after)
    expect(asObject(await readStructure(db))).toEqual(asObject(structures.after))
    await migrate(db, down, shapes.after, 'down')
    expect(await readRows(db, shapes.before)).toEqual(rows.back)
    expect(asObject(await readStructure(db))).toEqual(asObject(structures.before))
  })

  describe('down', () => {
    it('takes each change back', async () => {
      for (const kind of kinds) {
        const { db, up, down, shapes, structures } = await begin(kind)
        await migrate(db, up, shapes.before)
        expect(asObject(await readStructure(db)), kind).not.toEqual(asObject(structures.before))
        await migrate(db, down, shapes.after, 'down')
        expect(asObject(await readStructure(db)), kind).toEqual(asObject(structures.before))
      }
    })
  })

  describe('the file', () => {
    it('is one for both databases', async () => {
      // Each folder has one file, and this suite runs it on each database: here all of them, one after the other.
      let steps = 0
      for (const kind of kinds) {
        const { db, up, shapes, rows } = await begin(kind)
        expect(plan(up, shapes.before, db.dialect).length).toBeGreaterThan(0)
        await migrate(db, up, shapes.before)
        expect(await readRows(db, shapes.after)).toEqual(rows.after)
        steps += up.length
      }
      expect(steps).toBeGreaterThan(30)
    })
  })

  /** Two tables with a row each. */
  const first = migration({
    up: (change) => {
      change.createTable('users', { id: id(), name: text() })
      change.createTable('posts', { id: id(), authorId: reference('users').optional(), title: text() })
      change.data((db) => db.insertInto('users').values({ id: userId, name: 'Ada' }).execute())
      change.data((db) => db.insertInto('posts').values({ id: postId, authorId: userId, title: 'One' }).execute())
    },
    down: () => {},
  })
  const [userId, postId] = ['01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002']
  const start = async () => {
    const db = await openOne()
    await migrate(db, first.steps('up'), emptyShape)
    return { db, before: applySteps(first.steps('up'), emptyShape, 'first') }
  }
  const up = (steps: MigrationWays['up']) => migration({ up: steps, down: () => {} }).steps('up')

  describe('a migration that fails', () => {
    it('leaves nothing of itself', async () => {
      const { db, before } = await start()
      const [structure, rows] = [await readStructure(db), await readRows(db, before)]
      const steps = up((change) => {
        change.addColumn('users', 'size', integer(), { fill: 1 })
        change.renameTable('posts', 'notes')
        change.data((own) => own.deleteFrom('notes').execute())
        change.data(async () => {
          throw new Error('It rains.')
        })
      })
      await expect(migrate(db, steps, before)).rejects.toMatchObject({
        code: 'MIGRATION_FAILED',
        data: { file: '0001_test.ts', way: 'up', statement: 'change.data(…)', reason: 'It rains.' },
      })
      expect(await readStructure(db)).toEqual(structure)
      expect(await readRows(db, before)).toEqual(rows)
      // And references are looked at as before.
      await expect(execute(db, 'delete from users')).rejects.toThrow()
    })

    it('names the statement', async () => {
      const { db, before } = await start()
      const steps = up((change) => change.addColumn('posts', 'size', integer()))
      await expect(migrate(db, steps, before)).rejects.toMatchObject({
        code: 'MIGRATION_FAILED',
        data: { statement: expect.stringContaining('posts') },
      })
    })

    it('says which table has a text that is too long for an index, where there is such a limit', async () => {
      const { db, before } = await start()
      const long = randomIdeographs(createRandom(inject('seed')), 1000)
      const steps = up((change) => {
        change.data((own) => own.updateTable('posts').set({ title: long }).execute())
        change.addUnique('posts', ['title'])
      })
      const migrated = migrate(db, steps, before)
      if (db.dialect === 'sqlite') return void (await migrated)
      await expect(migrated).rejects.toMatchObject({
        code: 'MIGRATION_FAILED',
        data: { reason: 'A text is too long for an index, in "posts"' },
      })
    })

    it('says which rows refer to nothing', async () => {
      const { db, before } = await start()
      const steps = up((change) => {
        change.createTable('teams', { number: integer(), name: text() }, { key: ['number'] })
        change.addColumn('users', 'teamId', reference('teams', { key: integer() }), { fill: 7 })
      })
      await expect(migrate(db, steps, before)).rejects.toMatchObject({
        code: 'MIGRATION_ROWS_REFER_TO_NOTHING',
        data: { table: 'users', to: 'teams' },
      })
    })
  })

  describe('steps of the user', () => {
    it('meet what the steps before them have made, and write in the same transaction', async () => {
      const { db, before } = await start()
      const seen: unknown[] = []
      const steps = up((change) => {
        change.renameColumn('users', 'name', 'fullName')
        change.addColumn('users', 'size', integer().optional())
        change.data(async (own) => {
          seen.push(await own.selectFrom('users').selectAll().execute())
          await own.updateTable('users').set({ size: 3 }).execute()
        })
        change.changeColumn('users', 'size', integer(), { losesData: true })
      })
      await migrate(db, steps, before)
      expect(seen).toEqual([[{ id: userId, fullName: 'Ada', size: null }]])
      expect((await readRows(db, applySteps(steps, before, 'up')))['users']).toEqual([
        { id: userId, fullName: 'Ada', size: 3 },
      ])
    })
  })

  describe('search by words', () => {
    const searched = async (db: AnyDatabase, of: Shape, [table, words]: readonly [string, string]) =>
      (await typed(db, of).selectFrom(table).select('id').where(search(table, words)).execute()).length

    it('goes with its table through all that is done to it', async () => {
      const { db, before } = await start()
      let now = before
      const step = async (name: MigrationWays['up'], table: string, found: Record<string, number>) => {
        const steps = up(name)
        await migrate(db, steps, now)
        now = applySteps(steps, now, 'a step')
        for (const [words, count] of Object.entries(found))
          expect(await searched(db, now, [table, words]), `${name}: ${words}`).toBe(count)
      }
      await step((change) => change.addSearch('posts', ['title']), 'posts', { one: 1, two: 0, '': 1 })
      const write = (title: string) => async (own: Parameters<DataRun>[0]) =>
        await own.updateTable('posts').set({ title }).where('id', '=', postId).execute()
      await step((change) => change.data(write('Two')), 'posts', { one: 0, two: 1 })
      await step((change) => change.renameColumn('posts', 'title', 'head'), 'posts', { two: 1 })
      await step((change) => change.addColumn('posts', 'body', text(), { fill: 'Three' }), 'posts', { three: 0 })
      // On SQLite the table is made anew.
      await step((change) => change.changeColumn('posts', 'authorId', reference('users').nullable()), 'posts', {
        two: 1,
      })
      await step(
        (change) => {
          change.dropSearch('posts', ['head'])
          change.addSearch('posts', ['head', 'body'])
        },
        'posts',
        { 'two three': 1, four: 0 },
      )
      await step((change) => change.renameTable('posts', 'notes'), 'notes', { 'two three': 1 })
      await step((change) => change.changeColumn('notes', 'head', text().default('x')), 'notes', { 'two three': 1 })
      const other = '01900000-0000-7000-8000-000000000003'
      await step(
        (change) =>
          change.data(async (own) => {
            await own.insertInto('notes').values({ id: other, head: 'Two', body: 'Four' }).execute()
            await own.updateTable('notes').set({ body: 'Five' }).where('id', '=', postId).execute()
          }),
        'notes',
        { two: 2, 'two four': 1, three: 0, 'two five': 1 },
      )
      await migrate(
        db,
        up((change) => change.dropColumn('notes', 'body', { losesData: true })),
        now,
      )
      now = applySteps(
        up((change) => change.dropColumn('notes', 'body', { losesData: true })),
        now,
        'dropped',
      )
      expect(now.get('notes')?.search).toEqual([])
      await step((change) => change.addSearch('notes', ['head']), 'notes', { two: 2, five: 0 })
      await migrate(
        db,
        up((change) => change.dropTable('notes', { losesData: true })),
        now,
      )
      expect([...(await readStructure(db)).keys()].filter((what) => what.includes('search'))).toEqual([])
    })

    it('is refused where there are no words', async () => {
      const { before } = await start()
      const refused = (steps: MigrationWays['up'], reason: string) =>
        expect(() => applySteps(up(steps), before, 'a file')).toThrow(
          expect.objectContaining({ code: 'MIGRATION_STEP_INVALID', data: expect.objectContaining({ reason }) }),
        )
      refused((change) => change.addSearch('posts', ['authorId']), '"authorId" holds no text')
      refused((change) => change.addSearch('posts', ['name']), 'there is no column "name"')
      refused((change) => change.dropSearch('posts', ['title']), 'it is not there')
      refused((change) => {
        change.addSearch('posts', ['title'])
        change.addSearch('posts', ['title', 'id'])
      }, 'the table is searched by other columns; dropSearch() comes before')
      refused((change) => {
        change.addSearch('posts', ['title'])
        change.changeColumn('posts', 'title', integer(), { losesData: true })
      }, 'the column is searched by words; dropSearch() comes before')
    })

    it('is written into the file, and taken back', async () => {
      const Note = entity('notes', { id: id(), title: text(), body: text() })
      const tablesOf = (...columns: ('title' | 'body')[]) =>
        shape({ notes: table(Note, columns.length === 0 ? {} : { search: columns as ['title'] }) })
      const lines = async (from: Shape, to: Shape) => {
        const written = migrationText(await findWays(from, to, async () => true))
        return written.split('\n').filter((line) => line.includes('Search'))
      }
      expect(await lines(tablesOf(), tablesOf('title'))).toEqual([
        "    change.addSearch('notes', ['title'])",
        "    change.dropSearch('notes', ['title'])",
      ])
      expect(await lines(tablesOf('title'), tablesOf('title', 'body'))).toEqual([
        "    change.dropSearch('notes', ['title'])",
        "    change.addSearch('notes', ['title', 'body'])",
        "    change.dropSearch('notes', ['title', 'body'])",
        "    change.addSearch('notes', ['title'])",
      ])
      expect(await lines(emptyShape, tablesOf('body'))).toEqual(["    change.addSearch('notes', ['body'])"])
    })
  })

  describe('rows that a step of the user writes', () => {
    it('get their ids and defaults', async () => {
      const { db, before } = await start()
      const steps = up((change) => {
        change.addColumn('users', 'size', integer().default(3))
        change.data((own) => own.insertInto('users').values({ name: 'Bob' }).execute())
      })
      await migrate(db, steps, before)
      const [, bob] = (await readRows(db, applySteps(steps, before, 'up')))['users']!
      expect(bob).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), name: 'Bob', size: 3 })
    })
  })

  describe('whole numbers', () => {
    it.each([Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, 0, -1])(
      'keep all digits as a number, and back: %d',
      async (size) => {
        const { db, before } = await start()
        const steps = up((change) => {
          change.addColumn('users', 'size', integer().optional())
          change.data(async (own) => void (await own.updateTable('users').set({ size }).execute()))
          change.changeColumn('users', 'size', number().optional())
          change.changeColumn('users', 'size', integer().optional(), { losesData: true })
        })
        await migrate(db, steps, before)
        expect((await readRows(db, applySteps(steps, before, 'up')))['users']).toMatchObject([{ size }])
      },
    )

    it('are the nearest ones of numbers, halves away from zero', async () => {
      const { db, before } = await start()
      const steps = up((change) => {
        change.addColumn('users', 'low', number().optional())
        change.addColumn('users', 'high', number().optional())
        change.data(async (own) => void (await own.updateTable('users').set({ low: -2.5, high: 0.5 }).execute()))
        change.changeColumn('users', 'low', integer().optional(), { losesData: true })
        change.changeColumn('users', 'high', integer().optional(), { losesData: true })
      })
      await migrate(db, steps, before)
      expect((await readRows(db, applySteps(steps, before, 'up')))['users']).toMatchObject([{ low: -3, high: 1 }])
    })
  })

  describe('what is null', () => {
    const fields = {
      integer: integer(),
      number: number(),
      decimal: decimal({ scale: 2 }),
      boolean: boolean(),
      text: text(),
      oneOf: oneOf('a', 'b'),
      date: date(),
      timestamp: timestamp(),
    }
    it.each(Object.keys(fields) as (keyof typeof fields)[])(
      'stays null, whatever becomes of a column: %s',
      async (kind) => {
        const { db, before } = await start()
        const pairs = Object.entries(fields).map(
          ([to, field]) => [`as_${to}`, fields[kind].optional(), field.optional()] as const,
        )
        const steps = up((change) => {
          for (const [name, from] of pairs) change.addColumn('users', name, from)
          for (const [name, , to] of pairs) change.changeColumn('users', name, to, { losesData: true })
        })
        await migrate(db, steps, before)
        const nothing = Object.fromEntries(pairs.map(([name]) => [name, null]))
        expect((await readRows(db, applySteps(steps, before, 'up')))['users']).toMatchObject([nothing])
      },
    )
  })

  describe('random pairs', { timeout: 600_000 }, () => {
    const drawWays = async (random: Random) => {
      const pair = randomPair(random)
      return await findWays(shape(pair.before), shape(pair.after), async () => random.below(2) === 0)
    }
    type Ways = Awaited<ReturnType<typeof drawWays>>
    const isAny = (_: Ways): boolean => true
    const changesWithoutLoss = ({ up }: Ways): boolean =>
      up.length > 0 && !up.some((step) => 'losesData' in step && step.losesData)

    /** A database of the schema before with rows, and the ways to the one after and back: the first of those wanted. */
    const begun = async (random: Random, isWanted = isAny) => {
      let ways = await drawWays(random)
      // Most pairs lose something; after so many the next case may have more luck.
      for (let draw = 0; draw < 30 && !isWanted(ways); draw++) ways = await drawWays(random)
      const db = await databases.open()
      await makeAnew(db, ways.before)
      await insert(db, ways.before, randomRows(random, ways))
      return { ways, db, structure: await readStructure(db), rows: await readRows(db, ways.before) }
    }

    it('up then down restores the schema', () =>
      eachCase(async (random) => {
        const { ways, db, structure } = await begun(random)
        await migrate(db, ways.up, ways.before)
        await migrate(db, ways.down, ways.after, 'down')
        expect(asObject(await readStructure(db))).toEqual(asObject(structure))
        await databases.close(db)
      }))

    it('up then down restores the data', async () => {
      let compared = 0
      await eachCase(async (random) => {
        const { ways, db, rows } = await begun(random, changesWithoutLoss)
        await migrate(db, ways.up, ways.before)
        await migrate(db, ways.down, ways.after, 'down')
        if (changesWithoutLoss(ways)) {
          expect(await readRows(db, ways.before)).toEqual(rows)
          compared += Object.values(rows).flat().length
        }
        await databases.close(db)
      })
      // Those that lose nothing have to have rows.
      expect(compared).toBeGreaterThan(10)
    })

    it('migrating equals making anew', () =>
      eachCase(async (random) => {
        const { ways, db } = await begun(random)
        await migrate(db, ways.up, ways.before)
        const migrated = await readStructure(db)
        await databases.close(db)
        expect(asObject(migrated)).toEqual(asObject(await structureOf(databases, ways.after)))
      }))
  })
}

/** What SQLite alone has to do. */
function rebuilding(): void {
  describe('rebuilt tables', () => {
    const begun = migration({
      up: (change) => {
        change.createTable('users', { id: id(), name: text().unique(), bossId: reference('users').optional() })
        change.createTable('posts', { id: id(), userId: reference('users', { onDelete: 'cascade' }) })
        change.addIndex('users', ['bossId', 'name'])
        change.addIndex('posts', ['userId'])
      },
      down: () => {},
    }).steps('up')
    const before = applySteps(begun, emptyShape, 'begun')
    const [ada, bob, one] = ['1', '2', '3'].map((end) => `01900000-0000-7000-8000-00000000000${end}`)
    const rows = {
      users: [
        { id: ada, name: 'Ada', bossId: null },
        { id: bob, name: 'Bob', bossId: ada },
      ],
      posts: [{ id: one, userId: bob }],
    }
    const steps = migration({
      up: (change) => change.addColumn('users', 'isKind', boolean(), { fill: true }),
      down: () => {},
    }).steps('up')

    const rebuild = async () => {
      const db = openSqlite()
      await migrate(db, begun, emptyShape)
      await insert(db, before, rows)
      // The step is none that ALTER TABLE can do.
      expect(plan(steps, before, 'sqlite')).toContainEqual({ sql: 'drop table "users"' })
      await migrate(db, steps, before)
      return db
    }

    it('keep rows and indexes', async () => {
      const db = await rebuild()
      expect(await readRows(db, applySteps(steps, before, 'up'))).toEqual({
        posts: rows.posts,
        users: rows.users.map((user) => ({ ...user, isKind: true })),
      })
      const indexes = await execute(db, `select name from sqlite_schema where type = 'index' and sql is not null`)
      expect(indexes.map((row) => (row as { name: string }).name).sort()).toEqual([
        'posts_userId_index',
        'users_bossId_name_index',
        'users_name_unique',
      ])
      await db.destroy()
    })

    it('keep foreign keys intact', async () => {
      const db = await rebuild()
      await expect(execute(db, `delete from users where name = 'Ada'`)).rejects.toThrow()
      await expect(execute(db, `insert into posts (id, "userId") values ('a', 'b')`)).rejects.toThrow()
      await execute(db, `delete from users where name = 'Bob'`)
      expect(await execute(db, 'select * from posts')).toEqual([])
      await db.destroy()
    })

    it('have the triggers that they had', async () => {
      const db = openSqlite()
      await migrate(db, begun, emptyShape)
      await execute(db, 'create table log (entry text)')
      await execute(db, `create trigger noted after insert on users begin insert into log values (new.name); end`)
      await execute(db, `create view names as select name from users`)
      await migrate(db, steps, before)
      await execute(db, `insert into users (id, name, "isKind") values ('a', 'Cleo', 1)`)
      expect(await execute(db, 'select * from log')).toEqual([{ entry: 'Cleo' }])
      expect(await execute(db, 'select * from names')).toEqual([{ name: 'Cleo' }])
      await db.destroy()
    })
  })
}
