// CPU per request of the ingress beside bare node:http that sends the same headers and bytes. Run: node bench/ingress.ts
// Server and load run in processes of their own; candidates are interleaved; the ratio of each pair is judged.
import { type ChildProcess, fork } from 'node:child_process'
import { createServer as createBare } from 'node:http'
import { connect } from 'node:net'
import { json, type Reply } from '../src/2-platform/index.ts'
import { everyone, securityHeaders } from '../src/5-middleware/index.ts'
import { createApi, endpoint, query } from '../src/6-api/index.ts'
import { createPassage } from '../src/9-routes/passage.ts'
import { createServer } from '../src/host/server/index.ts'

const REQUESTS = Number(process.env['REQUESTS'] ?? 20_000)
const PAIRS = Number(process.env['PAIRS'] ?? 20)
const CONNECTIONS = 32

const PAGE = `<!doctype html><html lang="en"><title>Small</title><body>${'<p>A small page of plain text.</p>'.repeat(60)}</body></html>`
const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'private, no-cache',
  etag: 'W/"2jmj7l5rSw0yVb_vlWAYkK"',
}
const VALUE = { id: 7, title: 'A post', tags: ['one', 'two'], at: 1_700_000_000_000 }

/** Each route answers the same bytes on both sides. */
const ROUTES: Readonly<Record<string, { headers: Reply['headers']; body: () => string }>> = {
  '/api/post': { headers: { 'content-type': 'application/json; charset=utf-8' }, body: () => JSON.stringify(VALUE) },
  '/api/query': {
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: () => JSON.stringify(VALUE),
  },
  '/page': { headers: PAGE_HEADERS, body: () => PAGE },
}

async function serve(kind: string): Promise<void> {
  const port = kind === 'floor' ? await serveFloor() : await serveOurs()
  process.send!({ port })
  process.on('message', () => process.send!({ cpu: process.cpuUsage() }))
}

async function serveFloor(): Promise<number> {
  const common = securityHeaders()
  const server = createBare((message, response) => {
    const route = ROUTES[message.url!]!
    const body = route.body()
    response.writeHead(200, {
      ...common,
      ...route.headers,
      ...(body.length >= 1024 && { vary: 'accept-encoding' }),
      'content-length': Buffer.byteLength(body),
    })
    response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as { port: number }).port
}

async function serveOurs(): Promise<number> {
  const api = createApi({
    post: {
      post: endpoint('GET /api/post', { access: everyone, handler: () => json(VALUE) }),
      asQuery: query({ access: everyone, route: 'GET /api/query', handler: () => VALUE }),
    },
  })
  const page = () => ({ status: 200, headers: { ...PAGE_HEADERS }, body: PAGE })
  const handler = createPassage((incoming) => api.handle(incoming) ?? page(), { rateLimit: Number.MAX_SAFE_INTEGER })
  const server = createServer({ handler, options: { onReply: () => {} } })
  return (await server.listen(0)).port
}

/** Sends requests over kept connections, one at a time on each, and waits for every byte. */
async function load(port: number, path: string, count: number): Promise<void> {
  const request = `GET ${path} HTTP/1.1\r\nhost: localhost:${port}\r\nuser-agent: bench\r\naccept: */*\r\n\r\n`
  let left = count
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      await new Promise<void>((resolve, reject) => {
        const socket = connect(port, '127.0.0.1', () => next())
        let expected = 0
        const next = () => {
          if (left-- > 0) return void socket.write(request)
          socket.end()
          resolve()
        }
        socket.on('error', reject)
        socket.on('data', (chunk) => {
          if (expected === 0) {
            const head = chunk.indexOf('\r\n\r\n') + 4
            expected = head + Number(/content-length: (\d+)/i.exec(chunk.toString('latin1', 0, head))![1])
          }
          expected -= chunk.byteLength
          if (expected === 0) next()
        })
      })
    }),
  )
}

async function start(kind: string): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(import.meta.filename, [kind])
  const port = await new Promise<number>((resolve) =>
    child.once('message', (message: { port: number }) => resolve(message.port)),
  )
  return { child, port }
}

async function cpuOf(child: ChildProcess): Promise<number> {
  const cpu = new Promise<number>((resolve) =>
    child.once('message', (message: { cpu: NodeJS.CpuUsage }) => resolve(message.cpu.user + message.cpu.system)),
  )
  child.send('cpu')
  return await cpu
}

async function measure(): Promise<void> {
  const floor = await start('floor')
  const ours = await start('ours')
  for (const path of Object.keys(ROUTES)) {
    const ratios: number[] = []
    const costs = { floor: [] as number[], ours: [] as number[] }
    for (let pair = -2; pair < PAIRS; pair++) {
      const cost = { floor: 0, ours: 0 }
      for (const [name, { child, port }] of pair % 2
        ? ([
            ['floor', floor],
            ['ours', ours],
          ] as const)
        : ([
            ['ours', ours],
            ['floor', floor],
          ] as const)) {
        const before = await cpuOf(child)
        await load(port, path, REQUESTS)
        cost[name] = ((await cpuOf(child)) - before) / REQUESTS
      }
      if (pair < 0) continue
      ratios.push(cost.ours / cost.floor)
      costs.floor.push(cost.floor)
      costs.ours.push(cost.ours)
    }
    console.log(
      `${path}: floor ${median(costs.floor).toFixed(1)} µs, ours ${median(costs.ours).toFixed(1)} µs, ratio ${median(ratios).toFixed(3)}`,
    )
  }
  floor.child.kill()
  ours.child.kill()
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}

if (process.argv[2]) await serve(process.argv[2])
else await measure()
