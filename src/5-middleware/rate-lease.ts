// One rate limit over several processes. The primary counts; it hands each worker rights to let so many requests of an
// address pass, and the worker asks again before they are used up. So the limit is never exceeded, and hardly any
// request waits for an answer of the primary: the first of an address in a minute, and those near the limit.
//
// Worked example, 600 a minute, two workers: the first asks, gets 37 (a sixteenth of what is left), and asks for the next
// 35 when 18 of these remain. At the end rights are handed out one by one. What a worker has and does not use is lost
// until the minute is over: less than a tenth.
import type { AskPrimary } from '../2-platform/index.ts'
import { MINUTE, networkOf, type RateLimiter, type RateLimitOptions } from './rate-limit.ts'

/** What a worker asks the primary for. */
export interface RateQuestion {
  /** The address, or the network that counts as one. */
  readonly key: string
  readonly perMinute: number
  /** How many requests wait for the answer. */
  readonly want: number
}

/** How many requests may pass until the window ends; that is a time of `Date.now`, the same in all processes. */
export interface RateGrant {
  readonly tokens: number
  readonly ends: number
}

/** Makes the primary's half: the counts. */
export function createRateGrants({
  most = 100_000,
  now = Date.now,
}: Omit<RateLimitOptions, 'perMinute'> = {}): (question: RateQuestion) => RateGrant {
  let given = new Map<string, number>()
  let ends = 0
  return ({ key, perMinute, want }) => {
    const time = now()
    if (time >= ends) {
      given = new Map()
      ends = time + MINUTE
    }
    const before = given.get(key)
    if (before === undefined && given.size >= most) given.delete(given.keys().next().value!)
    const left = perMinute - (before ?? 0)
    const tokens = Math.min(left, Math.max(want, Math.floor(left / 16)))
    given.set(key, (before ?? 0) + tokens)
    return { tokens, ends }
  }
}

interface Lease {
  tokens: number
  /** When so many remain, the next are asked for; 0: not before somebody waits for them. */
  low: number
  /** The primary has no more. */
  spent: boolean
  waiting: number
  asked: Promise<void> | undefined
}

/** What a worker's limiter is told. */
export interface LeasedOptions extends RateLimitOptions {
  readonly ask: AskPrimary
}

/**
 * Makes a worker's half. Its answer is a number where it has rights left, else a promise.
 *
 * @example
 * const ask = findPrimary()
 * const limit = ask && createLeasedLimiter({ perMinute: 600, ask })
 */
export function createLeasedLimiter({ perMinute, ask, most = 100_000, now = Date.now }: LeasedOptions): RateLimiter {
  let leases = new Map<string, Lease>()
  let ends = 0
  const open = (key: string): Lease => {
    if (leases.size >= most) leases.delete(leases.keys().next().value!)
    const lease: Lease = { tokens: 0, low: 0, spent: false, waiting: 0, asked: undefined }
    leases.set(key, lease)
    return lease
  }
  const renew = async (key: string, lease: Lease): Promise<void> => {
    // Written by `createRateGrants`. Without a primary this process is about to end: nobody is refused for that.
    const answer = (await ask('rate', { key, perMinute, want: Math.max(1, lease.waiting) })) as RateGrant | undefined
    const grant = answer ?? { tokens: perMinute, ends }
    // The primary has begun a new minute: nothing from before counts.
    if (grant.ends !== ends && ends !== Number.POSITIVE_INFINITY) leases = new Map()
    ends = grant.ends
    const current = leases.get(key) ?? open(key)
    current.asked = undefined
    current.tokens += grant.tokens
    current.low = current.tokens >> 1
    current.spent = grant.tokens === 0
  }
  const take = (key: string): number | Promise<number> => {
    const time = now()
    if (time >= ends) {
      leases = new Map()
      // Until the primary says when.
      ends = Number.POSITIVE_INFINITY
    }
    const lease = leases.get(key) ?? open(key)
    if (lease.tokens > 0) {
      if (--lease.tokens === lease.low && lease.low > 0 && !lease.spent) lease.asked ??= renew(key, lease)
      return 0
    }
    if (lease.spent) return Math.ceil((ends - time) / 1000)
    lease.waiting++
    lease.asked ??= renew(key, lease)
    return lease.asked.then(() => {
      lease.waiting--
      return take(key)
    })
  }
  return (address) => (perMinute <= 0 ? 0 : take(networkOf(address)))
}
