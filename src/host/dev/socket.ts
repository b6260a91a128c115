// The only listener for upgrades on the port. Vite's socket is passed on after our own checks (SECURITY I12); every
// other upgrade is answered, for one left open would hold its connection for ever.
import type { EventEmitter } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

/** What a socket must show to be Vite's own. */
export interface SocketRules {
  /** The token that only a page of this server can read. */
  token: string
  /** Whether the `Host` header names this server. */
  isHostAllowed: (host: string | undefined) => boolean
}

/** Listens for upgrades on a server and emits those of Vite's client on `vite`, which Vite listens to. */
export function guardUpgrades(server: EventEmitter, vite: EventEmitter, rules: SocketRules): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A client that goes away while it is answered is no error of ours.
    socket.on('error', () => socket.destroy())
    const status = judge(request, rules)
    if (status === undefined) vite.emit('upgrade', request, socket, head)
    else socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
  })
}

/** The status line that refuses an upgrade, or undefined when it may pass. */
function judge({ headers, url = '/' }: IncomingMessage, rules: SocketRules): string | undefined {
  const protocol = headers['sec-websocket-protocol']
  if (!rules.isHostAllowed(headers.host)) return '403 Forbidden'
  // `vite-ping` asks whether the server is up again; Vite takes it from any host, so it passes the same checks here.
  if (protocol !== 'vite-hmr' && protocol !== 'vite-ping') return '404 Not Found'
  // RFC 6455 §10.2: browsers always send `Origin` with an upgrade; another site's page must not listen.
  if (!isOwnOrigin(headers.origin, headers.host)) return '403 Forbidden'
  if (protocol === 'vite-hmr' && !hasToken(url, rules.token)) return '403 Forbidden'
  return undefined
}

function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host
}

function hasToken(url: string, token: string): boolean {
  return URL.canParse(url, 'http://localhost') && new URL(url, 'http://localhost').searchParams.get('token') === token
}
