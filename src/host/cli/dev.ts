// `layer9 dev`: starts developing, and says where.
import { flushCompileCache } from 'node:module'
import { resolve } from 'node:path'
import { log } from '../../2-platform/index.ts'
import { type DevOptions, startDev } from '../dev/dev-server.ts'
import { completeStack } from '../draw-any-error.ts'
import { readable } from '../readable.ts'
import { outliveFaults } from '../server/index.ts'
import { findAppFiles } from '../vite/app-files.ts'
import { loadConfig } from '../vite/load-config.ts'
import { packageVersion } from './package-version.ts'
import { parsePort } from './port.ts'
import { watchConfig } from './watch-config.ts'

/** Where a command works, from its options. */
export interface Where {
  root: string
  host?: string | undefined
  port?: string | undefined
}

/** Starts the server and gives 0; the process lives until it is told to end. */
export async function runDev(where: Where): Promise<number> {
  const begin = performance.now()
  const root = resolve(where.root).replaceAll('\\', '/')
  process.env['NODE_ENV'] ??= 'development'
  findAppFiles(root)
  let options = await readOptions(root, where)
  let server = await startDev(options)
  outliveFaults((thrown) => {
    const error = readable(thrown)
    completeStack(error)
    log.error('A fault outside of any request', { error })
  })
  // Before anything is said: whoever reads the line may end the process at once.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.close().finally(() => process.exit(0)))
  }
  watchConfig(root, async () => {
    try {
      const next = await readOptions(root, where)
      await server.close()
      // Open pages look for the server where it was.
      server = await startDev(next.port === options.port ? { ...next, port: server.port } : next)
      options = next
      log.info(`layer9.config.ts changed: ${server.url}`)
    } catch (error) {
      log.error('layer9.config.ts changed, and cannot be used: the server goes on as it was', { error })
    }
  })
  // For the next start, should this process be killed: Node writes what it compiled only when it ends in order.
  setTimeout(flushCompileCache, 1000).unref()
  const took = Math.round(performance.now() - begin)
  console.log(`Layer9 ${packageVersion()}  ${server.url}  ready in ${took} ms`)
  console.log('Alt+Shift+L on a page: what made the element that you point at.')
  return 0
}

/** What the server works on, by the configuration as it is now. */
async function readOptions(root: string, { host, port }: Where): Promise<DevOptions> {
  const config = await loadConfig(root)
  return {
    root,
    config,
    host: host ?? process.env['HOST'] ?? config.host,
    port: parsePort(port ?? process.env['PORT']) ?? config.port,
  }
}
