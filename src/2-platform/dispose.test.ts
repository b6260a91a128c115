import { beforeEach, describe, expect, it } from 'vitest'
import { disposeAll, onDispose } from './dispose.ts'

describe('onDispose', () => {
  beforeEach(async () => void (await disposeAll()))

  it('runs what was registered, the newest first, once', async () => {
    const order: number[] = []
    onDispose(() => order.push(1))
    onDispose(async () => order.push(2))
    expect(await disposeAll()).toEqual([])
    expect(await disposeAll()).toEqual([])
    expect(order).toEqual([2, 1])
  })

  it('goes on after one that throws, and gives its error back', async () => {
    let ran = false
    onDispose(() => {
      ran = true
    })
    onDispose(async () => await Promise.reject(new Error('stuck')))
    expect(await disposeAll()).toEqual([new Error('stuck')])
    expect(ran).toBe(true)
  })

  it('can be taken back', async () => {
    let ran = false
    const takeBack = onDispose(() => {
      ran = true
    })
    takeBack()
    await disposeAll()
    expect(ran).toBe(false)
  })
})
