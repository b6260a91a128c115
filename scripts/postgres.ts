// Finds the Postgres that the tests start, or installs it where that is possible without asking.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, globSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { canInstall, installWithApt } from './apt.ts'

/**
 * The folder with `initdb` and `postgres`, or undefined. `POSTGRES_BIN` in the environment wins, even when it is wrong;
 * Debian keeps each version in a folder of its own, of which the newest is taken.
 *
 * @example
 * findPostgres({ PATH: '/usr/bin' })   // '/usr/lib/postgresql/15/bin'
 */
export function findPostgres(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.POSTGRES_BIN) return hasServer(env.POSTGRES_BIN) ? env.POSTGRES_BIN : undefined
  const versions = globSync('/usr/lib/postgresql/*/bin').sort((one, other) => versionOf(other) - versionOf(one))
  return [...versions, ...(env.PATH ?? '').split(delimiter).filter(Boolean)].find(hasServer)
}

/** Finds Postgres, or installs Debian's package in CI. Undefined where it is not there: its tests are skipped. */
export function providePostgres(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const found = findPostgres(env)
  if (found || env.POSTGRES_BIN || env.CI !== 'true' || !canInstall()) return found
  installWithApt('postgresql')
  return findPostgres(env)
}

/** The user as whom the server runs: it refuses to be root, and Debian's package makes one for it. */
export function findServerUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, 'postgres']).stdout.toString().trim()))
  return uid && gid ? { uid, gid } : undefined
}

const versionOf = (folder: string): number => Number(/\/(\d+)\/bin$/.exec(folder)?.[1] ?? 0)

function hasServer(folder: string): boolean {
  try {
    for (const name of ['initdb', 'postgres']) accessSync(join(folder, name), constants.X_OK)
    return true
  } catch {
    return false
  }
}
