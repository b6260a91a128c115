// An app as a stranger meets it: its routes as `layer9 routes` lists them, and requests byte by byte.
import { ask, type RawResponse, send } from '../../src/host/server/testing/raw.fixture.ts'
import { type AppCopy, copyApp } from './app.ts'
import { type RunningServer, runLayer9, startLayer9 } from './command.ts'

/** A line of `layer9 routes --json`. */
export interface ListedRoute {
  /** Method and pattern: `GET /posts/[id]`. */
  readonly route: string
  readonly kind: 'page' | 'query' | 'action' | 'endpoint'
  /** `everyone`, the name of a guard, or `guarded`. */
  readonly access: string
}

/** A running app under attack. */
export interface Target {
  readonly app: AppCopy
  readonly server: RunningServer
  readonly routes: readonly ListedRoute[]
  /** A request without a body. */
  ask(target: string, headers?: Readonly<Record<string, string>>, method?: string): Promise<RawResponse>
  /** A request with a body. */
  post(target: string, body: string, headers?: Readonly<Record<string, string>>): Promise<RawResponse>
  /** Bytes as they are; the first answer, or undefined when the connection ended without one. */
  send(bytes: string): Promise<RawResponse | undefined>
  close(): Promise<void>
}

const config = `export default { limits: { requestsPerMinute: 1_000_000 } }\n`

/** Starts a copy of the board, in development or as a build, with a limit of requests that tests do not reach. */
export async function openTarget(mode: 'dev' | 'start'): Promise<Target> {
  const app = await copyApp('examples/board')
  await app.write('layer9.config.ts', config)
  const env = { NODE_ENV: mode === 'dev' ? 'development' : 'production' }
  if (mode === 'start') await expectOk(runLayer9(['build'], { cwd: app.root }))
  const routes = JSON.parse((await expectOk(runLayer9(['routes', '--json'], { cwd: app.root }))).out)
  const server = await startLayer9([mode], { cwd: app.root, env })
  const { port } = server
  const post: Target['post'] = async (target, body, headers = {}) => {
    const all = { host: 'localhost', 'content-length': String(Buffer.byteLength(body)), ...headers }
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
    const [answer] = await send(port, Buffer.from(`POST ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body}`))
    if (answer === undefined) throw new Error(`POST ${target} was not answered`)
    return answer
  }
  return {
    app,
    server,
    routes,
    ask: async (target, headers, method) => await ask(port, target, headers, method),
    post,
    // The sending side ends with the last byte: what waits for more would wait for its time to run out.
    send: async (bytes) => (await send(port, bytes, { end: true }))[0],
    async close() {
      await server.end()
      await app.delete()
    },
  }
}

async function expectOk(running: ReturnType<typeof runLayer9>): ReturnType<typeof runLayer9> {
  const ended = await running
  if (ended.code !== 0) throw new Error(`${ended.out}\n${ended.err}`)
  return ended
}

/** A path of a listed route, its parameters filled. */
export function pathOf({ route }: ListedRoute, fill = 'x1'): string {
  return route.slice(route.indexOf(' ') + 1).replace(/\[\[?(?:\.\.\.)?\w+\]?\]/g, fill)
}
