// What is measured: the same six things, however a candidate does them.
import type { Post, User } from './rows.ts'

/** The things that are done, each once a call. What is synchronous by nature may be so here. */
export interface Candidate {
  /** Inserts a post and gives its id. */
  insert(post: Omit<Post, 'id'>): unknown
  /** The post of an id, with all columns. */
  key(id: string): unknown
  /** So many of the newest posts, with all columns. */
  list(size: number): unknown
  /** Id, title, moment and author's name of the newest 20 posts of a writer. */
  join(authorId: string): unknown
  /** Sets title and votes of a post. */
  update(id: string, title: string, votes: number): unknown
  /** In one transaction: inserts a post, sets the votes of another, reads that. Gives the other. */
  transaction(post: Omit<Post, 'id'>, id: string, votes: number): unknown
  /** A result as the plain objects of rows.ts; it is no part of what is measured. Default: it is that already. */
  plain?(result: unknown): unknown
  close(): unknown
}

/** Opens a candidate on an empty database, and fills it. */
export type Open = (url: string, rows: { users: readonly User[]; posts: readonly Post[] }) => Promise<Candidate>

/** The tables as one would write them by hand, for who does not make its own. */
export const statements = {
  sqlite: `
    create table "users" ("id" text primary key not null, "name" text not null) strict;
    create table "posts" (
      "id" text primary key not null, "authorId" text not null references "users" ("id"), "title" text not null,
      "body" text not null, "isPinned" integer not null, "votes" integer not null, "createdAt" integer not null
    ) strict;`,
  postgres: `
    create table "users" ("id" uuid primary key, "name" text not null);
    create table "posts" (
      "id" uuid primary key, "authorId" uuid not null references "users" ("id"), "title" text not null,
      "body" text not null, "isPinned" boolean not null, "votes" integer not null, "createdAt" timestamptz(3) not null
    );`,
  indexes: `
    create index "posts_createdAt" on "posts" ("createdAt");
    create index "posts_authorId" on "posts" ("authorId", "createdAt");`,
}

/** The settings of SQLite that the framework has, for all others. */
export const settings =
  'pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on; pragma case_sensitive_like = on'

/** The statements of those who write SQL; `$` stands for a parameter. */
export const sql = {
  insertUser: 'insert into "users" ("id", "name") values ($, $)',
  insert:
    'insert into "posts" ("id", "authorId", "title", "body", "isPinned", "votes", "createdAt") values ($, $, $, $, $, $, $) returning "id"',
  key: 'select "id", "authorId", "title", "body", "isPinned", "votes", "createdAt" from "posts" where "id" = $',
  list: 'select "id", "authorId", "title", "body", "isPinned", "votes", "createdAt" from "posts" order by "createdAt" desc limit $',
  join: 'select "posts"."id", "title", "createdAt", "name" from "posts" inner join "users" on "users"."id" = "posts"."authorId" where "authorId" = $ order by "createdAt" desc limit 20',
  update: 'update "posts" set "title" = $, "votes" = $ where "id" = $',
  vote: 'update "posts" set "votes" = $ where "id" = $',
}

/** A statement with the parameters of a database: `?` of SQLite, `$1` of Postgres. */
export function written(name: keyof typeof sql, dialect: 'sqlite' | 'postgres'): string {
  let place = 0
  return sql[name].replaceAll('$', () => (dialect === 'sqlite' ? '?' : `$${++place}`))
}
