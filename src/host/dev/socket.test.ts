import { EventEmitter, once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHostCheck, listDevHosts } from './hosts.ts'
import { guardUpgrades } from './socket.ts'

let server: Server
let port: number
let passed: number

beforeEach(async () => {
  const vite = new EventEmitter()
  passed = 0
  vite.on('upgrade', (_request, socket: Duplex) => {
    passed++
    socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n')
  })
  server = createServer()
  guardUpgrades(server, vite, { token: 'the-token', isHostAllowed: createHostCheck(listDevHosts([], undefined)) })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
afterEach(() => server.close())

interface Upgrade {
  host?: string
  origin?: string | null
  protocol?: string | null
  target?: string
}

/** Asks for an upgrade on a raw socket; the status line's number. */
async function upgrade(given: Upgrade): Promise<number> {
  const { host = `localhost:${port}`, protocol = 'vite-hmr', target = '/?token=the-token' } = given
  const { origin = `http://${host}` } = given
  const socket = connect(port, '127.0.0.1')
  const lines = [`GET ${target} HTTP/1.1`, `host: ${host}`, 'connection: upgrade', 'upgrade: websocket']
  if (origin !== null) lines.push(`origin: ${origin}`)
  if (protocol !== null) lines.push(`sec-websocket-protocol: ${protocol}`)
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  let answer = ''
  socket.setEncoding('utf8').on('data', (chunk) => (answer += chunk))
  await once(socket, 'close')
  return Number(answer.split(' ')[1])
}

describe('guardUpgrades', () => {
  it('passes on a socket of our own page', async () => {
    expect(await upgrade({})).toBe(101)
    expect(passed).toBe(1)
  })

  it('passes on a ping of our own page, which has no token', async () => {
    expect(await upgrade({ protocol: 'vite-ping', target: '/' })).toBe(101)
  })

  it.each<[string, Upgrade, number]>([
    ['another host', { host: 'evil.test' }, 403],
    ['another origin', { origin: 'http://evil.test' }, 403],
    ['an origin on another port', { origin: 'http://localhost:1' }, 403],
    ['no origin', { origin: null }, 403],
    ['an origin that is none', { origin: 'null' }, 403],
    ['a wrong token', { target: '/?token=other' }, 403],
    ['no token', { target: '/' }, 403],
    ['a target that is no URL', { target: '//' }, 403],
    ['a ping from another host', { protocol: 'vite-ping', host: 'evil.test' }, 403],
    ['another protocol', { protocol: 'chat' }, 404],
    ['no protocol', { protocol: null }, 404],
  ])('answers %s, and does not leave it open', async (_name, given, status) => {
    expect(await upgrade(given)).toBe(status)
    expect(passed).toBe(0)
  })
})
