import { describe, expect, it } from 'vitest'
import { Recent } from './recent.ts'

describe('Recent', () => {
  it('keeps no more than it may', () => {
    const recent = new Recent<number>(10)
    for (let at = 0; at < 100; at++) recent.set(String(at), at)
    const kept = Array.from({ length: 100 }, (_, at) => recent.get(String(at))).filter((one) => one !== undefined)
    expect(kept.length).toBeGreaterThan(0)
    expect(kept.length).toBeLessThanOrEqual(10)
  })

  it('keeps what is used all the time, and the last one', () => {
    const recent = new Recent<string>(4)
    recent.set('used', 'here')
    for (let at = 0; at < 50; at++) {
      expect(recent.get('used')).toBe('here')
      recent.set(String(at), 'new')
      expect(recent.get(String(at))).toBe('new')
    }
    expect(recent.get('0')).toBeUndefined()
  })

  it('forgets all', () => {
    const recent = new Recent<number>(2)
    recent.set('a', 1)
    recent.set('b', 2)
    recent.clear()
    expect([recent.get('a'), recent.get('b')]).toEqual([undefined, undefined])
  })
})
