// How often one address may ask: a count a minute, in bounded memory.

/** What a limiter may be told. */
export interface RateLimitOptions {
  /** Requests a minute and address. 0: no limit. */
  perMinute: number
  /** Most addresses remembered; the one that came first is forgotten first. Default 100,000. */
  most?: number
  /** Milliseconds; for tests. Default `Date.now`. */
  now?: () => number
}

/** Counts a request; the seconds to wait when it is one too many, else 0. A promise where another process has to be asked. */
export type RateLimiter = (address: string) => number | Promise<number>

/** The window, in milliseconds. */
export const MINUTE = 60_000

/**
 * Makes a limiter with a fixed window: all counts begin anew each minute. It lets at most twice the rate pass around the
 * turn of a minute, and costs one look-up a request.
 *
 * @example
 * const limit = createRateLimiter({ perMinute: 600 })
 * limit('203.0.113.7') // 0 (it may pass)
 */
export function createRateLimiter({
  perMinute,
  most = 100_000,
  now = Date.now,
}: RateLimitOptions): (address: string) => number {
  let counts = new Map<string, { count: number }>()
  let ends = 0
  return (address) => {
    if (perMinute <= 0) return 0
    const time = now()
    if (time >= ends) {
      counts = new Map()
      ends = time + MINUTE
    }
    const key = networkOf(address)
    const entry = counts.get(key)
    if (entry) return ++entry.count > perMinute ? Math.ceil((ends - time) / 1000) : 0
    if (counts.size >= most) counts.delete(counts.keys().next().value!)
    counts.set(key, { count: 1 })
    return 0
  }
}

/** IPv6 hosts own at least a /64 (RFC 4291 §2.5.4), so a whole /64 counts as one address; IPv4 is taken as it is. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  if (address.startsWith('::ffff:') && address.includes('.')) return address.slice(7)
  const [head = '', tail] = address.split('%')[0]!.split('::')
  const groups = head === '' ? [] : head.split(':')
  if (tail !== undefined) {
    const after = tail === '' ? [] : tail.split(':')
    while (groups.length + after.length < 8) groups.push('0')
    groups.push(...after)
  }
  return `${groups.slice(0, 4).join(':')}::/64`
}
