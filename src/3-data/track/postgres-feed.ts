// Postgres: processes hear of each other by NOTIFY, which is a part of the transaction that it tells of: the server hands
// it out when that is committed, in the order of commits, and to those who see what was written.
// https://www.postgresql.org/docs/current/sql-notify.html
import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Client } from 'pg'
import { type Feed, type Hearing, hearBoth } from './feed.ts'
import { RowSet, type RowSetJson } from './row-set.ts'

/** Who told, and of which rows. Triggers do so in the name of nobody. */
type Message = readonly [origin: string | null, rows: RowSetJson]

/** Where messages go. */
export const CHANNEL = 'layer9'

/** The setting of connections that tell of what they write. */
export const TELLS = 'layer9.tells'

/** Bytes of a message: the server takes less than 8000. */
const MOST_BYTES = 7900

/** Milliseconds: between looks whether the connection lives, and before a server is called again. */
const HEARTBEAT = 15_000
const PAUSE = 200

/** What pg's types leave out. */
type Reffable = Client & { ref(): void; unref(): void }

/** What is heard of a Postgres database. */
export class PostgresFeed implements Feed {
  readonly #connect: () => Promise<Client>
  readonly #own = randomUUID()
  #hearing: Hearing | undefined
  #client: Client | undefined
  #isClosed = false

  /** Takes a function that opens a connection of its own. */
  constructor(connect: () => Promise<Client>) {
    this.#connect = connect
  }

  get isOpen(): boolean {
    return this.#client !== undefined
  }

  async open(hearing: Hearing): Promise<void> {
    this.#hearing = hearing
    await this.#listen(() => {})
  }

  /** The server tells by itself. */
  refresh(): void {}

  watch(): () => void {
    return () => {}
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const client = this.#client as Reffable | undefined
    // Whoever waits for the end is to live to see it.
    client?.ref()
    await client?.end()
  }

  /** The statement that tells of writes. */
  notify(writes: RowSet): string {
    return `notify ${CHANNEL}, ${quote(this.#toMessage(writes))}`
  }

  /** Something was committed, or may have been, on a connection that broke. The message comes by itself. */
  committed(rows: RowSet): void {
    this.#hearing?.moved(rows)
  }

  #toMessage(writes: RowSet): string {
    const whole = new RowSet()
    for (const table of writes.tables) whole.addTable(table)
    for (const rows of [writes, whole]) {
      const text = JSON.stringify([this.#own, rows])
      if (Buffer.byteLength(text) <= MOST_BYTES) return text
    }
    return JSON.stringify([this.#own, 0])
  }

  /** Listens. What is to be known before anybody relies on it is told by `catchUp`. */
  async #listen(catchUp: () => void): Promise<void> {
    const client = await this.#connect()
    client.on('notification', ({ payload = '' }) => this.#hear(payload))
    const beat = setInterval(() => void this.#look(client), HEARTBEAT).unref()
    client.once('end', () => {
      clearInterval(beat)
      if (this.#client !== client) return
      this.#client = undefined
      if (!this.#isClosed) void this.#listenAgain()
    })
    await client.query(`listen ${CHANNEL}`)
    // Who only listens does not keep a process alive.
    ;(client as Reffable).unref()
    catchUp()
    this.#client = client
  }

  /** Nothing is known of what happened meanwhile. */
  async #listenAgain(): Promise<void> {
    while (!this.#isClosed) {
      try {
        await this.#listen(() => hearBoth(this.#hearing!, RowSet.everything()))
        return
      } catch {
        await setTimeout(PAUSE, undefined, { ref: false })
      }
    }
  }

  /** A connection whose other end is gone without a word looks like one on which nothing happens. */
  async #look(client: Client): Promise<void> {
    // To listen twice is to listen once.
    const answer = client.query(`listen ${CHANNEL}`).then(
      () => true,
      () => false,
    )
    const isThere = await Promise.race([answer, setTimeout(HEARTBEAT / 2, false, { ref: false })])
    // It says that it has ended, and is replaced.
    if (!isThere) client.connection.stream.destroy()
  }

  #hear(payload: string): void {
    const hearing = this.#hearing!
    let rows = RowSet.everything()
    let origin: string | null = null
    try {
      const [from, told] = JSON.parse(payload) as Message
      origin = from
      rows = RowSet.fromJson(told)
    } catch {
      // Somebody else's message on this channel may mean anything.
    }
    // What this process has written has moved when it was committed.
    if (origin !== this.#own) hearing.moved(rows)
    hearing.told(rows)
  }
}

/** A text in SQL, whatever the server takes a backslash for. */
function quote(text: string): string {
  return ` E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}
