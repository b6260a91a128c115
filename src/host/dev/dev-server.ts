// `layer9 dev`: our own server with Vite inside it, on one port.
import { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer as createVite, type ViteDevServer } from 'vite'
import { type Incoming, log, type Reply } from '../../2-platform/index.ts'
import { securityHeaders } from '../../5-middleware/index.ts'
import type { ResolvedConfig } from '../config.ts'
import { completeStack } from '../draw-any-error.ts'
import { readable } from '../readable.ts'
import { createServer, type Layer9Server } from '../server/index.ts'
import { refreshTypes } from '../types/refresh.ts'
import { servedFolders } from '../vite/framework.ts'
import { viteConfig } from '../vite/vite-config.ts'
import { type AppRunner, createAppRunner } from './app-runner.ts'
import { createDevAssets, devHead } from './assets.ts'
import { checkSheets } from './check-sheets.ts'
import { completePlaces, placeOf } from './error-places.ts'
import { Failures } from './failures.ts'
import { serverEnvironment } from './headless.ts'
import { createHostCheck, listDevHosts } from './hosts.ts'
import { answerInspector } from './inspector-answer.ts'
import { reloadPlugin } from './reload.ts'
import { withError } from './reply.ts'
import { createRequestLines } from './request-lines.ts'
import { errorPage, toShownError } from './shown-error.ts'
import { guardUpgrades } from './socket.ts'
import { measureRequest } from './timing.ts'
import { answerTraces } from './trace-error.ts'
import { createViteRequests } from './vite-requests.ts'
import { type DataWatch, watchData } from './watch-data.ts'

/** What `startDev` works on. */
export interface DevOptions {
  root: string
  config: ResolvedConfig
  /** Address to listen on. Default: loopback. */
  host?: string | undefined
  /** Port to begin with; the next free one is taken. */
  port: number
}

/** A development server that listens. */
export interface DevServer {
  readonly url: string
  readonly port: number
  close(): Promise<void>
}

/** How many ports after the wanted one are tried. */
const triedPorts = 20

/** Starts developing an app. @throws Layer9Error of configuration, routes and ports */
export async function startDev(options: DevOptions): Promise<DevServer> {
  const { root, config } = options
  const upgrades = new EventEmitter()
  let runner: AppRunner | undefined
  let data: DataWatch | undefined
  const changed = new Map<string, number>()
  const failures = new Failures()
  const reload = reloadPlugin({
    root,
    runner: () => runner,
    onEntries: async () => await refreshTypes(root),
    onData: () => data?.look(),
    onSheet: (file, timestamp) => void changed.set(file, timestamp),
    takeFailed: () => failures.take(),
  })
  const [vite] = await Promise.all([openVite(options, { reload, upgrades }), refreshTypes(root)])
  answerTraces(vite.environments.client, { root, base: config.base })
  answerInspector(vite.environments.client, root)
  runner = createDevRunner(vite, options, { failures, changed })
  const server = openServer(options, { runner, failures })
  const isHostAllowed = createHostCheck(listDevHosts(config.allowedHosts, options.host))
  guardUpgrades(server.http, upgrades, { token: vite.config.webSocketToken, isHostAllowed })
  guardRequests(server, vite, { root, base: config.base, isHostAllowed })
  const { url, port } = await listenSomewhere(server, options)
  const open = runner
  data = watchData(vite, root, open.load)
  data.look()
  return {
    url: url + config.base,
    port,
    async close() {
      data?.close()
      // Vite's sockets would keep the server open, and the server's requests may still need Vite: both at once.
      await Promise.all([server.close(), vite.close()])
      await open.close()
    },
  }
}

interface ViteParts {
  reload: ReturnType<typeof reloadPlugin>
  upgrades: EventEmitter
}

async function openVite({ root, config }: DevOptions, { reload, upgrades }: ViteParts): Promise<ViteDevServer> {
  return await createVite(
    viteConfig(
      { root, config, dev: true, places: true },
      {
        mode: 'development',
        plugins: [reload, checkSheets(root)],
        server: {
          middlewareMode: true,
          // Our own listener checks every upgrade and emits what may pass here. Vite listens to "upgrade" and no more.
          ws: { server: upgrades as never },
          // Hosts are checked before Vite sees a request.
          allowedHosts: true,
          cors: false,
          // Of `.layer9` the cache alone: a build that lies beside it holds what only the server may see.
          fs: {
            allow: ['app', 'public', 'node_modules', '.layer9/cache']
              .map((at) => `${root}/${at}`)
              .concat(servedFolders),
          },
          watch: { ignored: ['**/.layer9/**', '**/node_modules/**', '**/dist/**'] },
        },
        environments: { ssr: { resolve: { external: ['layer9'] } } },
      },
    ),
  )
}

/** What development remembers from one request to the next. */
interface Memory {
  readonly failures: Failures
  /** When style sheets changed last, by file. */
  readonly changed: Map<string, number>
}

/** An error that a stranger would see only as an id. */
interface Reported {
  readonly error: unknown
  readonly id: string
  readonly incoming: Incoming
}

function createDevRunner(vite: ViteDevServer, { root, config }: DevOptions, { failures, changed }: Memory): AppRunner {
  const environment = serverEnvironment(vite)
  const { base, navigation, origins, cors, viewTransitions, webAssembly, limits } = config
  const report = (what: string, { error: thrown, id, incoming }: Reported): void => {
    const error = readable(thrown)
    completePlaces(error, root)
    completeStack(error)
    failures.add(incoming, error)
    void runner.forgetFailed()
    if (isLookingAgain(incoming)) return
    vite.environments.client.hot.send('layer9:error', { path: incoming.path, error: toShownError(error) })
    log.error(`${incoming.method} ${incoming.path} ${what}`, { id, error })
  }
  const runner = createAppRunner(environment, {
    root,
    assets: createDevAssets({ root, base, navigation, environment, changed }),
    options: {
      dev: true,
      base,
      origins,
      cors,
      viewTransitions,
      webAssembly,
      bodyLimit: limits.body,
      // Hot reload asks for whole pages with all their modules: a limit made for strangers would stop the developer.
      rateLimit: 0,
      report: (error, id, incoming) => report('failed', { error, id, incoming }),
      reportPart: (error, id, incoming) => report('was answered without a part that failed', { error, id, incoming }),
      reportInput: (error, { method, path }) => {
        const fields = Object.entries(error.fields).map(([name, words]) => `${name || 'input'}: ${words}`)
        log.warn(
          `${method} ${path}: a query refused what it was given: ${fields.join('; ')}  ${placeOf(error, root) ?? ''}`.trimEnd(),
        )
      },
    },
  })
  return runner
}

/** A page that failed asks by HEAD whether it is mended by now: what is wrong with it was told already. */
const isLookingAgain = ({ method }: Incoming): boolean => method === 'HEAD'

interface ServerParts {
  runner: AppRunner
  failures: Failures
}

function openServer(options: DevOptions, { runner, failures }: ServerParts): Layer9Server {
  const { config } = options
  const { body, requestTime, keepAlive, connections } = config.limits
  const lines = createRequestLines({ root: options.root, base: config.base })
  const answer = async (incoming: Incoming): Promise<Reply> => {
    const { result, times } = measureRequest(async () => {
      const handler = await runner.current()
      return await handler(incoming)
    })
    let reply: Reply
    try {
      reply = await result
    } catch (thrown) {
      const error = readable(thrown)
      completePlaces(error, options.root)
      completeStack(error)
      failures.add(incoming, error)
      await runner.forgetFailed()
      if (!isLookingAgain(incoming))
        log.error(`${incoming.method} ${incoming.path}: the app could not be loaded`, { error })
      return brokenApp(error, devHead({ root: options.root, base: config.base }))
    }
    return withError(lines.note(incoming, reply, times), failures.of(incoming))
  }
  return createServer({
    handler: answer,
    options: {
      base: config.base,
      allowedHosts: listDevHosts(config.allowedHosts, options.host),
      trustProxy: config.trustProxy,
      limits: { body, requestTime, keepAlive, connections, drain: 500 },
      headers: securityHeaders({ dev: true, webAssembly: config.webAssembly }),
      onReply: lines.write,
    },
  })
}

function brokenApp(error: unknown, headHtml: string): Reply {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }
  return { status: 500, headers, body: errorPage(error, headHtml) }
}

interface GuardOptions {
  root: string
  base: string
  isHostAllowed: (header: string | undefined) => boolean
}

/** Puts Vite before the ingress, for its own requests alone, and our checks before Vite. */
function guardRequests({ http }: Layer9Server, vite: ViteDevServer, { root, base, isHostAllowed }: GuardOptions): void {
  const judge = createViteRequests({ root, base })
  const [ingress] = http.listeners('request') as ((message: IncomingMessage, response: ServerResponse) => void)[]
  http.removeAllListeners('request')
  http.on('request', (message: IncomingMessage, response: ServerResponse) => {
    const verdict = isHostAllowed(message.headers.host) ? judge(message) : 'app'
    if (verdict === 'app') return ingress?.(message, response)
    response.setHeader('cross-origin-resource-policy', 'same-origin')
    response.setHeader('x-content-type-options', 'nosniff')
    if (verdict === 'no page') return void response.writeHead(204, { 'cache-control': 'no-store' }).end()
    if (verdict !== 'vite') return refuse(response, 403, verdict.refused)
    vite.middlewares(message, response, (error?: unknown) => {
      if (error !== undefined) log.error(`${message.method} ${message.url}: Vite failed`, { error })
      refuse(
        response,
        error === undefined ? 404 : 500,
        error === undefined ? 'There is no such file.' : 'Vite failed; see the terminal.',
      )
    })
  })
}

function refuse(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(words)
}

/** Listens on the wanted port, or on the next free one. Port 0 lets the system choose. */
async function listenSomewhere(
  server: Layer9Server,
  { host, port }: DevOptions,
): Promise<{ url: string; port: number }> {
  for (let next = port; ; next++) {
    try {
      const address = await server.listen(next, host)
      if (next !== port) log.warn(`Port ${port} is taken; this is port ${next}.`)
      return address
    } catch (error) {
      const isTaken = (error as { code?: string }).code === 'SERVER_PORT_TAKEN'
      if (!isTaken || port === 0 || next - port >= triedPorts || next >= 65_535) throw error
    }
  }
}
