// A real Postgres: a server of our own on a free port of this machine, with its data in a temporary folder.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { findPostgres, findServerUser } from '../../scripts/postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The URL of the server of this run, whose database holds nothing; empty where there is none. */
    postgres: string
  }
}

/** A running server. */
export interface PostgresServer {
  /** Of its database `postgres`, with name and password. */
  readonly url: string
  readonly port: number
  /** Its process, which ends with SIGINT at once, and with SIGKILL without a word. */
  readonly process: ChildProcess
  /** Starts it again on the same port and data, after it has ended. */
  restart(): Promise<void>
  /** Ends it and removes its data. */
  stop(): Promise<void>
}

/** What a server is started with. */
export interface PostgresServerOptions {
  /** Settings of postgresql.conf, over those that make tests fast. */
  readonly settings?: Readonly<Record<string, string>>
  /** Writes files beside the data (certificates); gets the folder, whose files the server's user may read. */
  readonly prepare?: (folder: string) => void
}

/** Nothing that is tested survives the run: it need not reach the disk, but has to be as a user's server has it. */
const fast = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', listen_addresses: '127.0.0.1' }

/**
 * Starts a server.
 *
 * @throws Error that says how to get Postgres, where it is not installed
 */
export async function startPostgres({ settings, prepare }: PostgresServerOptions = {}): Promise<PostgresServer> {
  const bin = findPostgres()
  if (!bin) throw new Error('There is no Postgres. Debian, Ubuntu: apt-get install postgresql, or set POSTGRES_BIN.')
  const user = findServerUser()
  const folder = mkdtempSync(join(tmpdir(), 'layer9-postgres-'))
  const password = randomBytes(12).toString('hex')
  initialise({ bin, folder, password })
  prepare?.(folder)
  if (user) spawnSync('chown', ['-R', `${user.uid}:${user.gid}`, folder])
  const port = await findPort()
  const options = Object.entries({ ...fast, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const run = async () => {
    const args = ['-D', join(folder, 'data'), '-p', String(port), '-k', folder, ...options]
    const child = spawn(join(bin, 'postgres'), args, { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
    process.once('exit', () => child.kill('SIGQUIT'))
    await untilReady(child)
    return child
  }
  let child = await run()
  return {
    url: `postgres://layer9:${password}@127.0.0.1:${port}/postgres`,
    port,
    get process() {
      return child
    },
    restart: async () => {
      child = await run()
    },
    stop: async () => {
      await end(child)
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Whether this run has a server. Tests that need one are skipped, visibly, where it has none. */
export const hasPostgres = (): boolean => inject('postgres') !== ''

/**
 * Makes a database on the server of this run, empty, and gives its URL.
 *
 * @example
 * describe.skipIf(!hasPostgres())('on Postgres', () => { … })
 */
export async function createDatabase(server: string = inject('postgres')): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await askServer(server, `create database ${name}`)
  return server.replace(/[^/]*$/, name)
}

/** Asks the server something on a connection of its own. */
export async function askServer(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

/**
 * Makes the data of a server. Its text is sorted as a dictionary does (ICU), unlike what SQLite does: what is to be alike
 * on both must not rest on how a server happens to be set up.
 */
function initialise({ bin, folder, password }: { bin: string; folder: string; password: string }): void {
  const user = findServerUser()
  const secret = join(folder, 'password')
  writeFileSync(secret, password)
  if (user) for (const path of [folder, secret]) chownSync(path, user.uid, user.gid)
  const locale = ['--locale=C.UTF-8', '--encoding=UTF8', '--locale-provider=icu', '--icu-locale=en-US']
  const access = ['--username=layer9', `--pwfile=${secret}`, '--auth=scram-sha-256', '--no-sync']
  const args = ['-D', join(folder, 'data'), ...locale, ...access]
  const { status, stderr } = spawnSync(join(bin, 'initdb'), args, { ...user, cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(`initdb failed: ${stderr}`)
}

/** Waits until it says that it takes connections. */
async function untilReady(child: ChildProcess): Promise<void> {
  let said = ''
  await new Promise<void>((resolve, reject) => {
    child.stderr!.on('data', (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-10_000)
      if (said.includes('ready to accept connections')) resolve()
    })
    child.once('exit', () => reject(new Error(`Postgres ended: ${said}`)))
    child.once('error', reject)
  })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGINT')
  await ended
}

async function findPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (typeof address !== 'object' || !address) throw new Error('The system gave no port.')
  return address.port
}
