import { describe, expect, it } from 'vitest'
import { Layer9Error } from '../1-contracts/index.ts'
import { batch, computed, effect, isSignal, signal, tracking, untracked } from './index.ts'

function caught(run: () => unknown): Layer9Error {
  try {
    run()
  } catch (error) {
    if (error instanceof Layer9Error) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('signal on the server', () => {
  it('reads its initial value', () => {
    const count = signal(3)
    expect(count.value).toBe(3)
    expect(count.peek()).toBe(3)
  })

  it('cannot be written, and says what to do instead', () => {
    const count = signal(0)
    const error = caught(() => {
      count.value = 1
    })
    expect(error.code).toBe('STATE_WRITE_ON_SERVER')
    expect(error.fix).toMatch(/loader/)
    expect(count.value).toBe(0)
  })

  it('tells whoever verifies reads of each read, not of a peek', () => {
    const reads: string[] = []
    const before = tracking.read
    tracking.read = () => reads.push('read')
    try {
      const count = signal(1)
      const double = computed(() => count.value * 2)
      count.peek()
      double.peek()
      expect(reads).toEqual(['read'])
      expect(double.value).toBe(2)
    } finally {
      tracking.read = before
    }
    expect(reads).toEqual(['read', 'read', 'read'])
  })
})

describe('computed on the server', () => {
  it('is worked out at each read, so that nothing outlives a request', () => {
    let runs = 0
    const value = computed(() => ++runs)
    expect([value.value, value.value]).toEqual([1, 2])
  })
})

describe('effect on the server', () => {
  it('does not run', () => {
    let runs = 0
    const stop = effect(() => {
      runs++
    })
    stop()
    expect(runs).toBe(0)
  })
})

describe('isSignal', () => {
  it('knows signals and computed values from everything else', () => {
    expect([signal(0), computed(() => 0)].every(isSignal)).toBe(true)
    expect([0, null, undefined, 'text', {}, [], () => 0, { value: 1 }].some(isSignal)).toBe(false)
  })
})

describe('batch and untracked', () => {
  it('return what they ran', () => {
    expect(batch(() => 1)).toBe(1)
    expect(untracked(() => 2)).toBe(2)
  })
})
