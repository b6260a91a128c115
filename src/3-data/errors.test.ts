import { describe, expect, it } from 'vitest'
import { catalogue, type Layer9Error } from '../1-contracts/index.ts'
import { databaseErrors, quoteStatement } from './errors.ts'

/** What each error is made with, and what of that a reader is to find in it. */
const samples: { readonly [Code in keyof typeof databaseErrors & string]: readonly [Layer9Error, ...string[]] } = {
  DATABASE_URL_INVALID: [databaseErrors.DATABASE_URL_INVALID({ url: 'x:y', reason: 'why' }), 'x:y', 'why'],
  DATABASE_PACKAGE_MISSING: [databaseErrors.DATABASE_PACKAGE_MISSING({ package: 'pg' }), '"pg"', 'npm install pg'],
  DATABASE_UNREACHABLE: [databaseErrors.DATABASE_UNREACHABLE({ where: 'there', reason: 'why' }), 'there', 'why'],
  DATABASE_CONNECTION_LOST: [databaseErrors.DATABASE_CONNECTION_LOST({ statement: 'select 1' }), 'select 1'],
  DATABASE_BUSY: [databaseErrors.DATABASE_BUSY({ seconds: 5, what: 'somebody writes' }), '5 s', 'somebody writes'],
  DATABASE_VALUES: [databaseErrors.DATABASE_VALUES({ count: 9, most: 8, statement: 'select 1' }), '9', '8', 'select 1'],
  DATABASE_TIMEOUT: [databaseErrors.DATABASE_TIMEOUT({ seconds: 5, statement: 'select 1' }), '5 s', 'select 1'],
  DATABASE_CLOSED: [databaseErrors.DATABASE_CLOSED(), 'closed'],
  DATABASE_READ_ONLY: [databaseErrors.DATABASE_READ_ONLY({ statement: 'delete' }), 'delete', 'read only'],
  DATABASE_LACKS: [databaseErrors.DATABASE_LACKS({ reason: 'no such table: posts' }), 'posts', 'layer9 db migrate'],
  DATABASE_OUTSIDE_WRITES: [databaseErrors.DATABASE_OUTSIDE_WRITES({ statement: 'delete' }), 'delete', 'db.outside'],
  DATABASE_TRANSACTION_OVER: [databaseErrors.DATABASE_TRANSACTION_OVER({ statement: 'select 1' }), 'select 1'],
  DATABASE_TRANSACTION_FAILED: [databaseErrors.DATABASE_TRANSACTION_FAILED({ reason: 'why' }), 'why'],
  DATABASE_TRANSACTION_IDLE: [databaseErrors.DATABASE_TRANSACTION_IDLE({ seconds: 60 }), '60 s'],
  DATABASE_TRANSACTION_SETTINGS: [
    databaseErrors.DATABASE_TRANSACTION_SETTINGS({ settings: 'serializable' }),
    'serializable',
  ],
  DATABASE_TRANSACTION_INSIDE: [databaseErrors.DATABASE_TRANSACTION_INSIDE(), 'startTransaction()'],
  DATABASE_NULL: [databaseErrors.DATABASE_NULL({ table: 'posts', columns: ['title'] }), '"posts"', 'title'],
  DATABASE_CHECK: [databaseErrors.DATABASE_CHECK({ table: 'posts', rule: 'short' }), '"posts"', '"short"'],
}

describe('errors', () => {
  it('have a code, the value and a fix', () => {
    expect(Object.keys(samples)).toEqual(Object.keys(databaseErrors[catalogue]))
    for (const [code, [error, ...parts]] of Object.entries(samples)) {
      expect(error.code).toBe(code)
      expect(error.fix).toMatch(/^\S.*[.…]$|^Run: /)
      for (const part of parts) expect(`${error.message} ${error.fix}`).toContain(part)
    }
  })

  it('quote the beginning of a statement alone', () => {
    expect(quoteStatement('select 1')).toBe('select 1')
    expect(quoteStatement('x'.repeat(300))).toBe(`${'x'.repeat(200)}…`)
  })
})
