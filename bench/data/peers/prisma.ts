// Prisma 7, whose queries are compiled in WebAssembly, over its adapters for better-sqlite3 and pg.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { PrismaPg } from '@prisma/adapter-pg'
import { createId } from '../../../src/1-contracts/index.ts'
import type { Open } from '../candidate.ts'
import { fill as fillPostgres } from '../pg.ts'
import type { Post } from '../rows.ts'
import { fill as fillSqlite } from './better-sqlite3.ts'

const folder = join(import.meta.dirname, 'prisma')

/** Makes the client of a schema. Prisma loads an engine for migrations meanwhile, which nothing here asks: any file does. */
function generate(name: string): void {
  const program = join(import.meta.dirname, '../../node_modules/prisma/build/index.js')
  const args = [program, 'generate', '--schema', join(folder, `schema.${name}.prisma`)]
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' }
  const { status, stderr, stdout } = spawnSync(process.execPath, args, { env, encoding: 'utf8', cwd: folder })
  if (status !== 0) throw new Error(`prisma generate failed: ${stderr}${stdout}`)
}

export const open: Open = async (url, rows) => {
  const isPostgres = url.startsWith('postgres')
  if (isPostgres) await fillPostgres(url, rows)
  else fillSqlite(url, rows).close()
  const name = isPostgres ? 'postgres' : 'sqlite'
  generate(name)
  const { PrismaClient } = await import(join(folder, 'generated', name, 'client.ts'))
  const adapter = isPostgres
    ? new PrismaPg({ connectionString: url })
    : new PrismaBetterSqlite3({ url: `file:${url}` }, { timestampFormat: 'unixepoch-ms' })
  const prisma = new PrismaClient({ adapter })
  if (!isPostgres) await prisma.$queryRawUnsafe('pragma synchronous = normal')
  const insertWith = async (client: typeof prisma, post: Omit<Post, 'id'>) =>
    (await client.posts.create({ data: { id: createId(), ...post }, select: { id: true } })).id
  return {
    insert: async (post) => await insertWith(prisma, post),
    key: async (id) => await prisma.posts.findUnique({ where: { id } }),
    list: async (size) => await prisma.posts.findMany({ orderBy: { createdAt: 'desc' }, take: size }),
    join: async (authorId) =>
      await prisma.posts.findMany({
        where: { authorId },
        select: { id: true, title: true, createdAt: true, author: { select: { name: true } } },
        orderBy: { createdAt: 'desc' },
        take: 20,
      }),
    update: async (id, title, votes) => await prisma.posts.updateMany({ where: { id }, data: { title, votes } }),
    transaction: async (post, id, votes) =>
      await prisma.$transaction(async (tx: typeof prisma) => {
        await insertWith(tx, post)
        await tx.posts.updateMany({ where: { id }, data: { votes } })
        return await tx.posts.findUnique({ where: { id } })
      }),
    plain: (result) =>
      Array.isArray(result)
        ? result.map(({ author, ...row }) => (author ? { ...row, name: author.name } : row))
        : result,
    close: async () => await prisma.$disconnect(),
  }
}
