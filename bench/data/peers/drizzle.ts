// Drizzle, as its documentation shows it: over better-sqlite3, and over a pool of pg.
import { desc, eq } from 'drizzle-orm'
import { drizzle as overSqlite } from 'drizzle-orm/better-sqlite3'
import { drizzle as overPg } from 'drizzle-orm/node-postgres'
import { boolean, integer as pgInteger, pgTable, text as pgText, timestamp, uuid } from 'drizzle-orm/pg-core'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import pg from 'pg'
import { createId } from '../../../src/1-contracts/index.ts'
import type { Candidate, Open } from '../candidate.ts'
import { fill as fillPostgres } from '../pg.ts'
import { fill as fillSqlite } from './better-sqlite3.ts'

const sqlite = {
  users: sqliteTable('users', { id: text().primaryKey(), name: text().notNull() }),
  posts: sqliteTable('posts', {
    id: text().primaryKey(),
    authorId: text().notNull(),
    title: text().notNull(),
    body: text().notNull(),
    isPinned: integer({ mode: 'boolean' }).notNull(),
    votes: integer().notNull(),
    createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
  }),
}

const postgres = {
  users: pgTable('users', { id: uuid().primaryKey(), name: pgText().notNull() }),
  posts: pgTable('posts', {
    id: uuid().primaryKey(),
    authorId: uuid().notNull(),
    title: pgText().notNull(),
    body: pgText().notNull(),
    isPinned: boolean().notNull(),
    votes: pgInteger().notNull(),
    createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
  }),
}

/** Both dialects have the same builder, of other types. */
// biome-ignore lint/suspicious/noExplicitAny: as said
function candidate(db: any, { users, posts }: typeof sqlite): Omit<Candidate, 'transaction' | 'close'> {
  return {
    insert: async (post) =>
      (
        await db
          .insert(posts)
          .values({ id: createId(), ...post })
          .returning({ id: posts.id })
      )[0].id,
    key: async (id) => (await db.select().from(posts).where(eq(posts.id, id)))[0],
    list: async (size) => await db.select().from(posts).orderBy(desc(posts.createdAt)).limit(size),
    join: async (authorId) =>
      await db
        .select({ id: posts.id, title: posts.title, createdAt: posts.createdAt, name: users.name })
        .from(posts)
        .innerJoin(users, eq(users.id, posts.authorId))
        .where(eq(posts.authorId, authorId))
        .orderBy(desc(posts.createdAt))
        .limit(20),
    update: async (id, title, votes) => await db.update(posts).set({ title, votes }).where(eq(posts.id, id)),
  }
}

export const open: Open = async (url, rows) => {
  if (url.startsWith('postgres')) {
    await fillPostgres(url, rows)
    const pool = new pg.Pool({ connectionString: url })
    const db = overPg(pool)
    const { posts } = postgres
    return {
      ...candidate(db, postgres as never),
      transaction: async (post, id, votes) =>
        await db.transaction(async (tx) => {
          await tx
            .insert(posts)
            .values({ id: createId(), ...post })
            .returning({ id: posts.id })
          await tx.update(posts).set({ votes }).where(eq(posts.id, id))
          return (await tx.select().from(posts).where(eq(posts.id, id)))[0]
        }),
      close: async () => await pool.end(),
    }
  }
  const client = fillSqlite(url, rows)
  const db = overSqlite(client)
  const { posts } = sqlite
  return {
    ...candidate(db, sqlite),
    // Over better-sqlite3 a transaction of Drizzle is synchronous.
    transaction: (post, id, votes) =>
      db.transaction(
        (tx) => {
          tx.insert(posts)
            .values({ id: createId(), ...post })
            .returning({ id: posts.id })
            .get()
          tx.update(posts).set({ votes }).where(eq(posts.id, id)).run()
          return tx.select().from(posts).where(eq(posts.id, id)).get()
        },
        { behavior: 'immediate' },
      ),
    close: () => client.close(),
  }
}
