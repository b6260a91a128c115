// `layer9 dev`: starts developing, and says where.
import { flushCompileCache } from 'node:module'
import { resolve } from 'node:path'
import { log } from '../../2-platform/index.ts'
import { startDev } from '../dev/dev-server.ts'
import { completeStack } from '../draw-any-error.ts'
import { readable } from '../readable.ts'
import { outliveFaults } from '../server/index.ts'
import { findAppFiles } from '../vite/app-files.ts'
import { findConfigFile, loadConfig } from '../vite/load-config.ts'
import { packageVersion } from './package-version.ts'
import { parsePort } from './port.ts'

/** Where a command works, from its options. */
export interface Where {
  root: string
  host?: string | undefined
  port?: string | undefined
}

/** Starts the server and gives 0; the process lives until it is told to end. */
export async function runDev({ root: given, host, port }: Where): Promise<number> {
  const begin = performance.now()
  const root = resolve(given).replaceAll('\\', '/')
  process.env['NODE_ENV'] ??= 'development'
  findAppFiles(root)
  const config = await loadConfig(root)
  const server = await startDev({
    root,
    config,
    host: host ?? process.env['HOST'] ?? config.host,
    port: parsePort(port ?? process.env['PORT']) ?? config.port,
  })
  outliveFaults((thrown) => {
    const error = readable(thrown)
    completeStack(error)
    log.error('A fault outside of any request', { error })
  })
  // Before anything is said: whoever reads the line may end the process at once.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.close().finally(() => process.exit(0)))
  }
  // For the next start, should this process be killed: Node writes what it compiled only when it ends in order.
  setTimeout(flushCompileCache, 1000).unref()
  const took = Math.round(performance.now() - begin)
  console.log(`Layer9 ${packageVersion()}  ${server.url}  ready in ${took} ms`)
  console.log('Alt+Shift+L on a page: what made the element that you point at.')
  if (findConfigFile(root)) console.log('Changes of layer9.config.ts are read at the next start.')
  return 0
}
