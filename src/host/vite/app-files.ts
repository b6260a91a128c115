// Finds what an app consists of: its route files, api modules and middleware, from the folders alone.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isRouteFile } from '../../9-routes/build.ts'
import { errors } from '../errors.ts'

/** The files of an app that the framework itself imports. Paths have forward slashes on every platform. */
export interface AppFiles {
  /** Route files relative to app/routes, sorted: `posts/[id].tsx`. */
  readonly routes: readonly string[]
  /** Modules relative to app/api, sorted: `posts.ts`. */
  readonly api: readonly string[]
  /** `index.ts` of app/middleware, if it is there. */
  readonly middleware: string | undefined
  /** `env.ts` of app/platform, if it is there: what the process has to be given. */
  readonly env: string | undefined
  /** Every source file under app/ relative to the project, sorted: `app/components/Counter.tsx`. */
  readonly sources: readonly string[]
}

const source = /\.(?:[cm]?[jt]s|[jt]sx)$/
const left = /\.(?:test|spec)(?:-d)?\.[^/]+$|\.d\.[cm]?ts$/

/** Whether a path relative to the project is one whose coming or going changes what the server imports. */
export function isEntry(path: string): boolean {
  if (left.test(path)) return false
  if (path.startsWith('app/routes/')) return isRouteFile(path)
  return /^app\/(?:api\/|middleware\/index\.|platform\/env\.)/.test(path) && source.test(path)
}

/**
 * Reads the folders of an app.
 *
 * @throws APP_FOLDER_MISSING
 */
export function findAppFiles(root: string): AppFiles {
  const folder = join(root, 'app')
  if (!existsSync(join(folder, 'routes'))) throw errors.APP_FOLDER_MISSING({ root })
  const sources = listFiles(folder, 'app').filter((path) => source.test(path) && !left.test(path))
  const below = (prefix: string) =>
    sources.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length))
  return {
    routes: below('app/routes/').filter(isRouteFile),
    api: below('app/api/'),
    middleware: below('app/middleware/').find((path) => /^index\.[^/]+$/.test(path)),
    env: below('app/platform/').find((path) => /^env\.[^/]+$/.test(path)),
    sources,
  }
}

/** Every file below a folder, sorted, so that no two machines build in a different order. Links are not followed. */
export function listFiles(folder: string, prefix = ''): string[] {
  const found: string[] = []
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`
    if (entry.isDirectory()) found.push(...listFiles(join(folder, entry.name), path))
    else if (entry.isFile()) found.push(path)
  }
  return found.sort()
}
