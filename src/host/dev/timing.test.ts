import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { drawServerTiming, measureRequest } from './timing.ts'

describe('measureRequest', () => {
  it('gives back what the request gives, at once or later', async () => {
    expect(measureRequest(() => 1).result).toBe(1)
    expect(await measureRequest(async () => await wait(1, 2)).result).toBe(2)
  })

  it('counts what nobody else counts as the routes', () => {
    expect(measureRequest(() => 1).times).toEqual({ routes: expect.any(Number) })
  })

  it('keeps the time of a request that fails', () => {
    let thrown: unknown
    try {
      measureRequest(() => {
        throw new Error('no')
      })
    } catch (error) {
      thrown = error
    }
    expect(thrown).toMatchObject({ message: 'no' })
  })
})

describe('drawServerTiming', () => {
  it('lists the layers from the top down', () => {
    expect(drawServerTiming({ services: 0.25, routes: 12.34, api: 3 })).toBe(
      'routes;dur=12.3, api;dur=3.0, services;dur=0.3',
    )
  })

  it('is empty without times', () => expect(drawServerTiming({})).toBe(''))
})
