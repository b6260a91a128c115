// A load generator in a process of its own: a few keep-alive connections, one request at a time on each, raw sockets.
// Run as `node bench/load.ts PORT PATH REQUESTS CONNECTIONS`; prints {"requests":…,"seconds":…} when all were answered.
import { connect } from 'node:net'

const [port, path, requests, connections] = [
  Number(process.argv[2]),
  process.argv[3]!,
  Number(process.argv[4]),
  Number(process.argv[5] ?? 16),
]
const message = `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`
let started = 0
let answered = 0
const began = process.hrtime.bigint()

/** Finds where a response ends: by Content-Length, or the last chunk of a chunked one. */
function responseLength(received: Buffer): number | undefined {
  const head = received.indexOf('\r\n\r\n')
  if (head < 0) return undefined
  const headers = received.toString('latin1', 0, head).toLowerCase()
  if (!headers.startsWith('http/1.1 200')) throw new Error(`unexpected answer: ${headers.split('\r\n')[0]}`)
  const length = /\r\ncontent-length: (\d+)/.exec(headers)
  if (length) return head + 4 + Number(length[1])
  const end = received.indexOf('\r\n0\r\n\r\n', head)
  return end < 0 ? undefined : end + 7
}

function worker(): void {
  const socket = connect(port, '127.0.0.1')
  let parts: Buffer[] = []
  let size = 0
  let wanted = 0
  const next = () => {
    if (started >= requests) return void socket.destroy()
    started++
    parts = []
    size = 0
    wanted = 0
    socket.write(message)
  }
  socket.setNoDelay(true)
  socket.on('connect', next)
  socket.on('data', (chunk) => {
    parts.push(chunk)
    size += chunk.length
    if (!wanted) wanted = responseLength(parts.length === 1 ? chunk : Buffer.concat(parts)) ?? 0
    if (!wanted || size < wanted) return
    if (++answered === requests) {
      console.log(JSON.stringify({ requests, seconds: Number(process.hrtime.bigint() - began) / 1e9 }))
      process.exit(0)
    }
    next()
  })
  socket.on('error', (error) => {
    console.error(error.message)
    process.exit(1)
  })
}

for (let index = 0; index < connections; index++) worker()
