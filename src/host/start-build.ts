// Runs a build: what `layer9 start` does, as the server bundle's own entry. All of it is in the bundle, so it imports
// nothing that only a build needs.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { disposeAll, joinPrimary, log } from '../2-platform/index.ts'
import { securityHeaders } from '../5-middleware/index.ts'
import { type AppDefinition, type AssetManifest, createApp } from '../9-routes/server.ts'
import type { BuildManifest } from './build/build-files.ts'
import type { ResolvedConfig } from './config.ts'
import { mapStack } from './map-stack.ts'
import { readable } from './readable.ts'
import { createServer, endOnSignals, outliveFaults, type ServerOptions, type StaticManifest } from './server/index.ts'
import { createStatic, type StaticHandler } from './server/static.ts'
import { obeyPrimary } from './workers/obey.ts'

/** What the bundle's entry knows, and what the command adds. */
export interface StartOptions extends Pick<AppDefinition, 'routes' | 'api' | 'middleware'> {
  /** The configuration at build time, as data. */
  readonly options: Omit<ResolvedConfig, 'vite'>
  /** Asks the database whether it has all migrations; undefined where the app has no database. */
  readonly assertMigrated?: (() => Promise<void>) | undefined
  /** Folder of the server bundle; the browser's files lie beside it. */
  readonly folder: string
  /** HOST; wins over the configuration. Default `0.0.0.0`: a server is there to be reached. */
  readonly host?: string | undefined
  /** PORT; wins over the configuration. */
  readonly port?: number | undefined
  /** The manifest, where it was read already. */
  readonly manifest?: BuildManifest
  /** Whether this process is one of several, which is handed its connections by the one that started it. */
  readonly worker?: boolean
  /** Whether it takes the place of one that died: the database was asked then, and may be what it died of. */
  readonly again?: boolean
}

/**
 * Starts the server, says where it listens, and ends in order on SIGTERM and SIGINT.
 *
 * @throws SERVER_PORT_TAKEN, SERVER_PORT_REFUSED; MIGRATION_PENDING, DATABASE_UNREACHABLE where the app has a database;
 * what an app's modules throw when they are loaded
 */
export async function startBuild(given: StartOptions): Promise<void> {
  const { options, folder, worker, host = options.host ?? '0.0.0.0', port = options.port } = given
  const manifest = given.manifest ?? readManifest(folder)
  if (worker) joinPrimary(process)
  if (!given.again) await checkDatabase(given)
  const app = await createApp({ ...given, assets: toAssets(manifest), options: toAppOptions(given) })
  let newer: StaticHandler | undefined
  const server = createServer({
    handler: (incoming) => newer?.(incoming) ?? app(incoming),
    static: toStatic(manifest.files, folder),
    options: toServerOptions(given),
  })
  const watch = () => outliveFaults((error) => logFailure('a fault outside of any request', { error, folder }))
  if (worker) {
    // Pages of the build that comes next may ask for its files on a connection that is still here.
    obeyPrimary(server, () => {
      newer = createStatic(
        toStatic(readManifest(folder).files, folder),
        securityHeaders({ webAssembly: options.webAssembly }),
      )
    })
    return watch()
  }
  endOnSignals(server)
  const { url } = await server.listen(port, host)
  watch()
  log.info(`Listening on ${url}${options.base}`)
}

/** What was opened to ask would keep alive a process that does not start. */
async function checkDatabase({ assertMigrated }: StartOptions): Promise<void> {
  try {
    await assertMigrated?.()
  } catch (error) {
    await disposeAll()
    throw error
  }
}

/** Written by `layer9 build` beside the bundle. */
function readManifest(folder: string): BuildManifest {
  return JSON.parse(readFileSync(`${folder}/manifest.json`, 'utf8')) as BuildManifest
}

function toServerOptions({ options, folder }: StartOptions): ServerOptions {
  const { body, requestTime, keepAlive, connections, drain } = options.limits
  return {
    base: options.base,
    allowedHosts: options.allowedHosts,
    trustProxy: options.trustProxy,
    limits: { body, requestTime, keepAlive, connections, drain },
    headers: securityHeaders({ webAssembly: options.webAssembly }),
    report: (error, id) => logFailure('request failed', { id, error, folder }),
  }
}

function toAppOptions({
  options: { base, origins, cors, viewTransitions, webAssembly, limits },
  folder,
}: StartOptions): AppDefinition['options'] {
  return {
    dev: false,
    base,
    origins,
    cors,
    viewTransitions,
    webAssembly,
    bodyLimit: limits.body,
    rateLimit: limits.requestsPerMinute,
    report: (error, id, { method, path }) => logFailure(`${method} ${path} failed`, { id, error, folder }),
    reportPart: (error, id, { method, path }) =>
      logFailure(`${method} ${path} was answered without a part that failed`, { id, error, folder }),
  }
}

interface Fault {
  readonly id?: string
  readonly error: unknown
  readonly folder: string
}

/** The stack goes to the log alone, in places of the sources; `folder` is three below the project's. */
function logFailure(message: string, { folder, error: thrown, ...ids }: Fault): void {
  const error = readable(thrown)
  mapStack(error, resolve(folder, '../../..'))
  log.error(message, { ...ids, error })
}

const nothing: readonly string[] = []

function toAssets({
  files: _files,
  generations: _generations,
  start: _start,
  styles,
  roots,
  reach,
  ...urls
}: BuildManifest): AssetManifest {
  return {
    ...urls,
    reach: (file) => reach[file] ?? nothing,
    styles: (file) => styles[file] ?? nothing,
    root: (moduleId) => roots[moduleId],
  }
}

/** The manifest's files, where this build lies now: beside the folder of the server's bundle. */
function toStatic(files: StaticManifest, folder: string): StaticManifest {
  const client = `${folder}/../client`
  const placed = Object.entries(files).map(([url, { br, gzip, ...file }]) => [
    url,
    {
      ...file,
      file: `${client}/${file.file}`,
      ...(br && { br: { ...br, file: `${client}/${br.file}` } }),
      ...(gzip && { gzip: { ...gzip, file: `${client}/${gzip.file}` } }),
    },
  ])
  return Object.fromEntries(placed)
}
