// The board on both databases: one build, and nothing that its visitors could tell them apart by.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { type RunningBoard, testBoard, useBoard, withBoard } from './harness/board.ts'
import { hasPostgres } from './harness/postgres.ts'

/** Fetches a page, which is there. */
async function read({ server }: RunningBoard, path: string): Promise<string> {
  const response = await fetch(server.url + path)
  expect(response.status).toBe(200)
  return await response.text()
}

/** Signs in and puts a notice up, with the forms of the pages; gives its path. */
async function putUp({ server }: RunningBoard, title: string): Promise<string> {
  const post = async (path: string, fields: Record<string, string>, cookie = '') =>
    await fetch(server.url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: server.url, cookie },
      body: new URLSearchParams(fields),
    })
  const signedIn = await post('/sign-in', { $action: 'session/signIn', person: 'ada', to: '/new' })
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const put = await post('/new', { $action: 'posts/createPost', topic: 'lend', title, body: 'By the gate.' }, cookie)
  expect(put.status).toBe(303)
  return new URL(put.headers.get('location') ?? '', server.url).pathname
}

/** All files of a build, as one value. */
function hashOf(folder: string): string {
  const hash = createHash('sha256')
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  for (const path of files.map(({ parentPath, name }) => join(parentPath, name)).sort())
    hash.update(path.slice(folder.length)).update(readFileSync(path))
  return hash.digest('hex')
}

function testBoth(board: RunningBoard): void {
  describe('migrations', () => {
    it('leave nothing to generate', async () => {
      const { code, out } = await board.run('db', 'generate', '--json')
      expect({ code, ...JSON.parse(out) }).toMatchObject({ code: 0, file: null })
      expect(await board.run('db', 'diff')).toMatchObject({ code: 0 })
    })
  })

  describe('seeds', () => {
    it('fill the board', async () => {
      const first = await read(board, '/')
      expect(first).toContain('20 notices')
      expect(first).toContain('Soup on the pavement, Saturday from noon')
      expect(first).toContain('Tomasz Wilk')
      expect(first).toContain('3 replies')
    })

    it('are not there twice when they are sown again', async () => {
      expect(await board.run('db', 'seed')).toMatchObject({ code: 0 })
      expect(await read(board, '/')).toContain('20 notices')
    })
  })

  testBoard(board)

  it('keeps what was posted over a restart', async () => {
    const path = await putUp(board, 'A wheelbarrow, for as long as you like')
    await board.restart()
    expect(await read(board, path)).toContain('A wheelbarrow, for as long as you like')
  })
}

describe('on SQLite', () => {
  const board = useBoard('SQLite')

  it('needs no setting', async () => {
    expect(board.env).toEqual({})
    const file = new DatabaseSync(join(board.app.root, '.data/app.db'), { readOnly: true })
    expect(file.prepare('select count(*) as people from people').get()).toEqual({ people: 7 })
    file.close()
  })

  testBoth(board)

  it('shows pages while a transaction is open', async () => {
    const file = new DatabaseSync(join(board.app.root, '.data/app.db'))
    file.exec("begin immediate; update people set name = 'Nobody'")
    expect(await read(board, '/')).toContain('Tomasz Wilk')
    file.exec('rollback')
    file.close()
  })
})

describe.skipIf(!hasPostgres())('on Postgres', () => {
  const board = useBoard('Postgres')

  it('is the same build', async () => {
    const build = join(board.app.root, '.layer9/build')
    const before = hashOf(build)
    await withBoard(board, false, async (visitor) => {
      await visitor.visit('/')
      expect(await visitor.titles()).toHaveLength(8)
    })
    expect(hashOf(build)).toBe(before)
    // It really is Postgres: the other database was never made.
    expect(readdirSync(board.app.root)).not.toContain('.data')
  })

  testBoth(board)
})
