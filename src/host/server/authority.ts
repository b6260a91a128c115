// Who the request is for: the Host header, or what a trusted proxy says.
import type { IncomingHttpHeaders } from 'node:http'

/** A valid authority in its one form. */
export interface Authority {
  /** Lower case, without port; IPv6 in brackets. */
  readonly host: string
  /** Scheme and authority, without the scheme's default port: what browsers send as `Origin`. */
  readonly origin: string
}

/** A registered name of labels, or an address in brackets, and perhaps a port (RFC 9110 §7.2, RFC 3986 §3.2.2). */
const AUTHORITY = /^([a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]{2,45}\])(?::(\d{1,5}))?$/

/** Reads a Host header; undefined when it is none. Two headers joined by a comma are none. */
export function readAuthority(host: string, scheme: 'http' | 'https'): Authority | undefined {
  if (host.length > 300) return undefined
  const match = AUTHORITY.exec(host.toLowerCase())
  if (!match) return undefined
  const [, name = '', port] = match
  if (port !== undefined && (Number(port) > 65_535 || Number(port) === 0)) return undefined
  const standard = port === undefined || Number(port) === (scheme === 'https' ? 443 : 80)
  return { host: name, origin: `${scheme}://${name}${standard ? '' : `:${Number(port)}`}` }
}

/** Whether a host is one of those allowed: `example.com`, or `.example.com` for all below it; an empty list allows all. */
export function isAllowedHost(host: string, allowed: readonly string[]): boolean {
  if (allowed.length === 0) return true
  return allowed.some((one) => {
    const own = one.toLowerCase()
    return own[0] === '.' ? host.endsWith(own) : host === own
  })
}

/** Most distinct hosts remembered. */
const MOST = 256

/** Reads authorities, each distinct pair of host and scheme once: a server has few hosts and many requests. */
export function createAuthorityReader(
  allowed: readonly string[],
): (host: string, scheme: 'http' | 'https') => Authority | 'none' | 'foreign' {
  const known = { http: new Map<string, Authority>(), https: new Map<string, Authority>() }
  return (host, scheme) => {
    const before = known[scheme].get(host)
    if (before) return before
    const authority = readAuthority(host, scheme)
    if (!authority) return 'none'
    if (!isAllowedHost(authority.host, allowed)) return 'foreign'
    if (known[scheme].size >= MOST) known[scheme].clear()
    known[scheme].set(host, authority)
    return authority
  }
}

/** What a trusted proxy says of the client. */
export interface Forwarded {
  readonly address: string | undefined
  readonly host: string | undefined
  readonly scheme: 'http' | 'https' | undefined
}

/**
 * Reads `x-forwarded-*`, each hop of which adds one entry at the end: with `hops` trusted proxies the entry that many
 * from the end was written by a proxy we trust, all before it by anybody.
 */
export function readForwarded(headers: IncomingHttpHeaders, hops: number): Forwarded {
  const scheme = entryAt(headers['x-forwarded-proto'], hops)
  return {
    address: entryAt(headers['x-forwarded-for'], hops),
    host: entryAt(headers['x-forwarded-host'], hops),
    scheme: scheme === 'https' || scheme === 'http' ? scheme : undefined,
  }
}

function entryAt(header: string | string[] | undefined, hops: number): string | undefined {
  if (header === undefined) return undefined
  const entries = String(header).split(',')
  return entries[Math.max(0, entries.length - hops)]?.trim() || undefined
}

/** Takes out of the headers what only we, or only a trusted proxy, may say. */
export function stripHeaders(headers: IncomingHttpHeaders, trusted: boolean): void {
  for (const name in headers) {
    // 120 is `x`: nearly all names are passed over by one comparison.
    if (name.charCodeAt(0) !== 120) continue
    if (name.startsWith('x-layer9-') || (!trusted && name.startsWith('x-forwarded-'))) delete headers[name]
  }
}
