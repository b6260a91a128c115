import { describe, expect, it } from 'vitest'
import { eachCase } from '../../tests/harness/random.ts'
import { randomPair } from '../../tests/harness/schemas.ts'
import { entity, id, oneOf, reference, text } from '../1-contracts/index.ts'
import { database } from './database.ts'
import { applySteps } from './migrate/apply.ts'
import { checksumOf } from './migrate/checksum.ts'
import { findDrift } from './migrate/drift.ts'
import type { MigrationFile } from './migrate/file.ts'
import { findWays } from './migrate/generate.ts'
import { migrate } from './migrate/migrate.ts'
import { migration, type Recorder } from './migrate/migration.ts'
import { type AnyDatabase, execute } from './migrate/run.ts'
import { type Shape, shapeOf } from './migrate/shape.ts'
import { readModel } from './model.ts'
import { table } from './table.ts'

/** Without the order of tables, columns and lists, which means nothing. */
const sorted = (shape: Shape) => {
  const byName = <Item>(items: Iterable<[string, Item]>): [string, Item][] =>
    [...items].sort(([one], [other]) => (one < other ? -1 : 1))
  return byName(shape).map(([name, table]) => ({
    name,
    columns: byName(table.columns).map(([column, field]) => [
      column,
      isText(field.kind) ? { ...field, kind: 'text' } : field,
    ]),
    key: table.key,
    index: table.index.map((list) => list.join()).sort(),
    unique: table.unique.map((list) => list.join()).sort(),
  }))
}

const isText = (kind: string): boolean => kind === 'email' || kind === 'url'

describe('diff', () => {
  it('makes of any schema any other one, and the first again', () =>
    eachCase(async (random) => {
      const pair = randomPair(random)
      const [before, after] = [pair.before, pair.after].map((tables) => shapeOf(readModel(tables, 'sqlite'))) as [
        Shape,
        Shape,
      ]
      const { up, down } = await findWays(before, after, async () => random.below(2) === 0)
      const changed = applySteps(up, before, 'up')
      expect(sorted(changed)).toEqual(sorted(after))
      expect(sorted(applySteps(down, changed, 'down'))).toEqual(sorted(before))
    }))
})

describe('drift', () => {
  const User = entity('users', { id: id(), name: text().unique(), role: oneOf('reader', 'writer').default('reader') })
  const Post = entity('posts', { id: id(), title: text(), authorId: reference('users').optional() })
  const file = (name: string, up: Recorder): MigrationFile => ({
    name,
    checksum: checksumOf(name),
    migration: migration({ up, down: () => {} }),
  })
  const first = file('0001_first.ts', (change) => {
    change.createTable('users', User.fields)
    change.createTable('posts', { id: id(), title: text(), authorId: reference('users').optional() })
    change.addIndex('posts', ['authorId'])
  })

  /** What differs when all files were applied to a database, which somebody then has changed by hand. */
  const driftOf = async (tables: Parameters<typeof database>[0], pending: MigrationFile[] = [], byHand = '') => {
    const db = database(tables, { url: ':memory:' }) as unknown as AnyDatabase
    await migrate(db, [first])
    for (const statement of byHand.split(';').filter(Boolean)) await execute(db, statement)
    const drift = await findDrift(db, [first, ...pending])
    await db.destroy()
    return drift
  }
  const tables = { users: table(User), posts: table(Post) }

  it('is nothing where the database is what the entities ask for', async () => {
    expect(await driftOf(tables)).toEqual([])
  })

  it('is what the entities ask for and no migration makes', async () => {
    const Tagged = Post.extend({ tag: text() })
    const Team = entity('teams', { id: id(), name: text() })
    expect(await driftOf({ users: table(User), posts: table(Tagged), teams: table(Team) })).toEqual([
      { what: 'column "tag" of "posts"', wanted: 'text not null', origin: 'entities' },
      { what: 'table "teams"', wanted: 'there', origin: 'entities' },
    ])
    const Read = entity('users', { id: id(), name: text().unique(), role: oneOf('reader').default('reader') })
    expect(await driftOf({ users: table(Read), posts: table(Post, { index: [['title']] }) })).toMatchObject([
      { what: 'index "posts_title_index" of "posts"', origin: 'entities' },
      { what: 'checks of "users"', wanted: `"role" in ('reader')`, found: `"role" in ('reader', 'writer')` },
    ])
  })

  it('is what a pending migration makes', async () => {
    const second = file('0002_second.ts', (change) => change.addColumn('posts', 'tag', text().optional()))
    const Tagged = Post.extend({ tag: text().optional() })
    expect(await driftOf({ users: table(User), posts: table(Tagged) }, [second])).toEqual([
      { what: 'column "tag" of "posts"', wanted: 'text', origin: 'pending' },
    ])
  })

  it('is what somebody has changed by hand', async () => {
    const byHand = `alter table posts add tag text; drop index users_name_unique; create table notes (id text);
      create index notes_id on notes (id); alter table posts drop column title`
    expect(await driftOf(tables, [], byHand)).toEqual([
      { what: 'table "notes"', found: 'there', origin: 'database' },
      { what: 'column "tag" of "posts"', found: 'text', origin: 'database' },
      { what: 'column "title" of "posts"', wanted: 'text not null', origin: 'database' },
      expect.objectContaining({ what: 'index "users_name_unique" of "users"', origin: 'database' }),
    ])
  })
})
