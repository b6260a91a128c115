// Writes whose rows are streamed, and processes that listen and end, the same on both databases.
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { entity, text } from '../src/1-contracts/index.ts'
import type { Database } from '../src/3-data/kysely.ts'
import { type DatabaseTables, table } from '../src/3-data/table.ts'
import { followReads, onWrites, touch } from '../src/3-data/track/follow.ts'
import { PostgresFeed } from '../src/3-data/track/postgres-feed.ts'
import type { RowSetJson } from '../src/3-data/track/row-set.ts'
import { repository } from './harness/command.ts'
import { runWithData } from './harness/data-process.ts'
import { databases, emptyDatabase, openTables } from './harness/databases.ts'
import { askServer, hasPostgres } from './harness/postgres.ts'

const tables = {
  labels: table(entity('labels', { name: text() }, { key: ['name'] })),
  marks: table(entity('marks', { name: text() }, { key: ['name'] })),
}

describe.each(databases)('on %s', (name) => {
  if (name === 'Postgres' && !hasPostgres()) return void it.skip('needs a server')
  let db: Database<DatabaseTables<typeof tables>>
  let url: string
  const heard: RowSetJson[] = []
  let stop = () => {}

  beforeAll(async () => {
    url = await emptyDatabase(name)
    db = await openTables(name, tables, url)
    stop = await onWrites(db, (rows) => heard.push(rows.toJSON()))
  })
  afterAll(async () => {
    stop()
    await db?.destroy()
  })

  it('tells of writes whose rows are streamed, also where nobody reads them to their end', async () => {
    const { isCurrent } = await followReads(db, async () => await db.selectFrom('labels').select('name').execute())
    const added = db.insertInto('labels').values([{ name: 'x' }, { name: 'y' }])
    for await (const _ of added.returning('name').stream(1)) break
    expect(isCurrent()).toBe(false)
    expect(await db.selectFrom('labels').select('name').execute()).toHaveLength(2)
    for await (const _ of db.deleteFrom('labels').returning('name').stream());
    await touch(db, ['marks'])
    await vi.waitFor(() => expect(heard).toEqual([{ labels: ['x', 'y'] }, { labels: 0 }, { marks: 0 }]))
  })

  it.runIf(name === 'Postgres')('takes nothing for current before it has told what may have been missed', async () => {
    const feed = new PostgresFeed(async () => {
      const client = new pg.Client({ connectionString: url, application_name: 'gap' })
      client.on('error', () => {})
      await client.connect()
      return client
    })
    const seen: boolean[] = []
    await feed.open({ moved: () => seen.push(feed.isOpen), told: () => {} })
    await askServer(url, `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'gap'`)
    await vi.waitFor(() => expect(seen).toEqual([false]), 10_000)
    await vi.waitFor(() => expect(feed.isOpen).toBe(true))
    await feed.close()
  })

  it('ends with a process that waits for nothing else', async () => {
    const track = (file: string) => JSON.stringify(join(repository, 'src/3-data/track', file))
    const code = `const { onWrites } = await import(${track('follow.ts')})
      const { Reach } = await import(${track('reach.ts')})
      const own = connect(undefined, { reach: new Reach(new Map()) })
      await onWrites(own, () => {})
      await own.destroy()
      say('closed')`
    const { ended, lines } = runWithData(url, code)
    expect([await ended, lines]).toEqual([0, ['closed']])
  })
})
