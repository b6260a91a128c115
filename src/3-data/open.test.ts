import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CompiledQuery } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from './open.ts'
import { withoutPassword } from './postgres-url.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'layer9-open-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** Runs code in a process of its own, in an empty folder, with `connect` and `sql` at hand. */
function run(code: string, { url, hook }: { url?: string; hook?: string } = {}) {
  const { DATABASE_URL: _, ...env } = process.env
  const imports = `import { sql } from '${import.meta.resolve('kysely')}'
    import { connect } from '${join(import.meta.dirname, 'connect.ts')}'\n`
  const args = hook ? ['--import', `data:text/javascript,${encodeURIComponent(hook)}`] : []
  const { stdout, stderr } = spawnSync(process.execPath, [...args, '--input-type=module', '-e', imports + code], {
    cwd: folder,
    env: url === undefined ? env : { ...env, DATABASE_URL: url },
    encoding: 'utf8',
  })
  if (!stdout) throw new Error(stderr)
  return stdout.trim()
}

/** Makes Node find no package `pg`. */
const withoutPg = `import { registerHooks } from 'node:module'
  registerHooks({ resolve(name, context, next) {
    if (name !== 'pg') return next(name, context)
    throw Object.assign(new Error('Cannot find package pg'), { code: 'ERR_MODULE_NOT_FOUND' })
  } })`

describe('openDatabase', () => {
  it('is SQLite without any setting', () => {
    const said = run(`const db = connect()
      await sql\`create table notes (id integer)\`.execute(db)
      console.log(db.dialect)`)
    expect(said).toBe('sqlite')
    expect(existsSync(join(folder, '.data/app.db'))).toBe(true)
    expect(readFileSync(join(folder, '.data/.gitignore'), 'utf8')).toBe('*\n')
  })

  it('is Postgres where DATABASE_URL says so', () => {
    expect(run('console.log(connect().dialect)', { url: 'postgres://me@localhost/app' })).toBe('postgres')
    expect(openDatabase('postgresql://me@localhost/app').dialect).toBe('postgres')
  })

  it.each(['app.db', 'file:app.db', 'sqlite:app.db', 'file:app.db?synchronous=full&busy_timeout=100'])(
    'takes %s for a file',
    (url) => {
      run(
        `const db = connect()
        await sql\`create table notes (id integer)\`.execute(db)
        console.log('done')`,
        { url },
      )
      expect(existsSync(join(folder, 'app.db'))).toBe(true)
    },
  )

  it('says where a file cannot be opened', async () => {
    const engine = openDatabase(folder)
    await expect(engine.execute(CompiledQuery.raw('select 1'))).rejects.toMatchObject({
      code: 'DATABASE_UNREACHABLE',
      data: { where: folder },
    })
  })

  it('names the package that is missing', () => {
    const code = 'await sql`select 1`.execute(connect()).catch((e) => console.log(e.code, e.fix))'
    const said = run(code, { url: 'postgres://me@localhost/app', hook: withoutPg })
    expect(said).toBe('DATABASE_PACKAGE_MISSING Run: npm install pg')
  })

  const wrong: readonly (readonly [url: string, reason: string])[] = [
    ['mysql://me:secret@localhost/app', '"mysql:" is neither'],
    ['postgres://me:secret@localhost', 'the name of the database is missing'],
    ['postgres://me:secret@local host/app', 'it is no URL'],
    ['postgres://me:secret/@localhost/app', 'it is no URL'],
    ['postgres://me:sec%ret@localhost/app', 'no escape'],
    ['postgres://me:secret@localhost/app?pool=0', '"pool" is no whole number of at least 1'],
    ['postgres://me:secret@localhost/app?statement_timeout=soon', '"statement_timeout"'],
    ['postgres://me:secret@localhost/app?sslmode=prefer', '"sslmode" is disable or verify-full'],
    ['postgres://me:secret@localhost/app?sslmode=require&sslrootcert=/nowhere', 'the file of "sslrootcert"'],
    ['postgres://localhost/app?password=secret&pool=none', '"pool"'],
    ['file:', 'the path of the file is missing'],
    ['file://host/app.db', 'the path of the file is missing'],
    ['app.db?synchronous=sometimes', '"synchronous" is off, normal or full'],
    ['app.db?busy_timeout=-1', '"busy_timeout"'],
    // Those of other tools, and what was meant for a server and would be the path of a file.
    ['postgresql+psycopg2://me:secret@host/app', '"postgresql+psycopg2:" is neither'],
    ['mysql2://me:secret@host/app', '"mysql2:" is neither'],
    ['libsql://host/app?authToken=secret', '"libsql:" is neither'],
    ['me:secret@host/app', '"me:" is neither'],
    ['"postgres://me:secret@host/app"', 'it has quotes or spaces around it'],
    [' postgres://me:secret@host/app', 'it has quotes or spaces around it'],
    ['postgres//me:secret@host/app', 'a server is named by postgres://'],
    ['./postgres://me:secret@host/app', 'a server is named by postgres://'],
    ['postgres:/me:secret@host/app', 'a server is named by postgres://'],
    ['postgres:me:secret@host/app', 'a server is named by postgres://'],
    ['sqlite://me:secret@host/app', 'the path of the file is missing'],
    ['postgres://me%3Asecret@host', 'the name of the database is missing'],
  ]

  it('says what is wrong with a URL, without its password', () => {
    for (const [url, reason] of wrong) {
      const open = () => openDatabase(url)
      expect(open, url).toThrow(expect.objectContaining({ code: 'DATABASE_URL_INVALID' }))
      expect(open, url).toThrow(reason)
      expect(open, url).not.toThrow(/sec(%|ret)/)
    }
  })
})

describe('withoutPassword', () => {
  it('takes all for the password that may be one', () => {
    expect(withoutPassword('postgres://me:a:b@c/d@host/app')).toBe('postgres://me:***@host/app')
    expect(withoutPassword('mysql+x://me:a@host/app?authToken=b&api_key=c&sslkey=d')).toBe(
      'mysql+x://me:***@host/app?authToken=***&api_key=***&sslkey=***',
    )
    for (const plain of ['data/app.db', ':memory:', 'me@work/app.db', 'file:///srv/app.db?synchronous=full'])
      expect(withoutPassword(plain)).toBe(plain)
    expect(withoutPassword('postgres://me@host/app?password=a&pool=1')).toBe(
      'postgres://me@host/app?password=***&pool=1',
    )
  })
})
