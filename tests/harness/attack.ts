// An app as a stranger meets it: its routes as `layer9 routes` lists them, and requests byte by byte.
import { connect, type Socket } from 'node:net'
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

/** What a target differs in from the board. */
export interface TargetOptions {
  /** Limits of the configuration. Default: those of an app that has none. */
  readonly limits?: Readonly<Record<string, number>>
  /** Files that it has besides, by path. */
  readonly files?: Readonly<Record<string, string>>
}

/** Starts a copy of the board, in development or as a build, with a limit of requests that tests do not reach. */
export async function openTarget(
  mode: 'dev' | 'start',
  { limits = {}, files = {} }: TargetOptions = {},
): Promise<Target> {
  const app = await copyApp('examples/board')
  const config = { limits: { requestsPerMinute: 1_000_000, ...limits } }
  await app.write('layer9.config.ts', `export default ${JSON.stringify(config)}\n`)
  for (const [path, text] of Object.entries(files)) await app.write(path, text)
  const env = { NODE_ENV: mode === 'dev' ? 'development' : 'production' }
  await expectOk(runLayer9(['db', 'migrate'], { cwd: app.root }))
  await expectOk(runLayer9(['db', 'seed'], { cwd: app.root }))
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

/** A connection that is open, and reads whatever comes. */
export async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  // A reset is the end of a connection like any other.
  socket.on('error', () => {}).resume()
  await new Promise((done) => socket.once('connect', done).once('close', done))
  return socket
}

/**
 * Sends a beginning, then a piece again and again as somebody would who wants to hold the connection for ever; gives all
 * that came back when the server has ended it.
 */
export async function drip(port: number, begin: string, piece: string): Promise<string> {
  const socket = await open(port)
  let received = ''
  socket.on('data', (chunk) => (received += chunk.toString('latin1')))
  socket.write(begin)
  const timer = setInterval(() => socket.write(piece), 50)
  await new Promise((done) => socket.once('close', done))
  clearInterval(timer)
  return received
}

/** A path of a listed route, its parameters filled. */
export function pathOf({ route }: ListedRoute, fill = 'x1'): string {
  return route.slice(route.indexOf(' ') + 1).replace(/\[\[?(?:\.\.\.)?\w+\]?\]/g, fill)
}
