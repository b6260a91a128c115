import { describe, expect, it } from 'vitest'
import { kinds, readCase, readMigration, yes } from '../../tests/harness/migrations.ts'
import { eachCase } from '../../tests/harness/random.ts'
import { randomPair, type Tables } from '../../tests/harness/schemas.ts'
import { entity, id, integer, json, number, reference, references, text } from '../1-contracts/index.ts'
import type { NamedMigration } from './migrate/file.ts'
import { findWays, type Generated, generate } from './migrate/generate.ts'
import { anything, migration } from './migrate/migration.ts'
import type { Ask, Question } from './migrate/rename.ts'
import { shapeOf } from './migrate/shape.ts'
import { migrationText } from './migrate/text.ts'
import { readModel } from './model.ts'
import { table } from './table.ts'

const User = entity('users', { id: id(), name: text() })

/** The migration from nothing to these tables, as if it had been generated. */
async function filesOf(tables: Tables): Promise<NamedMigration[]> {
  const made = await write(tables, [])
  return made ? [{ name: made.name, migration: readMigration(made.text) }] : []
}

async function write(tables: Tables, files: readonly NamedMigration[], ask: Ask = yes): Promise<Generated | undefined> {
  return await generate(readModel(tables, 'sqlite'), files, { ask })
}

/** Notes what is asked, and answers. */
function asking(answer: (question: Question) => boolean) {
  const questions: Question[] = []
  const ask: Ask = async (question) => {
    questions.push(question)
    return answer(question)
  }
  return { ask, questions }
}

describe('generate', () => {
  it('compares with the last snapshot', async () => {
    const first = await filesOf({ users: table(User) })
    const made = await write({ users: table(User.extend({ bio: text().optional() })) }, first)
    expect(made?.name).toBe('0002_add_users_bio.ts')
    expect(made?.up).toEqual([
      { kind: 'addColumn', table: 'users', column: 'bio', field: { kind: 'text', null: true } },
    ])
  })

  it('writes nothing where nothing changed', async () => {
    for (const kind of kinds) {
      const { after } = readCase(kind)
      expect(await write(after, await filesOf(after))).toBeUndefined()
    }
  })

  it('writes nothing for what no database is told', async () => {
    const files = await filesOf({ users: table(User) })
    const changed = entity('users', { id: id(), name: text({ max: 5, label: 'Name', trim: true }) })
    expect(await write({ users: table(changed) }, files)).toBeUndefined()
  })

  it('numbers its files behind the last one', async () => {
    const [first] = await filesOf({ users: table(User) })
    const files = [{ ...first!, name: '0041_begin.ts' }]
    expect((await write({}, files))?.name).toBe('0042_drop_users.ts')
    const options = { ask: yes, title: "Forget the Users' table!" }
    expect((await generate(readModel({}, 'sqlite'), files, options))?.name).toBe('0042_forget_the_users_table_.ts')
  })
})

describe('the file', () => {
  describe('is as expected in every folder', () => {
    it.each(kinds)('%s', async (kind) => {
      const { before, after, expected } = readCase(kind)
      expect((await write(after, await filesOf(before)))?.text).toBe(expected)
    })
  })

  it('reads as the steps it was written from', () =>
    eachCase(async (random) => {
      const { before, after } = randomPair(random)
      const [from, to] = [before, after].map((tables) => shapeOf(readModel(tables, 'sqlite')))
      const ways = await findWays(from!, to!, async () => random.below(2) === 0)
      const read = readMigration(migrationText(ways))
      expect(read.steps('up')).toEqual(ways.up)
      expect(read.steps('down')).toEqual(ways.down)
    }))

  it('writes any default that a field may have', async () => {
    const tables = {
      users: table(
        entity('users', {
          id: id(),
          quoted: text().default(`it's "this" \\ that`),
          lines: text({ multiline: true }).default('one\ntwo'),
          long: text({ max: 20_000 }).default('x'.repeat(10_001)),
          data: json(anything).default({ 'a b': [1, { c: null }], d: true }),
        }),
      ),
    }
    const made = await write(tables, [])
    expect(readMigration(made!.text).steps('up')).toEqual(made!.up)
  })

  it('marks steps that lose data', () => {
    const { expected } = readCase('drop-column')
    expect(expected).toContain(`change.dropColumn('users', 'bio', { losesData: true })`)
    expect(expected).not.toMatch(/addColumn.*losesData/)
  })

  it('says what down cannot bring back', () => {
    expect(readCase('drop-column').expected).toContain(
      '// Loses data, and down cannot bring it back: what "bio" of "users" holds.',
    )
    expect(readCase('drop-table').expected).toContain('cannot bring it back: all rows of "posts".')
    expect(readCase('change-type').expected).toContain('values that are no whole numbers, in "size" of "posts".')
    expect(readCase('make-required').expected).toContain('which rows have none, in "bio" of "users".')
    expect(readCase('many-to-many').expected).toContain('the pairs of "friends" of "posts".')
  })

  it('says nothing of a loss where a row without a value lets the step fail', async () => {
    const files = await filesOf({ users: table(User.extend({ bossId: reference('users').optional() })) })
    const { ask, questions } = asking(() => false)
    const made = await write({ users: table(User.extend({ bossId: reference('users') })) }, files, ask)
    expect(questions).toEqual([])
    expect(made?.text).not.toContain('// Loses data, and down')
    expect(made?.text).toContain('// Fails where a row has none')
    expect(made?.up).toEqual([expect.not.objectContaining({ losesData: true })])
  })

  it('says which steps fail where there are rows', async () => {
    const files = await filesOf({ users: table(User) })
    const changed = User.extend({ bossId: reference('users'), code: text().unique() })
    const made = await write({ users: table(changed) }, files)
    expect(made?.text.match(/\/\/ Fails where there are rows: .*\n.*'(bossId|code)'/g)).toHaveLength(2)
  })
})

describe('questions', () => {
  const renamed = { users: table(entity('users', { id: id(), fullName: text() })) }

  it('a rename is asked for', async () => {
    const files = await filesOf({ users: table(User) })
    const { ask, questions } = asking(() => true)
    const made = await write(renamed, files, ask)
    expect(questions).toEqual([
      { kind: 'rename', text: 'Was "name" of "users" renamed to "fullName"?', option: '--rename users.name=fullName' },
    ])
    expect(made?.up).toEqual([{ kind: 'renameColumn', table: 'users', column: 'name', to: 'fullName' }])
  })

  it('what is no rename is dropped and added', async () => {
    const files = await filesOf({ users: table(User) })
    const { ask } = asking(({ kind }) => kind === 'loss')
    const made = await write(renamed, files, ask)
    expect(made?.up.map(({ kind }) => kind)).toEqual(['addColumn', 'dropColumn'])
  })

  it('a renamed table is asked for once, with its pairs and all that refers to it', async () => {
    const Tag = entity('tags', { id: id(), userId: reference('users').optional() })
    const files = await filesOf({ users: table(User.extend({ tags: references('tags') })), tags: table(Tag) })
    const Person = entity('people', { id: id(), name: text(), tags: references('tags') })
    const after = { people: table(Person), tags: table(Tag.extend({ userId: reference('people').optional() })) }
    const { ask, questions } = asking(() => true)
    const made = await write(after, files, ask)
    expect(questions.map((one) => one.text)).toEqual(['Was the table "users" renamed to "people"?'])
    expect(made?.up).toEqual([
      { kind: 'renameTable', table: 'users', to: 'people' },
      { kind: 'renameTable', table: 'users_tags', to: 'people_tags' },
      { kind: 'renameColumn', table: 'people_tags', column: 'users', to: 'people' },
    ])
  })

  it('what cannot be the same is not asked for', async () => {
    const files = await filesOf({ users: table(entity('users', { id: id(), size: number() })) })
    const { ask, questions } = asking(() => true)
    await write({ users: table(entity('users', { id: id(), at: integer() })) }, files, ask)
    expect(questions.map(({ kind }) => kind)).toEqual(['loss'])
  })

  it('what loses data is asked for', async () => {
    const files = await filesOf({ users: table(User) })
    const { ask, questions } = asking(() => false)
    await expect(write({ users: table(entity('users', { id: id() })) }, files, ask)).rejects.toMatchObject({
      code: 'MIGRATION_REFUSED',
    })
    expect(questions).toEqual([
      { kind: 'loss', text: 'This loses what "name" of "users" holds. Go on?', option: '--accept-loss' },
    ])
  })
})

describe('steps that cannot be', () => {
  const begun = migration({
    up: (change) => change.createTable('users', { id: id(), name: text() }),
    down: (change) => change.dropTable('users', { losesData: true }),
  })
  const run = async (up: Parameters<typeof migration>[0]['up']): Promise<unknown> => {
    const files = [
      { name: '0001_begin.ts', migration: begun },
      { name: '0002_wrong.ts', migration: migration({ up, down: () => {} }) },
    ]
    return await write({}, files).catch((error: unknown) => error)
  }

  it.each<[string, Parameters<typeof migration>[0]['up'], string]>([
    ['an unknown table', (change) => change.addIndex('user', ['id']), 'there is no table "user", but "users"'],
    ['an unknown column', (change) => change.addIndex('users', ['nam']), 'there is no column "nam", but "name"'],
    ['a table twice', (change) => change.createTable('users', { id: id() }), 'there is a table "users"'],
    ['a column twice', (change) => change.addColumn('users', 'Name', text()), 'there is a column "Name"'],
    ['a table without a key', (change) => change.createTable('a', { b: text() }), 'the table has no key'],
    ['a key that goes', (change) => change.dropColumn('users', 'id', { losesData: true }), 'belongs to the key'],
    ['an index that is not there', (change) => change.dropIndex('users', ['name']), 'it is not there'],
  ])('name the file and the reason: %s', async (_, up, reason) => {
    const error = await run(up)
    expect(error).toMatchObject({ code: 'MIGRATION_STEP_INVALID', data: { file: '0002_wrong.ts' } })
    expect((error as { data: { reason: string } }).data.reason).toContain(reason)
  })

  it('lose data without saying so', async () => {
    const error = await run((change) => change.changeColumn('users', 'name', integer(), { fill: 0 }))
    expect(error).toMatchObject({
      code: 'MIGRATION_LOSS_UNMARKED',
      data: { step: `changeColumn('users', 'name')`, what: 'values that are no whole numbers, in "name" of "users"' },
    })
  })

  it('refer to what is not there', async () => {
    const error = await run((change) => change.addColumn('users', 'teamId', reference('teams').optional()))
    expect(error).toMatchObject({ code: 'MIGRATION_REFERENCE_INVALID', data: { column: 'teamId', to: 'teams' } })
    const other = await run((change) =>
      change.addColumn('users', 'other', reference('users', { key: integer() }).optional()),
    )
    expect(other).toMatchObject({ code: 'MIGRATION_REFERENCE_INVALID', data: { column: 'other', to: 'users' } })
  })
})

describe('anything', () => {
  it('takes a default of any form', () => {
    expect(json(anything).default({ a: 1 }).description.default).toEqual({ a: 1 })
  })
})
