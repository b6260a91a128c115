// `layer9 start`: runs a build. Loads nothing but the build itself, so that a start costs no more than a bare server.
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BuildManifest } from '../build/build-files.ts'
import { errors } from '../errors.ts'
import { parsePort, parseWorkers } from './port.ts'

/** Where to run, and what was given on the command line: it wins over variables, which win over the configuration. */
export interface StartWhere {
  root: string
  host?: string | undefined
  port?: string | undefined
  workers?: string | undefined
}

/** A server is there to be reached. */
const defaultHost = '0.0.0.0'

/**
 * Starts the server and gives 0; the process lives as long as the server.
 *
 * @throws BUILD_MISSING, PORT_INVALID, PORT_TAKEN, ADDRESS_NOT_USABLE, WORKERS_INVALID
 */
export async function runStart({ root, host, port, workers }: StartWhere): Promise<number> {
  const folder = resolve(root, '.layer9/build')
  const entry = `${folder}/server/index.js`
  if (!existsSync(entry)) throw errors.BUILD_MISSING({ folder })
  process.env['NODE_ENV'] ??= 'production'
  const given = { host: host ?? process.env['HOST'], port: parsePort(port ?? process.env['PORT']) }
  const wanted = parseWorkers(workers ?? process.env['WORKERS'])
  // Written by `layer9 build` beside the bundle.
  const readManifest = () => JSON.parse(readFileSync(`${folder}/server/manifest.json`, 'utf8')) as BuildManifest
  const manifest = readManifest()
  const { start: settings } = manifest
  if ((wanted ?? settings.workers) !== undefined) {
    const { runWorkers } = await import('../workers/primary.ts')
    return await runWorkers({
      entry,
      port: given.port ?? settings.port,
      host: given.host ?? settings.host ?? defaultHost,
      readWorkers: () => wanted ?? readManifest().start.workers ?? 1,
      settings,
    })
  }
  // A container's first process is not ended by a signal that it does not listen to: while it starts, listen here.
  const leave = (): never => process.exit(1)
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, leave)
  // Written by `layer9 build` from `mainModule`.
  const { start } = (await import(pathToFileURL(entry).href)) as { start(given: object): Promise<void> }
  await start({ ...given, manifest })
  for (const signal of ['SIGTERM', 'SIGINT']) process.off(signal, leave)
  return 0
}
