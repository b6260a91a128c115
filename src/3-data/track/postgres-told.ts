// A statement of Postgres with the message about it, sent in one go. What comes before the end of such a batch ("Sync") is
// one transaction: both are done, or neither. https://www.postgresql.org/docs/current/protocol-flow.html, "Pipelining"
import type { Connection, Query, QueryConfig, QueryResult } from 'pg'

/** The parts of pg's query that its types leave out. */
type Extended = Query & {
  prepare(connection: Connection): void
  handleCommandComplete(message: unknown, connection: Connection): void
}

/** The same of its connection, whose types still have a parameter that it has not. */
interface Steps {
  parse(step: { text: string }): void
  bind(step: object): void
  execute(step: object): void
}

/** What may be in a batch: others must be alone, or are several statements, which only the simple protocol takes. */
export function canBeTold(sql: string, hasValues: boolean): boolean {
  return /^\s*(?:insert|update|delete|merge|with|select|truncate)\b/i.test(sql) && (hasValues || !sql.includes(';'))
}

/** What runs such a batch. */
export interface TellingClient {
  query(query: Query): unknown
}

/** Sends a message and then a statement, and gives what the statement gave. */
export async function sendTold(
  client: TellingClient,
  PgQuery: typeof Query,
  { sql, values, notify }: { sql: string; values: unknown[]; notify: string },
): Promise<QueryResult> {
  return await new Promise((resolve, reject) => {
    const config: QueryConfig & { queryMode: 'extended' } = { text: sql, values, queryMode: 'extended' }
    const query = new PgQuery(config, (error: Error | null | undefined, result: unknown) => {
      if (error) reject(error)
      else resolve(result as QueryResult)
    }) as Extended
    const { prepare, handleCommandComplete } = query
    query.prepare = (connection) => {
      const steps = connection as unknown as Steps
      steps.parse({ text: notify })
      steps.bind({})
      steps.execute({})
      prepare.call(query, connection)
    }
    let isTold = false
    query.handleCommandComplete = (message, connection) => {
      if (isTold) handleCommandComplete.call(query, message, connection)
      // The first is that of the message.
      isTold = true
    }
    client.query(query)
  })
}
