// An engine as Kysely's own parts want to see it: a dialect, and a driver for transactions that are ended by hand.
import type { Dialect, Driver, TransactionSettings } from 'kysely'
import type { Engine } from './engine.ts'
import { HeldConnection } from './route.ts'

/** The dialect, for the introspector and for what else Kysely asks of it. */
export const toDialect = (engine: Engine): Dialect => ({
  createDriver: () => toDriver(engine),
  createQueryCompiler: () => engine.compiler,
  createAdapter: () => engine.adapter,
  createIntrospector: (db) => engine.createIntrospector(db),
})

/** The driver. Connections come by the routes, so that it is asked for the beginnings and ends of transactions alone. */
export const toDriver = (engine: Engine): Driver => ({
  init: async () => {},
  acquireConnection: async () => {
    throw new TypeError('A connection was asked for by a way that Database does not have.')
  },
  releaseConnection: async () => {},
  beginTransaction: async (connection, settings: TransactionSettings) => await toHeld(connection).begin(settings),
  commitTransaction: async (connection) => await toHeld(connection).end('commit'),
  rollbackTransaction: async (connection) => await toHeld(connection).end('rollback'),
  savepoint: async (connection, name) => await toHeld(connection).begin({}, name),
  releaseSavepoint: async (connection, name) => await toHeld(connection).end('commit', name),
  rollbackToSavepoint: async (connection, name) => {
    // SQL keeps a savepoint to which was rolled back.
    await toHeld(connection).end('rollback', name)
    await toHeld(connection).begin({}, name)
  },
  destroy: async () => await engine.close(),
})

/** Only `startTransaction` leads here, and its connections are held ones. */
function toHeld(connection: unknown): HeldConnection {
  if (connection instanceof HeldConnection) return connection
  throw new TypeError('This transaction was begun by a way that Database does not have.')
}
