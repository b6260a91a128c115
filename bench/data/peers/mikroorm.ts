// MikroORM by the ways that its documentation calls its fast ones: `insert` and `nativeUpdate` instead of the unit of
// work, and reads without an identity map.
import { defineEntity, MikroORM as PostgresORM } from '@mikro-orm/postgresql'
import { MikroORM as SqliteORM } from '@mikro-orm/sqlite'
import { createId } from '../../../src/1-contracts/index.ts'
import type { Open } from '../candidate.ts'
import { fill as fillPostgres } from '../pg.ts'
import type { Post as PostRow } from '../rows.ts'
import { fill as fillSqlite } from './better-sqlite3.ts'

const define = (isPostgres: boolean) => {
  const User = defineEntity({
    name: 'User',
    tableName: 'users',
    properties: (p) => ({ id: isPostgres ? p.uuid().primary() : p.string().primary(), name: p.text() }),
  })
  const Post = defineEntity({
    name: 'Post',
    tableName: 'posts',
    properties: (p) => ({
      id: isPostgres ? p.uuid().primary() : p.string().primary(),
      author: () => p.manyToOne(User).fieldName('authorId'),
      title: p.text(),
      body: p.text(),
      isPinned: p.boolean().fieldName('isPinned'),
      votes: p.integer(),
      createdAt: p.datetime(3).fieldName('createdAt'),
    }),
  })
  return { User, Post }
}

export const open: Open = async (url, rows) => {
  const isPostgres = url.startsWith('postgres')
  const { User, Post } = define(isPostgres)
  const options = { entities: [User, Post], debug: false } as const
  if (isPostgres) await fillPostgres(url, rows)
  else fillSqlite(url, rows).close()
  const orm = isPostgres
    ? await PostgresORM.init({ ...options, clientUrl: url })
    : await SqliteORM.init({ ...options, dbName: url })
  if (!isPostgres) {
    await orm.em.getConnection().execute('pragma synchronous = normal')
    await orm.em.getConnection().execute('pragma foreign_keys = on')
  }
  // biome-ignore lint/suspicious/noExplicitAny: the managers of the two packages are of two types
  const fork = (): any => orm.em.fork()
  const lean = { disableIdentityMap: true }
  const toData = ({ authorId, ...post }: Omit<PostRow, 'id'>) => ({ id: createId(), author: authorId, ...post })
  const flat = (row: Record<string, unknown> & { author: { id: string; name?: string } }) => {
    const { author, ...rest } = row
    return author.name === undefined ? { ...rest, authorId: author.id } : { ...rest, name: author.name }
  }
  return {
    insert: async (post) => await fork().insert(Post, toData(post)),
    key: async (id) => await fork().findOne(Post, id, lean),
    list: async (size) => await fork().find(Post, {}, { ...lean, orderBy: { createdAt: 'desc' }, limit: size }),
    join: async (authorId) =>
      await fork().find(
        Post,
        { author: authorId },
        {
          ...lean,
          fields: ['id', 'title', 'createdAt', 'author.name'],
          populate: ['author'],
          strategy: 'joined',
          orderBy: { createdAt: 'desc' },
          limit: 20,
        },
      ),
    update: async (id, title, votes) => await fork().nativeUpdate(Post, { id }, { title, votes }),
    transaction: async (post, id, votes) =>
      // biome-ignore lint/suspicious/noExplicitAny: as above
      await fork().transactional(async (em: any) => {
        await em.insert(Post, toData(post))
        await em.nativeUpdate(Post, { id }, { votes })
        return await em.findOne(Post, id, lean)
      }),
    plain: (result) =>
      JSON.parse(JSON.stringify(result), (key, value) => {
        if (key === 'createdAt') return new Date(value)
        if (typeof value !== 'object' || value === null || !('author' in value)) return value
        return flat(typeof value.author === 'string' ? { ...value, author: { id: value.author } } : value)
      }),
    close: async () => await orm.close(),
  }
}
