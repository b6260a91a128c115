import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { connect } from '../src/3-data/connect.ts'
import { type AnyDatabase, execute } from '../src/3-data/migrate/run.ts'
import { migrationStatus } from '../src/3-data/migrate/status.ts'
import { readStructure } from '../src/3-data/migrate/structure.ts'
import { repository } from './harness/command.ts'
import { runWithData, untilLines } from './harness/data-process.ts'
import { askServer, createDatabase, hasPostgres } from './harness/postgres.ts'
import { createFiles, HALF } from './harness/process-migrations.ts'
import { createRandom } from './harness/random.ts'

const files = createFiles(() => {})
const names = files.map(({ name }) => name)

let folder = ''
const newFolder = (): string => {
  folder = mkdtempSync(join(tmpdir(), 'layer9-migrate-'))
  return folder
}

afterEach(() => {
  if (folder) rmSync(folder, { recursive: true, force: true })
  folder = ''
})

describe('on SQLite', () => {
  suite(
    async () => `sqlite:${join(newFolder(), 'app.db')}`,
    'await new Promise((resolve) => setTimeout(resolve, 600_000))',
  )
})

describe.skipIf(!hasPostgres())('on Postgres', () => {
  suite(async () => {
    newFolder()
    return `${await createDatabase()}?connect_timeout=60`
  }, 'await sql`select pg_sleep(600)`.execute(db)')
})

/** Migrates in a process of its own, which says what it has applied, and does `atHalf` (with `name`, `db`, `say`) inside. */
const migrateIn = (url: string, { atHalf = '', before = '' } = {}) => {
  const from = (path: string): string => JSON.stringify(join(repository, path))
  return runWithData(
    url,
    `import { existsSync } from 'node:fs'
    import { migrate } from ${from('src/3-data/migrate/migrate.ts')}
    import { createFiles } from ${from('tests/harness/process-migrations.ts')}
    ${before}
    const files = createFiles(async (name, db) => { ${atHalf} })
    await migrate(db, files, { onApplied: (name) => say('applied ' + name) })
    await db.destroy()`,
  )
}

const appliedIn = (lines: readonly string[]): string[] =>
  lines.filter((line) => line.startsWith('applied ')).map((line) => line.slice('applied '.length))

/** Waits until the server has noticed that a process was killed: it may just be committing what that had sent last. */
async function untilGone(url: string): Promise<void> {
  if (!url.startsWith('postgres:')) return
  const others = `select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
    and backend_type = 'client backend'`
  while ((await askServer(url, others)).length > 0) await setTimeout(5)
}

/** What a database has: the files in its ledger, those that wrote rows with how many, and the columns of `users`. */
async function look(url: string) {
  const db = connect(url) as AnyDatabase
  const ledger = (await migrationStatus(db, files)).filter(({ state }) => state === 'applied').map(({ name }) => name)
  const columns = [...(await readStructure(db)).keys()].filter((what) => what.startsWith('column "size'))
  const count = async (query: string) =>
    ledger.length === 0 ? [] : ((await execute(db, query)) as { file: string; rows: number }[])
  const log = await count('select file, count(*) as rows from log group by file order by file')
  const users = await count('select name as file, count(*) as rows from users group by name order by name')
  await db.destroy()
  return { ledger, columns, log, users }
}

/** What a database has that was given the first files, each once and wholly. */
const expected = (count: number): Awaited<ReturnType<typeof look>> => {
  const ledger = names.slice(0, count)
  const rows = ledger.map((file) => ({ file, rows: 2 * HALF }))
  return { ledger, columns: ledger.map((_, at) => `column "size${at + 1}" of "users"`), log: rows, users: rows }
}

function suite(open: () => Promise<string>, waitForEver: string): void {
  describe('ten at once', { timeout: 120_000 }, () => {
    it('apply each step once', async () => {
      const url = await open()
      const go = join(folder, 'go')
      const before = `say('ready'); while (!existsSync(${JSON.stringify(go)})) await new Promise((resolve) => setTimeout(resolve, 2))`
      const processes = Array.from({ length: 10 }, () => migrateIn(url, { before }))
      await Promise.all(processes.map((one) => untilLines(one, 1)))
      writeFileSync(go, '')
      expect(await Promise.all(processes.map(({ ended }) => ended))).toEqual(Array.from({ length: 10 }, () => 0))
      expect(processes.flatMap(({ lines }) => appliedIn(lines)).sort()).toEqual(names)
      expect(await look(url)).toEqual(expected(names.length))
    })
  })

  describe('kill -9', { timeout: 240_000 }, () => {
    it('the next run goes on', async () => {
      const url = await open()
      const random = createRandom(inject('seed'))
      let isDone = false
      let kills = 0
      let before = 0
      while (!isDone) {
        const one = migrateIn(url, { atHalf: 'say("half " + name)' })
        // Somewhere in the next four files: two lines each.
        await untilLines(one, 1 + random.below(8))
        await setTimeout(random.below(15))
        one.child.kill('SIGKILL')
        const code = await one.ended
        expect([0, null]).toContain(code)
        isDone = code === 0
        if (!isDone) kills++
        await untilGone(url)
        const found = await look(url)
        const { length } = found.ledger
        expect(found).toEqual(expected(length))
        // What it said is there, and at most one more, which it could not say any more.
        const said = before + appliedIn(one.lines).length
        expect([said, said + 1]).toContain(length)
        before = length
      }
      expect(await look(url)).toEqual(expected(names.length))
      expect(kills).toBeGreaterThan(0)
    })

    it('leaves no lock behind', async () => {
      const url = await open()
      // It is in the middle of the third file, whose transaction is open, and stays there.
      const stuck = migrateIn(url, { atHalf: `if (name === '0003_step.ts') { say('stuck'); ${waitForEver} }` })
      await untilLines(stuck, 3)
      expect(stuck.lines.at(-1)).toBe('stuck')
      const next = migrateIn(url, { before: `say('ready')` })
      await untilLines(next, 1)
      stuck.child.kill('SIGKILL')
      expect(await next.ended).toBe(0)
      expect(appliedIn(next.lines)).toEqual(names.slice(2))
      expect(await look(url)).toEqual(expected(names.length))
    })
  })
}
