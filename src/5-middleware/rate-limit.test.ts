import { describe, expect, it } from 'vitest'
import { createRateLimiter, networkOf } from './rate-limit.ts'

describe('createRateLimiter', () => {
  it('lets so many pass a minute, then says how long to wait', () => {
    let now = 1_000_000
    const limit = createRateLimiter({ perMinute: 3, now: () => now })
    expect([1, 2, 3].map(() => limit('a'))).toEqual([0, 0, 0])
    expect(limit('a')).toBe(60)
    now += 45_000
    expect(limit('a')).toBe(15)
    now += 15_000
    expect(limit('a')).toBe(0)
  })

  it('counts each address for itself', () => {
    const limit = createRateLimiter({ perMinute: 1, now: () => 0 })
    expect(limit('a')).toBe(0)
    expect(limit('b')).toBe(0)
    expect(limit('a')).toBeGreaterThan(0)
  })

  it('counts an IPv6 network as one', () => {
    const limit = createRateLimiter({ perMinute: 1, now: () => 0 })
    expect(limit('2001:db8::1')).toBe(0)
    expect(limit('2001:db8::ffff')).toBeGreaterThan(0)
    expect(limit('2001:db8:0:1::1')).toBe(0)
  })

  it('remembers a bounded number of addresses, and goes on counting', () => {
    const limit = createRateLimiter({ perMinute: 1, most: 2, now: () => 0 })
    limit('a')
    limit('b')
    limit('c')
    expect(limit('c')).toBeGreaterThan(0)
    expect(limit('a')).toBe(0) // forgotten for c
  })

  it('has no limit at 0', () => {
    const limit = createRateLimiter({ perMinute: 0 })
    expect(Array.from({ length: 1000 }, () => limit('a')).every((wait) => wait === 0)).toBe(true)
  })
})

describe('networkOf', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
  ])('of %s is %s', (address, network) => expect(networkOf(address)).toBe(network))
})
