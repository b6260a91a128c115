import { describe, expect, it } from 'vitest'
import { batch, computed, effect, signal, tracking, untracked } from './index.ts'

describe('effect', () => {
  it('runs now and at each change, after the cleanup of its last run', () => {
    const log: string[] = []
    const count = signal(0)
    const stop = effect(() => {
      const now = count.value
      log.push(`run ${now}`)
      return () => log.push(`clean ${now}`)
    })
    count.value = 1
    count.value = 1
    stop()
    count.value = 2
    expect(log).toEqual(['run 0', 'clean 0', 'run 1', 'clean 1'])
  })

  it('outlives the effect that made it', () => {
    const outer = signal(0)
    const inner = signal(0)
    const log: number[] = []
    const stops: (() => void)[] = []
    const stop = effect(() => {
      if (outer.value === 0) stops.push(effect(() => void log.push(inner.value)))
    })
    outer.value = 1
    inner.value = 1
    expect(log).toEqual([0, 1])
    for (const end of [stop, ...stops]) end()
  })
})

describe('computed', () => {
  it('is worked out once per change, when it is read', () => {
    let runs = 0
    const count = signal(1)
    const double = computed(() => {
      runs++
      return count.value * 2
    })
    expect(runs).toBe(0)
    expect([double.value, double.value, runs]).toEqual([2, 2, 1])
    count.value = 2
    expect([double.value, runs]).toEqual([4, 2])
  })

  it('may not write', () => {
    const count = signal(1)
    const bad = computed(() => {
      count.value = 2
      return 0
    })
    expect(() => bad.value).toThrow(expect.objectContaining({ code: 'STATE_WRITE_IN_COMPUTED' }))
    count.value = 3
    expect(count.value).toBe(3)
  })
})

describe('batch', () => {
  it('shows several writes as one, also when it throws', () => {
    const first = signal('a')
    const last = signal('b')
    const seen: string[] = []
    const stop = effect(() => void seen.push(first.value + last.value))
    batch(() => {
      first.value = 'c'
      last.value = 'd'
    })
    expect(() =>
      batch(() => {
        first.value = 'e'
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(seen).toEqual(['ab', 'cd', 'ed'])
    stop()
  })
})

describe('untracked', () => {
  it('reads without subscribing', () => {
    const count = signal(0)
    let runs = 0
    const stop = effect(() => {
      untracked(() => count.value)
      runs++
    })
    count.value = 1
    expect(runs).toBe(1)
    stop()
  })
})

describe('tracking.watch', () => {
  it('tells once of a change, and not after it was stopped', () => {
    const count = signal(0)
    let told = 0
    const first = tracking.watch!(
      () => count.value,
      () => told++,
    )
    expect(first.value).toBe(0)
    count.value = 1
    count.value = 2
    expect(told).toBe(1)
    const second = tracking.watch!(
      () => count.value,
      () => told++,
    )
    second.stop()
    count.value = 3
    expect(told).toBe(1)
  })

  it('watches nothing when the reading fails', () => {
    const count = signal(0)
    let told = 0
    const read = () => {
      if (count.value === 0) throw new Error('zero')
    }
    expect(() => tracking.watch!(read, () => told++)).toThrow('zero')
    count.value = 1
    expect(told).toBe(0)
  })
})
