import { CamelCasePlugin, sql } from 'kysely'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { log } from '../2-platform/index.ts'
import { connect } from './connect.ts'
import type { Database } from './kysely.ts'

interface Tables {
  notes: { id: number; text: string }
}

const opened: Database<Tables>[] = []

afterEach(async () => {
  for (const db of opened.splice(0)) await db.destroy()
})

async function openNotes(): Promise<Database<Tables>> {
  const db = connect<Tables>(':memory:')
  opened.push(db)
  await sql`create table notes (id integer primary key, text text not null)`.execute(db)
  return db
}

const add = async (db: Database<Tables>, id: number, text = 'note') =>
  await db.insertInto('notes').values({ id, text }).execute()

const ids = async (db: Database<Tables>) =>
  (await db.selectFrom('notes').select('id').orderBy('id').execute()).map(({ id }) => id)

describe('db inside a transaction', () => {
  it('is that transaction, in a function that knows of none', async () => {
    const db = await openNotes()
    await db.transaction().execute(async () => await add(db, 1))
    const undone = db.transaction().execute(async () => {
      await add(db, 2)
      expect(await ids(db)).toEqual([1, 2])
      throw new Error('changed my mind')
    })
    await expect(undone).rejects.toThrow('changed my mind')
    expect(await ids(db)).toEqual([1])
  })

  it('does not wait for its own connection', async () => {
    const db = await openNotes()
    const seen = await db.transaction().execute(async (trx) => {
      await trx.insertInto('notes').values({ id: 1, text: 'by trx' }).execute()
      await Promise.all([add(db, 2), add(db, 3), db.transaction().execute(async () => await add(db, 4))])
      return await ids(db)
    })
    expect(seen).toEqual([1, 2, 3, 4])
  })

  it('commits with the others what nobody awaited', async () => {
    const db = await openNotes()
    await db.transaction().execute(async (trx) => {
      // A promise that was begun, and a transaction inside, whose end is waited for.
      void add(db, 1)
      void trx.transaction
      void db.transaction().execute(async () => await add(db, 2))
      await ids(db)
    })
    expect(await ids(db)).toEqual([1, 2])
  })

  it('is over when it has ended: what comes later is an error', async () => {
    const db = await openNotes()
    const end = Promise.withResolvers<void>()
    let late: Promise<unknown> | undefined
    const trx = await db.transaction().execute(async (own) => {
      late = end.promise.then(async () => await add(db, 1))
      late.catch(() => {})
      return own
    })
    end.resolve()
    await expect(late).rejects.toMatchObject({ code: 'DATABASE_TRANSACTION_OVER' })
    const byTrx = trx.insertInto('notes').values({ id: 2, text: 'late' }).execute()
    await expect(byTrx).rejects.toMatchObject({ code: 'DATABASE_TRANSACTION_OVER' })
    expect(await ids(db)).toEqual([])
  })

  it('goes nowhere after a statement failed, as on Postgres', async () => {
    const db = await openNotes()
    const failed = db.transaction().execute(async () => {
      await add(db, 1)
      await add(db, 1).catch(() => {})
      await ids(db)
    })
    await expect(failed).rejects.toMatchObject({ code: 'DATABASE_TRANSACTION_FAILED', cause: { code: 'CONFLICT' } })
    const swallowed = db.transaction().execute(async () => void (await add(db, 'x' as never).catch(() => {})))
    await expect(swallowed).rejects.toMatchObject({ code: 'DATABASE_TRANSACTION_FAILED' })
    expect(await ids(db)).toEqual([])
  })

  it('streams rows, with other queries between them', async () => {
    const db = await openNotes()
    for (const id of [1, 2, 3]) await add(db, id)
    await db.transaction().execute(async () => {
      for await (const { id } of db.selectFrom('notes').select('id').where('id', '<', 10).stream(1))
        await add(db, id + 10)
    })
    expect(await ids(db)).toEqual([1, 2, 3, 11, 12, 13])
  })

  it('says whether there is one', async () => {
    const db = await openNotes()
    expect(db.isTransaction).toBe(false)
    await db.transaction().execute(async (trx) => {
      expect([db.isTransaction, trx.isTransaction, db.outside.isTransaction]).toEqual([true, true, false])
    })
  })

  it('holds for databases of other plugins and tables too', async () => {
    const db = await openNotes()
    const others = [
      db.withPlugin(new CamelCasePlugin()),
      db.withoutPlugins(),
      db.$extendTables<{ more: { id: number } }>(),
    ]
    for (const [index, other] of others.entries()) {
      const undone = other.transaction().execute(async () => {
        await add(db, index)
        throw new Error('undone')
      })
      await expect(undone).rejects.toThrow('undone')
    }
    expect(await ids(db)).toEqual([])
  })
})

describe('transactions inside a transaction', () => {
  it('roll back alone', async () => {
    const db = await openNotes()
    await db.transaction().execute(async () => {
      await add(db, 1)
      const inner = db.transaction().execute(async () => {
        await add(db, 2)
        await add(db, 1)
      })
      await expect(inner).rejects.toMatchObject({ code: 'CONFLICT' })
      await db.transaction().execute(async () => await add(db, 3))
    })
    expect(await ids(db)).toEqual([1, 3])
  })

  it('keep the queries of the outer one out of themselves', async () => {
    const db = await openNotes()
    await db.transaction().execute(async () => {
      const inner = db.transaction().execute(async () => {
        await add(db, 1)
        await add(db, 2)
        throw new Error('undone')
      })
      const outer = add(db, 3)
      await expect(inner).rejects.toThrow('undone')
      await outer
    })
    expect(await ids(db)).toEqual([3])
  })

  it('may be asked through the outer trx, and do not hang', async () => {
    const db = await openNotes()
    await db.transaction().execute(async (trx) => {
      await db.transaction().execute(async () => {
        await trx.insertInto('notes').values({ id: 1, text: 'inner' }).execute()
      })
    })
    expect(await ids(db)).toEqual([1])
  })

  it('have no settings of their own', async () => {
    const db = await openNotes()
    await db.transaction().execute(async () => {
      const inner = db
        .transaction()
        .setAccessMode('read only')
        .execute(async () => {})
      await expect(inner).rejects.toMatchObject({
        code: 'DATABASE_TRANSACTION_SETTINGS',
        data: { settings: 'read only' },
      })
      await add(db, 1)
    })
    expect(await ids(db)).toEqual([1])
  })
})

describe('transactions at once', () => {
  it('see their own db', async () => {
    const db = await openNotes()
    const one = async (id: number) =>
      await db.transaction().execute(async () => {
        await add(db, id)
        await new Promise((resolve) => setTimeout(resolve, 1))
        if (id % 2 === 0) throw new Error('even')
        return await ids(db)
      })
    const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map(one))
    const seen = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : outcome.reason.message))
    expect(seen).toEqual([[1], 'even', [1, 3], 'even', [1, 3, 5]])
  })

  it('of two databases have nothing to do with each other', async () => {
    const [one, two] = [await openNotes(), await openNotes()]
    const undone = one.transaction().execute(async () => {
      await add(one, 1)
      await add(two, 2)
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect([await ids(one), await ids(two)]).toEqual([[], [2]])
  })
})

describe('db.outside', () => {
  it('reads what is committed', async () => {
    const db = await openNotes()
    await db.transaction().execute(async () => {
      await add(db, 1)
      expect(await ids(db.outside)).toEqual([])
      expect(
        await db.outside
          .transaction()
          .setAccessMode('read only')
          .execute(async () => await ids(db)),
      ).toEqual([])
    })
  })

  it('does not wait for the transaction that waits for it: SQLite has one writer', async () => {
    const db = await openNotes()
    const refused = { code: 'DATABASE_OUTSIDE_WRITES' }
    await db.transaction().execute(async () => {
      await expect(add(db.outside, 1)).rejects.toMatchObject(refused)
      await expect(db.outside.transaction().execute(async () => {})).rejects.toMatchObject(refused)
      await db.transaction().execute(async () => await expect(add(db.outside, 1)).rejects.toMatchObject(refused))
      const reading = db.outside.transaction().setAccessMode('read only')
      await reading.execute(async () => await expect(add(db.outside, 1)).rejects.toMatchObject(refused))
    })
    await add(db.outside, 1)
    expect(await ids(db)).toEqual([1])
  })
})

describe('what follows a commit', () => {
  it('is done once the outermost transaction is committed, in order', async () => {
    const db = await openNotes()
    const done: string[] = []
    await db.transaction().execute(async () => {
      await db.afterCommit(async () => {
        await add(db, 2)
        done.push('outer')
      })
      await db.transaction().execute(async () => await db.afterCommit(() => done.push('inner')))
      await db.beforeCommit(async () => {
        await add(db, 1)
        done.push(`before ${await ids(db)}`)
      })
      expect(done).toEqual([])
    })
    await db.afterCommit(() => done.push('at once'))
    expect(done).toEqual(['before 1', 'outer', 'inner', 'at once'])
    expect(await ids(db)).toEqual([1, 2])
  })

  it('is forgotten when it is rolled back, also with a savepoint alone', async () => {
    const db = await openNotes()
    const done: string[] = []
    await db.transaction().execute(async () => {
      const inner = db.transaction().execute(async () => {
        await db.afterCommit(() => done.push('inner'))
        await db.beforeCommit(() => done.push('before inner'))
        throw new Error('undone')
      })
      await expect(inner).rejects.toThrow('undone')
      await db.afterCommit(() => done.push('outer'))
    })
    const outer = db.transaction().execute(async () => {
      await db.afterCommit(() => done.push('undone'))
      throw new Error('undone')
    })
    await expect(outer).rejects.toThrow('undone')
    expect(done).toEqual(['outer'])
  })

  it('cannot undo the commit when it fails', async () => {
    const db = await openNotes()
    const done: string[] = []
    const error = new Error('the listener broke')
    const logged = vi.spyOn(log, 'error').mockReturnValue()
    await db.transaction().execute(async () => {
      await add(db, 1)
      await db.afterCommit(() => {
        throw error
      })
      await db.afterCommit(() => done.push('the next'))
    })
    expect([await ids(db), done]).toEqual([[1], ['the next']])
    expect(logged.mock.calls).toEqual([['What was to follow a commit failed.', { error }]])
    logged.mockRestore()
  })
})

describe('a transaction that does nothing', () => {
  afterEach(() => void vi.useRealTimers())

  it('for a minute is ended, as on Postgres: nobody else could write', async () => {
    const db = await openNotes()
    const warn = vi.spyOn(log, 'warn').mockImplementation(() => {})
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const [asked, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const hung = db.transaction().execute(async () => {
      await add(db, 1)
      vi.advanceTimersByTime(59_000)
      await db.transaction().execute(async () => await add(db, 2))
      vi.advanceTimersByTime(59_000)
      expect(await ids(db)).toEqual([1, 2])
      asked.resolve()
      await end.promise
    })
    await asked.promise
    vi.advanceTimersByTime(60_000)
    const forgotten = await db.startTransaction().execute()
    await forgotten.insertInto('notes').values({ id: 3, text: 'note' }).execute()
    vi.advanceTimersByTime(60_000)
    await add(db, 4)
    end.resolve()
    await expect(hung).rejects.toMatchObject({ code: 'DATABASE_TRANSACTION_IDLE' })
    await expect(forgotten.commit().execute()).rejects.toMatchObject({ code: 'DATABASE_TRANSACTION_IDLE' })
    expect(await ids(db)).toEqual([4])
    expect(warn).toHaveBeenCalledTimes(2)
    warn.mockRestore()
  })

  it('has its next query refused', async () => {
    const db = await openNotes()
    const warn = vi.spyOn(log, 'warn').mockImplementation(() => {})
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const hung = db.transaction().execute(async () => {
      await add(db, 1)
      vi.advanceTimersByTime(60_000)
      await db.transaction().execute(async () => await add(db, 2))
    })
    await expect(hung).rejects.toMatchObject({ code: 'DATABASE_TRANSACTION_IDLE' })
    await add(db, 3)
    expect(await ids(db)).toEqual([3])
    warn.mockRestore()
  })
})

describe('a database that is closed', () => {
  it('ends what goes on before, and begins nothing more', async () => {
    const db = await openNotes()
    const begun = Promise.withResolvers<void>()
    const going = db.transaction().execute(async () => {
      await add(db, 1)
      begun.resolve()
      await new Promise(setImmediate)
      return await ids(db)
    })
    await begun.promise
    const waiting = add(db, 2)
    const closed = db.destroy()
    await expect(waiting).rejects.toMatchObject({ code: 'DATABASE_CLOSED' })
    expect(await going).toEqual([1])
    await closed
  })
})

describe('startTransaction', () => {
  it('is ended by hand, with savepoints', async () => {
    const db = await openNotes()
    const trx = await db.startTransaction().execute()
    await trx.insertInto('notes').values({ id: 1, text: 'kept' }).execute()
    const inner = await trx.savepoint('one').execute()
    await inner.insertInto('notes').values({ id: 2, text: 'undone' }).execute()
    const back = await inner.rollbackToSavepoint('one').execute()
    await back.insertInto('notes').values({ id: 3, text: 'kept' }).execute()
    await back.releaseSavepoint('one').execute()
    expect(await ids(db)).toEqual([])
    await trx.commit().execute()
    expect(await ids(db)).toEqual([1, 3])
    const undone = await db.startTransaction().execute()
    await undone.insertInto('notes').values({ id: 4, text: 'undone' }).execute()
    await undone.rollback().execute()
    expect(await ids(db)).toEqual([1, 3])
  })

  it('is refused inside a transaction', async () => {
    const db = await openNotes()
    await db.transaction().execute(async () => {
      expect(() => db.startTransaction()).toThrow(expect.objectContaining({ code: 'DATABASE_TRANSACTION_INSIDE' }))
    })
  })
})

describe('connection', () => {
  it('is the connection of db while it is used', async () => {
    const db = await openNotes()
    await db.connection().execute(async (one) => {
      await sql`create temp table mine (id integer)`.execute(one)
      await sql`insert into mine values (1)`.execute(db)
      await db.transaction().execute(async () => await add(db, 1))
      expect((await sql`select * from mine`.execute(db)).rows).toEqual([{ id: 1 }])
      await sql`drop table mine`.execute(one)
    })
    expect(await ids(db)).toEqual([1])
  })
})
