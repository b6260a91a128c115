// Transactions: a level for each, the outermost on a connection of its own, inner ones as savepoints. A level serialises
// what is asked of it, so that queries at once never meet half of each other, and knows when it is over.
import type { CompiledQuery, TransactionSettings } from 'kysely'
import { log } from '../2-platform/index.ts'
import type { Held, Result, Results } from './engine.ts'
import { databaseErrors, quoteStatement } from './errors.ts'
import { ensureAccess, findAccess } from './track/access.ts'
import type { Changes } from './track/changes.ts'
import type { Reading } from './track/reading.ts'
import { RowSet } from './track/row-set.ts'
import { Turns } from './turns.ts'

/** What is to be done at a commit. */
export type CommitHook = () => unknown

/** Where a level is opened. */
interface LevelPlaces {
  readonly parent?: Level | undefined
  readonly origin?: Level | undefined
  /** Where reads are told, of a database that tells of changes. */
  readonly changes?: Changes | undefined
}

/** A connection that is held (depth 0), a transaction on it (1), or a savepoint in that (2 and more). */
export class Level {
  readonly held: Held
  readonly parent: Level | undefined
  readonly depth: number
  /** The level from which this one was opened through `db.outside`: it waits until this one ends. */
  readonly origin: Level | undefined
  /** What was followed when the outermost level was opened. */
  readonly followedBy: Reading | undefined
  readonly #changes: Changes | undefined
  readonly #turns = new Turns()
  /** Whether it takes no more statements; and whether its commit or rollback is done too. */
  #over = false
  #left = false
  /** The first statement that failed: as on Postgres, nothing comes after it but the rollback. */
  #failure: { readonly error: unknown } | undefined
  #before: CommitHook[] = []
  #after: CommitHook[] = []
  /** What it has written. One that only reads writes nothing, whatever its statements look like. */
  readonly #writes = new RowSet()
  #isReadOnly = false

  constructor(held: Held, { parent, origin, changes }: LevelPlaces = {}) {
    this.held = held
    this.parent = parent
    this.origin = origin
    this.depth = parent ? parent.depth + 1 : 0
    this.#changes = parent ? parent.#changes : changes
    this.followedBy = parent ? parent.followedBy : changes?.reading
    this.#isReadOnly = parent ? parent.#isReadOnly : false
  }

  /** Whether something was written in this transaction, and not undone. */
  get hasWritten(): boolean {
    return !this.#writes.isEmpty || (this.parent?.hasWritten ?? false)
  }

  /** Adds to what this transaction writes. */
  wrote(rows: RowSet): void {
    if (!this.#isReadOnly) this.#writes.add(rows)
  }

  /** Whether this level is the other one, or lies inside it. */
  isWithin(other: Level): boolean {
    return this === other || (this.parent?.isWithin(other) ?? false)
  }

  /** The connections that wait until this level ends: its own, and those of the levels around it. */
  heldAround(): Held[] {
    if (this.#over) return []
    return [this.held, ...((this.parent ?? this.origin)?.heldAround() ?? [])]
  }

  async execute(query: CompiledQuery): Promise<Result> {
    return await this.#turns.run(async () => {
      this.#check(query.sql)
      const asked = this.#note(query)
      const result = await this.#watch(() => this.held.execute(asked))
      this.#noteWrites(asked)
      return result
    })
  }

  /** Notes what a statement reads. It is asked with what it writes, which a connection outside of transactions tells of. */
  #note(query: CompiledQuery): CompiledQuery {
    if (!this.#changes) return query
    const asked = ensureAccess(query)
    this.#changes.read(findAccess(asked)!, this.depth > 0 ? this : undefined)
    return asked
  }

  #noteWrites(asked: CompiledQuery): void {
    const access = this.depth > 0 ? findAccess(asked) : undefined
    if (access?.isWrite) this.wrote(access.writes)
  }

  /** Rows in pieces. A turn is taken for each piece alone, so that other queries may run while rows are looked at. */
  async *stream(query: CompiledQuery, chunkSize: number): Results {
    const asked = this.#note(query)
    this.#noteWrites(asked)
    const results = this.held.stream(asked, chunkSize)
    try {
      while (true) {
        const { done, value } = await this.#turns.run(async () => {
          this.#check(query.sql)
          return await this.#watch(() => results.next())
        })
        if (done) return
        yield value
      }
    } finally {
      await this.#turns.run(() => results.return?.())
    }
  }

  /** Begins a transaction in this level, which waits meanwhile: on a connection the outermost, else a savepoint. */
  async begin(settings: TransactionSettings = {}): Promise<Level> {
    const named = [settings.isolationLevel, settings.accessMode].filter(Boolean).join(', ')
    if (named && this.depth > 0) throw databaseErrors.DATABASE_TRANSACTION_SETTINGS({ settings: named })
    await this.#turns.take()
    try {
      this.#check('begin')
      const inner = new Level(this.held, { parent: this })
      inner.#isReadOnly ||= settings.accessMode === 'read only'
      if (inner.depth === 1) await this.held.begin(settings)
      else await this.#watch(() => this.held.command(`savepoint ${inner.#name}`))
      return inner
    } catch (error) {
      this.#turns.pass()
      throw error
    }
  }

  /** Ends it well. What it gathered is the parent's now. */
  async commit(): Promise<void> {
    if (this.depth === 1 && !this.#failure) for (const hook of this.#before) await hook()
    await this.end()
    if (this.#failure) throw toFailed(this.#failure.error)
    if (this.depth === 1) await this.held.commit(this.#writes)
    else await this.held.command(`release savepoint ${this.#name}`)
    const { parent } = this
    if (parent && this.depth > 1) parent.#writes.add(this.#writes)
    this.#leave()
    if (!parent) return
    if (this.depth > 1) parent.#before.push(...this.#before)
    parent.#after.push(...this.#after)
  }

  /** Undoes it. A connection on which even that fails is given up. */
  async rollback(): Promise<void> {
    if (this.#left) return
    await this.end()
    try {
      if (this.depth === 1) await this.held.command('rollback')
      else for (const verb of ['rollback to', 'release']) await this.held.command(`${verb} savepoint ${this.#name}`)
    } catch (error) {
      this.parent?.fail(error)
    }
    this.#leave()
  }

  /** Takes no more: what was asked before is waited for, awaited or not, and what comes later is an error. */
  async end(): Promise<void> {
    await this.#turns.run(() => {
      this.#over = true
    })
  }

  get hasFailed(): boolean {
    return this.#failure !== undefined
  }

  /** Remembers that nothing can come any more but the end. */
  fail(error: unknown): void {
    this.#failure ??= { error }
  }

  /** Something to do inside the transaction, right before the outermost commit. A rollback forgets it. */
  beforeCommit(hook: CommitHook): void {
    this.#before.push(hook)
  }

  /** Something to do when the outermost transaction is committed. A rollback forgets it. */
  afterCommit(hook: CommitHook): void {
    this.#after.push(hook)
  }

  get #name(): string {
    return `layer9_${this.depth}`
  }

  #leave(): void {
    this.#left = true
    if (this.parent) this.parent.#turns.pass()
  }

  /**
   * Does what was to follow the commits on this connection (depth 0), which is released before, so that it may write.
   * The rows are written: what fails now fails for itself, and is told to the log alone.
   */
  async publish(): Promise<void> {
    for (const hook of this.#after.splice(0)) {
      try {
        await hook()
      } catch (error) {
        log.error('What was to follow a commit failed.', { error })
      }
    }
  }

  #check(sql: string): void {
    if (this.#over) throw databaseErrors.DATABASE_TRANSACTION_OVER({ statement: quoteStatement(sql) })
    if (this.#failure && this.depth > 0) throw toFailed(this.#failure.error)
  }

  async #watch<Value>(work: () => Promise<Value>): Promise<Value> {
    try {
      return await work()
    } catch (error) {
      if (this.depth > 0) this.fail(error)
      throw error
    }
  }
}

const toFailed = (error: unknown): Error =>
  databaseErrors.DATABASE_TRANSACTION_FAILED(
    { reason: error instanceof Error ? error.message : String(error) },
    { cause: error },
  )
