import { describe, expect, it } from 'vitest'
import { createLeasedLimiter, createRateGrants, type RateGrant, type RateQuestion } from './rate-lease.ts'

/** A primary and its workers, whose questions are counted. */
function open(perMinute: number, workers = 2) {
  let time = 1_000_000
  const now = () => time
  const grants = createRateGrants({ now })
  const asked: RateQuestion[] = []
  const ask = async (_: string, question: object): Promise<RateGrant> => {
    asked.push(question as RateQuestion)
    await new Promise((done) => setImmediate(done))
    return grants(question as RateQuestion)
  }
  const limiters = Array.from({ length: workers }, () => createLeasedLimiter({ perMinute, ask, now }))
  return {
    asked,
    pass: (milliseconds: number) => {
      time += milliseconds
    },
    /** How many of so many requests pass, one after the other, at the workers by turns. */
    async send(count: number, address = '203.0.113.7', at = limiters) {
      let passed = 0
      for (let sent = 0; sent < count; sent++) if ((await at[sent % at.length]!(address)) === 0) passed++
      return passed
    },
    /** The same, all at once. */
    async burst(count: number, address = '203.0.113.7') {
      const waits = Array.from({ length: count }, async (_, index) => await limiters[index % workers]!(address))
      return (await Promise.all(waits)).filter((wait) => wait === 0).length
    },
    limiters,
  }
}

describe('createLeasedLimiter', () => {
  it.each([1, 10, 31, 600, 5000])('lets %i a minute pass over all workers, and never more', async (perMinute) => {
    const pool = open(perMinute)
    expect(await pool.send(perMinute * 2)).toBe(perMinute)
    const passed = await open(perMinute, 4).burst(perMinute * 3)
    expect(passed).toBeLessThanOrEqual(perMinute)
    expect(passed).toBeGreaterThan(perMinute * 0.9)
  })

  it('asks the primary seldom', async () => {
    const pool = open(600)
    expect(await pool.send(300)).toBe(300)
    expect(pool.asked.length).toBeLessThan(30)
  })

  it('answers at once where it has rights', async () => {
    const { limiters } = open(600)
    expect(limiters[0]!('203.0.113.7')).toBeInstanceOf(Promise)
    await limiters[0]!('203.0.113.7')
    expect(limiters[0]!('203.0.113.7')).toBe(0)
  })

  it('asks once for all that wait', async () => {
    const pool = open(100, 1)
    expect(await pool.burst(90)).toBe(90)
    expect(pool.asked.length).toBeLessThan(6)
  })

  it('loses less than a tenth to workers that stop asking', async () => {
    const pool = open(600)
    await pool.send(1, undefined, [pool.limiters[0]!])
    expect(await pool.send(700, undefined, [pool.limiters[1]!])).toBeGreaterThan(540)
  })

  it('tells how long to wait, and begins anew with the minute', async () => {
    const pool = open(10)
    await pool.send(10)
    pool.pass(20_000)
    expect(await pool.limiters[0]!('203.0.113.7')).toBe(40)
    expect(await pool.limiters[1]!('203.0.113.7')).toBe(40)
    pool.pass(40_000)
    expect(await pool.send(20)).toBe(10)
    // Also for a worker that was idle when the minute began.
    pool.pass(60_000)
    expect(await pool.send(5, undefined, [pool.limiters[0]!])).toBe(5)
    expect(await pool.send(20, undefined, [pool.limiters[1]!])).toBe(5)
  })

  it('counts addresses apart, and networks of IPv6 together', async () => {
    const pool = open(4)
    expect(await pool.send(6, '203.0.113.7')).toBe(4)
    expect(await pool.send(6, '203.0.113.8')).toBe(4)
    expect((await pool.send(3, '2001:db8::1')) + (await pool.send(3, '2001:db8::2'))).toBe(4)
  })

  it('has no limit where that is 0, and refuses nobody when the primary is gone', async () => {
    const pool = open(0)
    expect(pool.limiters[0]!('203.0.113.7')).toBe(0)
    expect(pool.asked).toEqual([])
    const orphan = createLeasedLimiter({ perMinute: 5, ask: async () => undefined })
    for (let sent = 0; sent < 20; sent++) expect(await orphan('203.0.113.7')).toBe(0)
  })
})

describe('createRateGrants', () => {
  it('remembers so many addresses and no more', () => {
    const grants = createRateGrants({ most: 2 })
    const take = (key: string) => grants({ key, perMinute: 1, want: 1 }).tokens
    expect([take('a'), take('a'), take('b'), take('c')]).toEqual([1, 0, 1, 1])
    // The one that came first was forgotten.
    expect([take('c'), take('b'), take('a')]).toEqual([0, 0, 1])
  })

  it('is not impressed by a worker that wants more than there is', () => {
    const grants = createRateGrants()
    expect(grants({ key: 'a', perMinute: 10, want: 50 }).tokens).toBe(10)
    expect(grants({ key: 'a', perMinute: 10, want: 50 }).tokens).toBe(0)
  })
})
