// `layer9 db …` in a real folder, on both databases, with the questions on a real terminal.
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, describe, expect, it } from 'vitest'
import { entity, id, text } from '../src/1-contracts/index.ts'
import { connect } from '../src/3-data/connect.ts'
import { database } from '../src/3-data/database.ts'
import { table } from '../src/3-data/table.ts'
import { onWrites } from '../src/3-data/track/follow.ts'
import type { RowSetJson } from '../src/3-data/track/row-set.ts'
import { type AppCopy, copyApp } from './harness/app.ts'
import { type Ended, runLayer9, startLayer9 } from './harness/command.ts'
import { databases } from './harness/databases.ts'
import { firstMigration as first } from './harness/notes.ts'
import { askServer, createDatabase, hasPostgres } from './harness/postgres.ts'
import { openTerminal, type Terminal } from './harness/terminal.ts'

/** An app with notes, and a database that holds nothing. */
interface Notes extends AppCopy {
  readonly url: string
  readonly env: Readonly<Record<string, string>>
  /** Runs `layer9 db …`. */
  db(...given: readonly string[]): Promise<Ended>
  /** The same on a terminal. */
  onTerminal(...given: readonly string[]): Terminal
  /** Asks the database behind the app's back. */
  ask(statement: string): Promise<readonly unknown[]>
}

const open: Notes[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(async (notes) => await notes.delete()))
})

async function openNotes(name: (typeof databases)[number]): Promise<Notes> {
  const app = await copyApp('tests/fixtures/notes')
  // SQLite is what an app has that sets nothing.
  const url = name === 'Postgres' ? await createDatabase() : join(app.root, '.data/app.db')
  const env: Record<string, string> = name === 'Postgres' ? { DATABASE_URL: url } : {}
  const where = { cwd: app.root, env }
  const notes: Notes = {
    ...app,
    url,
    env,
    db: async (...given) => await runLayer9(['db', ...given], where),
    onTerminal: (...given) => openTerminal(['db', ...given], where),
    ask: async (statement) => {
      const db = connect(url)
      const { rows } = await sql.raw(statement).execute(db)
      await db.destroy()
      return rows
    },
  }
  open.push(notes)
  return notes
}

/** One whose first migration is written and applied, and that has rows. */
async function openMigrated(name: (typeof databases)[number]): Promise<Notes> {
  const notes = await openNotes(name)
  await mkdir(join(notes.root, 'app/data/migrations'))
  await notes.write('app/data/migrations/0001_create_notes.ts', first)
  expect(await notes.db('migrate')).toMatchObject({ code: 0, err: '' })
  const ids = ['0190a5d0-ac96-774b-bcce-b302099a8051', '0190a5d0-ac96-774b-bcce-b302099a8052']
  await notes.ask(`insert into notes values ('${ids[0]}', 'First', null), ('${ids[1]}', 'Second', null)`)
  return notes
}

/** Hears of what others write, as an app does that runs. */
async function listen(url: string) {
  const db = database({ notes: table(entity('notes', { id: id(), title: text(), body: text().optional() })) }, { url })
  const heard: RowSetJson[] = []
  const stop = await onWrites(db, (rows) => heard.push(rows.toJSON()))
  const end = async (): Promise<void> => {
    stop()
    await db.destroy()
  }
  return { heard, end }
}

const pidEndpoint = `import { endpoint } from 'layer9/api'
import { everyone } from 'layer9/middleware'

export const pid = endpoint('GET /pid', { access: everyone, handler: () => new Response(String(process.pid)) })
`

const contract = 'app/contracts/note.ts'
const titles = 'select title from notes order by title'
/** A seed whose statement the database refuses, many calls below the line that is to be named. */
const misspelt = `import { db } from '~/data/db'

export default async () => {
  await db.selectFrom('notes').select('titel' as 'title').execute()
}
`
const seeded = [{ title: 'First' }, { title: 'Second' }]
const applied = (number: string) =>
  expect.objectContaining({ name: expect.stringMatching(`^${number}_`), state: 'applied' })

for (const name of databases) {
  describe.skipIf(name === 'Postgres' && !hasPostgres())(`on ${name}`, () => {
    describe('generate', () => {
      it('writes a migration of what changed, and nothing where nothing did', async () => {
        const notes = await openNotes(name)
        const written = await notes.db('generate')
        expect(written).toMatchObject({ code: 0, err: '' })
        expect(written.out).toContain('Wrote app/data/migrations/0001_create_notes.ts\n')
        expect(await notes.read('app/data/migrations/0001_create_notes.ts')).toBe(first)
        expect(await notes.db('generate')).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^Nothing/) })
        await notes.edit(contract, 'body:', 'pinned: boolean().default(false),\n  body:')
        await notes.edit(contract, '{ entity', '{ boolean, entity')
        const { code, out } = await notes.db('generate', '--json', '--name', 'Pin notes')
        expect(code).toBe(0)
        expect(JSON.parse(out)).toMatchObject({
          file: 'app/data/migrations/0002_pin_notes.ts',
          steps: [{ kind: 'addColumn', table: 'notes', column: 'pinned' }],
        })
        // It asked the files alone.
        if (name === 'SQLite') await expect(stat(notes.url)).rejects.toThrow('ENOENT')
      })

      it('asks whether a change is a rename', async () => {
        const notes = await openMigrated(name)
        await notes.edit(contract, 'body:', 'content:')
        const terminal = notes.onTerminal('generate')
        await terminal.says('Was "body" of "notes" renamed to "content"? (y/n) ', 'perhaps')
        await terminal.says('Was "body" of "notes" renamed to "content"? (y/n) ', 'yes')
        expect(await terminal.end()).toMatchObject({ code: 0 })
        const text = await notes.read('app/data/migrations/0002_rename_notes_body.ts')
        expect(text).toContain(`change.renameColumn('notes', 'body', 'content')`)
      })

      it('asks before anything that loses data', async () => {
        const notes = await openMigrated(name)
        await notes.edit(contract, '  body: text().optional(),\n', '')
        const question = 'This loses what "body" of "notes" holds. Go on? (y/n) '
        const refused = notes.onTerminal('generate')
        await refused.says(question, 'n')
        expect(await refused.end()).toMatchObject({ code: 1, out: expect.stringContaining('MIGRATION_REFUSED') })
        const left = notes.onTerminal('generate')
        await left.says(question)
        left.press('\x04')
        expect(await left.end()).toMatchObject({ code: 1, out: expect.stringContaining('QUESTION_UNANSWERED') })
        const accepted = notes.onTerminal('generate')
        await accepted.says(question, 'y')
        expect(await accepted.end()).toMatchObject({ code: 0 })
        expect(await notes.read('app/data/migrations/0002_drop_notes_body.ts')).toContain('losesData: true')
      })

      it('without a terminal', async () => {
        const notes = await openMigrated(name)
        await notes.edit(contract, 'body:', 'content:')
        const asked = await notes.db('generate')
        expect(asked).toMatchObject({ code: 2, out: '' })
        expect(asked.err).toContain('QUESTION_WITHOUT_TERMINAL')
        expect(asked.err).toContain('Was "body" of "notes" renamed to "content"?')
        expect(asked.err).toContain('Fix: Say yes with --rename notes.body=content, or no with --no-rename')
        const misspelt = await notes.db('generate', '--rename', 'notes.bodi=content', '--no-rename', '--accept-loss')
        expect(misspelt).toMatchObject({ code: 2, err: expect.stringContaining('did you mean notes.body=content?') })
        expect(misspelt.err).toContain('RENAME_UNKNOWN')
        const lost = await notes.db('generate', '--no-rename', '--json')
        expect(lost).toMatchObject({ code: 2, err: '' })
        expect(JSON.parse(lost.out)).toMatchObject({
          errors: [{ code: 'QUESTION_WITHOUT_TERMINAL', data: { yes: '--accept-loss' } }],
        })
        const renamed = await notes.db('generate', '--rename', 'notes.body=content')
        expect(renamed).toMatchObject({ code: 0, out: expect.stringContaining('0002_rename_notes_body.ts') })
        await rm(join(notes.root, 'app/data/migrations/0002_rename_notes_body.ts'))
        const dropped = await notes.db('generate', '--no-rename', '--accept-loss', '--json')
        expect(JSON.parse(dropped.out)).toMatchObject({ steps: [{ kind: 'addColumn' }, { kind: 'dropColumn' }] })
      })
    })

    describe('migrate', () => {
      it('applies what is pending, in order, and says what it did', async () => {
        const notes = await openNotes(name)
        await notes.db('generate')
        await notes.edit(contract, 'body:', 'rank: integer().default(0),\n  body:')
        await notes.edit(contract, '{ entity', '{ integer, entity')
        await notes.db('generate')
        expect(await notes.db('migrate')).toEqual({
          code: 0,
          err: '',
          out: 'Applied 0001_create_notes.ts\nApplied 0002_add_notes_rank.ts\n',
        })
        expect(await notes.db('migrate')).toMatchObject({ code: 0, out: expect.stringMatching(/^Nothing to apply/) })
        expect(await notes.ask('select rank from notes')).toEqual([])
        const again = await notes.db('migrate', '--json')
        expect(JSON.parse(again.out)).toEqual({ applied: [] })
        await notes.edit(contract, 'rank: integer', 'size: integer().default(0),\n  rank: integer')
        for (const command of ['migrate', 'status']) {
          const { code, out } = await notes.db(command)
          expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('`layer9 db generate` writes one.') })
        }
      })
    })

    describe('status', () => {
      it('tells what is applied and pending, also as JSON', async () => {
        const notes = await openNotes(name)
        expect(await notes.db('status')).toMatchObject({ code: 0, out: expect.stringContaining('no migrations') })
        await notes.db('generate')
        const before = await notes.db('status')
        expect(before).toMatchObject({
          code: 1,
          err: '',
          out: expect.stringMatching(/0001_create_notes.ts {2}pending/),
        })
        // It looks, and makes nothing.
        if (name === 'SQLite') await expect(stat(notes.url)).rejects.toThrow('ENOENT')
        await notes.db('migrate')
        expect(await notes.db('status')).toMatchObject({ code: 0, out: expect.stringMatching(/applied {2}20\d\d-/) })
        const { code, out } = await notes.db('status', '--json')
        expect([code, JSON.parse(out)]).toEqual([0, [applied('0001')]])
        await notes.edit('app/data/migrations/0001_create_notes.ts', 'title: text()', 'title: text().optional()')
        const changed = await notes.db('status')
        expect(changed).toMatchObject({ code: 1, out: expect.stringMatching(/0001_create_notes.ts {2}changed/) })
      })
    })

    describe('rollback', () => {
      it('takes the last migration back, and asks where data is lost', async () => {
        const notes = await openMigrated(name)
        await notes.edit(contract, 'body:', 'content:')
        await notes.db('generate', '--rename', 'notes.body=content')
        await notes.db('migrate')
        // Nothing is lost: nothing is asked.
        expect(await notes.db('rollback')).toEqual({ code: 0, err: '', out: 'Took back 0002_rename_notes_body.ts\n' })
        expect(await notes.ask('select body from notes')).toHaveLength(2)
        const asked = await notes.db('rollback')
        expect(asked).toMatchObject({ code: 2, out: '' })
        expect(asked.err).toContain('This loses all rows of "notes". Go on?')
        expect(asked.err).toContain('--accept-loss')
        const refused = notes.onTerminal('rollback')
        await refused.says('This loses all rows of "notes". Go on? (y/n) ', 'n')
        expect(await refused.end()).toMatchObject({ code: 1, out: expect.stringContaining('Nothing was taken back.') })
        expect(await notes.ask(titles)).toEqual(seeded)
        const done = await notes.db('rollback', '--accept-loss', '--json')
        expect([done.code, JSON.parse(done.out)]).toEqual([0, { takenBack: '0001_create_notes.ts' }])
        await expect(notes.ask(titles)).rejects.toThrow()
        expect(await notes.db('rollback')).toMatchObject({
          code: 0,
          out: expect.stringMatching(/^Nothing to take back/),
        })
      })
    })

    describe('seed', () => {
      it('writes the first rows, all of them or none', async () => {
        const notes = await openNotes(name)
        await notes.db('generate')
        const early = await notes.db('seed')
        expect(early).toMatchObject({ code: 1, out: '', err: expect.stringContaining('MIGRATION_PENDING') })
        await notes.db('migrate')
        expect(await notes.db('seed')).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^Seeded/) })
        expect(await notes.ask(titles)).toEqual(seeded)
        const seed = await notes.read('app/data/seed.ts')
        await notes.write(
          'app/data/seed.ts',
          seed.replace("'Second' }).execute()", "'Third' }).execute()\n  throw new Error('no more')"),
        )
        const failed = await notes.db('seed')
        expect(failed).toMatchObject({ code: 1, out: '', err: expect.stringContaining('no more') })
        expect(failed.err).toMatch(/^SEED_FAILED .*\n {2}app\/data\/seed\.ts:\d+:9\n/)
        await notes.write('app/data/seed.ts', misspelt)
        expect((await notes.db('seed')).err).toMatch(/^SEED_FAILED .*"?titel"?.*\n {2}app\/data\/seed\.ts:4:\d+\n/)
        expect(await notes.ask(titles)).toEqual(seeded)
        await notes.write('app/data/seed.ts', 'export const seed = 1\n')
        expect(await notes.db('seed')).toMatchObject({ code: 1, err: expect.stringContaining('SEED_WITHOUT_DEFAULT') })
        await notes.remove('app/data/seed.ts')
        expect(await notes.db('seed')).toMatchObject({ code: 1, err: expect.stringContaining('SEED_MISSING') })
      })
    })

    describe('reset', () => {
      it('makes the database anew, with migrations and seeds, after asking', async () => {
        const notes = await openMigrated(name)
        await notes.ask("insert into notes select '0190a5d0-ac96-774b-bcce-b302099a8057', 'Mine', null")
        await notes.ask('create table by_hand (id integer)')
        const asked = await notes.db('reset')
        expect(asked).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--yes') })
        const question = 'This deletes everything that the database holds. Go on? (y/n) '
        const refused = notes.onTerminal('reset')
        await refused.says(question, 'n')
        expect(await refused.end()).toMatchObject({ code: 1, out: expect.stringContaining('Nothing was deleted.') })
        expect(await notes.ask(titles)).toHaveLength(3)
        const accepted = notes.onTerminal('reset')
        await accepted.says(question, 'y')
        const { code, out } = await accepted.end()
        expect(code).toBe(0)
        expect(out).toMatch(/Applied 0001_create_notes.ts\s+Seeded by app\/data\/seed.ts/)
        expect(await notes.ask(titles)).toEqual(seeded)
        await expect(notes.ask('select * from by_hand')).rejects.toThrow()
      })

      it('wants to be told in production', async () => {
        const notes = await openMigrated(name)
        const where = { cwd: notes.root, env: { ...notes.env, NODE_ENV: 'production' } }
        const refused = await runLayer9(['db', 'reset'], where)
        expect(refused).toMatchObject({ code: 2, out: '', err: expect.stringContaining('RESET_IN_PRODUCTION') })
        await notes.remove('app/data/seed.ts')
        const { code, out } = await runLayer9(['db', 'reset', '--yes', '--json'], where)
        expect([code, JSON.parse(out)]).toEqual([0, { applied: ['0001_create_notes.ts'], seeded: false }])
        expect(await notes.ask(titles)).toEqual([])
      })
    })

    describe('diff', () => {
      it('tells where database and entities differ, and why', async () => {
        const notes = await openMigrated(name)
        expect(await notes.db('diff')).toEqual({
          code: 0,
          err: '',
          out: 'The database is what the entities ask for.\n',
        })
        await notes.ask('alter table notes add column by_hand integer')
        await notes.edit(contract, '  body: text().optional(),\n', '')
        const { code, out } = await notes.db('diff')
        expect(code).toBe(1)
        expect(out).toMatch(/^column "by_hand" of "notes" .*changed by hand$/m)
        expect(out).toMatch(/^column "body" of "notes" .*no migration makes it: `layer9 db generate`$/m)
        const told = await notes.db('diff', '--json')
        expect([told.code, JSON.parse(told.out)]).toMatchObject([1, [{ origin: 'entities' }, { origin: 'database' }]])
      })
    })

    describe('touch', () => {
      it('tells all processes of what other programs wrote', async () => {
        const notes = await openMigrated(name)
        const { heard, end } = await listen(notes.url)
        expect(await notes.db('touch', 'notes')).toMatchObject({
          code: 0,
          err: '',
          out: expect.stringMatching(/^Told/),
        })
        await expect.poll(() => heard).toEqual([{ notes: 0 }])
        await end()
        const misspelt = await notes.db('touch', 'note')
        expect(misspelt).toMatchObject({ code: 1, out: '', err: expect.stringContaining('"notes"') })
        expect(await notes.db('touch')).toMatchObject({ code: 2, err: expect.stringContaining('ARGUMENT_MISSING') })
      })

      it('is not needed where triggers tell of it', async () => {
        const notes = await openMigrated(name)
        await notes.edit(contract, 'body:', 'content:')
        const early = await notes.db('generate', '--notify')
        expect(early).toMatchObject({ code: 1, out: '', err: expect.stringContaining('NOTIFY_TOO_EARLY') })
        await notes.edit(contract, 'content:', 'body:')
        const written = await notes.db('generate', '--notify')
        expect(written).toMatchObject({ code: 0, err: '', out: expect.stringContaining('0002_notify.ts') })
        expect(await notes.db('migrate')).toEqual({ code: 0, err: '', out: 'Applied 0002_notify.ts\n' })
        const { heard, end } = await listen(notes.url)
        // A file has no way to tell of a program that writes to it.
        if (name === 'Postgres') {
          await askServer(notes.url, "update notes set title = 'Other'")
          await expect.poll(() => heard).toEqual([{ notes: 0 }])
        }
        await end()
        expect(await notes.db('rollback')).toMatchObject({ code: 0, err: '' })
      })
    })

    describe('start', () => {
      it('asks again when workers are exchanged, and not for one that takes the place of another', async () => {
        const notes = await openMigrated(name)
        await notes.write('app/api/pid.ts', pidEndpoint)
        const where = { cwd: notes.root, env: { ...notes.env, PORT: '0' } }
        expect(await runLayer9(['build'], where)).toMatchObject({ code: 0, err: '' })
        const server = await startLayer9(['start', '--workers', '1'], where)
        const askPid = async (): Promise<number> => Number(await (await fetch(`${server.url}/pid`)).text())
        const pid = await askPid()
        // As a database is to an older build of the app, or one that cannot be reached for a moment.
        await notes.ask('drop table _layer9_migrations')
        process.kill(pid, 'SIGKILL')
        await expect.poll(askPid, { timeout: 20_000 }).not.toBe(pid)
        const next = await askPid()
        process.kill(server.pid, 'SIGHUP')
        await server.says('The restart failed; the workers of before go on')
        await server.says('MIGRATION_PENDING')
        expect(await askPid()).toBe(next)
        await server.end()
      })

      it('refuses while a migration is pending', async () => {
        const notes = await openNotes(name)
        await notes.db('generate')
        const where = { cwd: notes.root, env: { ...notes.env, PORT: '0' } }
        expect(await runLayer9(['build'], where)).toMatchObject({ code: 0, err: '' })
        const built = await readdir(join(notes.root, '.layer9/build/server'))
        expect(built).toContain('data.js')
        // Compilers stay where apps are built.
        expect(built.filter((file) => /vite|postcss/.test(file))).toEqual([])
        for (const given of [['start'], ['start', '--workers', '2']]) {
          const refused = await runLayer9(given, where)
          expect(refused).toMatchObject({ code: 1, out: '' })
          expect(refused.err).toContain('MIGRATION_PENDING')
          expect(refused.err).toContain('0001_create_notes.ts')
          expect(refused.err).toContain('layer9 db migrate')
        }
        // The build alone, as in a container, migrates, seeds and serves.
        for (const path of ['app', 'node_modules']) await rm(join(notes.root, path), { recursive: true })
        expect(await notes.db('status')).toMatchObject({ code: 1, out: expect.stringContaining('pending') })
        expect(await notes.db('migrate')).toMatchObject({ code: 0, out: 'Applied 0001_create_notes.ts\n' })
        expect(await notes.db('seed')).toMatchObject({ code: 0, err: '' })
        expect(await notes.db('generate')).toMatchObject({
          code: 2,
          err: expect.stringContaining('DATA_SOURCES_MISSING'),
        })
        for (const given of [['start'], ['start', '--workers', '2']]) {
          const server = await startLayer9(given, where)
          expect(await (await fetch(server.url)).text()).toContain('First, Second')
          await server.end()
        }
        // A container that migrates before it starts is deployed again, after the next version has migrated.
        await notes.ask(`insert into _layer9_migrations values ('0002_later.ts', 'abc', '2026-01-01T00:00:00.000Z')`)
        expect(await notes.db('migrate')).toMatchObject({ code: 0, out: expect.stringMatching(/^Nothing to apply/) })
        const server = await startLayer9(['start'], where)
        expect(await (await fetch(server.url)).text()).toContain('First, Second')
        await server.end()
      })
    })
  })
}

describe('layer9 dev', () => {
  it('offers the migration of a changed schema', async () => {
    const notes = await openNotes('SQLite')
    const terminal = openTerminal(['dev'], { cwd: notes.root, env: { PORT: '0' } })
    await terminal.says('what no migration makes yet (0001_create_notes.ts). Write it and apply it? (y/n)', 'y')
    await terminal.says('Wrote app/data/migrations/0001_create_notes.ts')
    await terminal.says('Applied 0001_create_notes.ts')
    expect(await notes.read('app/data/migrations/0001_create_notes.ts')).toBe(first)
    await notes.edit(contract, 'body:', 'content:')
    await terminal.says('Write it and apply it? (y/n)', 'y')
    // What is asked by the command is asked here.
    await terminal.says('Was "body" of "notes" renamed to "content"? (y/n)', 'y')
    await terminal.says('Applied 0002_rename_notes_body.ts')
    expect(await notes.ask('select title, content from notes')).toEqual([])
    await notes.edit(contract, '  content:', '  more: text().optional(),\n  content:')
    await terminal.says('(0003_add_notes_more.ts). Write it and apply it? (y/n)', 'n')
    await terminal.says('Later: layer9 db generate')
    // Another change is asked about again, even if its file had the same name; and others may write it meanwhile.
    await notes.edit(contract, '  content:', '  most: text().optional(),\n  content:')
    await terminal.says('(0003_add_notes_more.ts). Write it and apply it? (y/n)')
    expect(await notes.db('generate')).toMatchObject({ code: 0 })
    terminal.press('y\n')
    await terminal.says('Applied 0003_add_notes_more.ts')
    terminal.press('\x03')
    expect(await terminal.end()).toMatchObject({ code: 0 })
    expect(await notes.db('status')).toMatchObject({ code: 0 })
  })

  it('names the command that does it, without a terminal', async () => {
    const notes = await openNotes('SQLite')
    const server = await startLayer9(['dev'], { cwd: notes.root })
    await server.says('what no migration makes yet (0001_create_notes.ts). Run: layer9 db generate')
    await mkdir(join(notes.root, 'app/data/migrations'))
    await notes.write('app/data/migrations/0001_create_notes.ts', first)
    await server.says('The database lacks 0001_create_notes.ts. Run: layer9 db migrate')
    await expect(stat(notes.url)).rejects.toThrow('ENOENT')
    await server.end()
  })

  it('looks for no database where an app has none', async () => {
    const notes = await openNotes('SQLite')
    await rm(join(notes.root, 'app/data'), { recursive: true })
    const services =
      'export const listTitles = async (): Promise<string[]> => []\nexport const write = async () => {}\n'
    await notes.write('app/services/notes.ts', services)
    const server = await startLayer9(['dev'], { cwd: notes.root })
    expect(await (await fetch(server.url)).text()).toContain('none')
    expect(server.output()).not.toMatch(/migrat|database/)
    await server.end()
  })
})

describe('mistakes', () => {
  it('are named: no database, none exported, no migration in a file', async () => {
    const notes = await openNotes('SQLite')
    await mkdir(join(notes.root, 'app/data/migrations'))
    await notes.write('app/data/migrations/0001_empty.ts', 'export const up = 1\n')
    const empty = await notes.db('migrate')
    expect(empty).toMatchObject({ code: 1, out: '' })
    expect(empty.err).toContain('MIGRATION_WITHOUT_DEFAULT  app/data/migrations/0001_empty.ts has no default export')
    await notes.edit('app/data/db.ts', 'export const db', 'export const notes')
    const misnamed = await notes.db('migrate')
    expect(misnamed).toMatchObject({ code: 1, err: expect.stringContaining('DATA_WITHOUT_DB  app/data/db.ts exports') })
    await notes.write('app/data/db.ts', "throw new Error('not today')\n")
    expect(await notes.db('migrate')).toMatchObject({ code: 1, err: expect.stringContaining('not today') })
    await notes.remove('app/data/db.ts')
    const { code, out } = await notes.db('migrate', '--json')
    expect([code, JSON.parse(out)]).toMatchObject([2, { ok: false, errors: [{ code: 'DATA_MISSING' }] }])
  })

  it('of a database that cannot be reached are told without its password', async () => {
    const notes = await openNotes('SQLite')
    const where = {
      cwd: notes.root,
      env: { DATABASE_URL: 'postgres://ada:lovelace@127.0.0.1:1/notes?connect_timeout=1', PORT: '0' },
    }
    const { code, err } = await runLayer9(['db', 'migrate'], where)
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('DATABASE_UNREACHABLE') })
    expect(err).not.toContain('lovelace')
    expect(await runLayer9(['build'], where)).toMatchObject({ code: 0, err: '' })
    const started = await runLayer9(['start'], where)
    expect(started).toMatchObject({ code: 1, err: expect.stringContaining('DATABASE_UNREACHABLE') })
    expect(started.err).not.toContain('lovelace')
  })
})
