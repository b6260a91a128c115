// `layer9 start`: runs a build. Loads nothing but the build itself, so that a start costs no more than a bare server.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { errors } from '../errors.ts'
import { parsePort } from './port.ts'

/** Where to run, and what was given on the command line: it wins over HOST and PORT, which win over the configuration. */
export interface StartWhere {
  root: string
  host?: string | undefined
  port?: string | undefined
}

/**
 * Starts the server and gives 0; the process lives as long as the server.
 *
 * @throws BUILD_MISSING, PORT_INVALID, PORT_TAKEN, ADDRESS_NOT_USABLE
 */
export async function runStart({ root, host, port }: StartWhere): Promise<number> {
  const folder = resolve(root, '.layer9/build')
  const entry = `${folder}/server/index.js`
  if (!existsSync(entry)) throw errors.BUILD_MISSING({ folder })
  process.env['NODE_ENV'] ??= 'production'
  const given = { host: host ?? process.env['HOST'], port: parsePort(port ?? process.env['PORT']) }
  // Written by `layer9 build` from `mainModule`.
  const { start } = (await import(pathToFileURL(entry).href)) as { start(given: object): Promise<void> }
  await start(given)
  return 0
}
