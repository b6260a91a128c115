import { describe, expect, it } from 'vitest'
import { nearest } from '../1-contracts/server.ts'

const commands = ['dev', 'build', 'start', 'check', 'routes', 'explain']

describe('nearest', () => {
  it.each([
    ['biuld', 'build'],
    ['buidl', 'build'],
    ['strat', 'start'],
    ['route', 'routes'],
    ['DEV', 'dev'],
    ['expain', 'explain'],
  ])('takes %s for %s', (given, meant) => {
    expect(nearest(given, commands)).toBe(meant)
  })

  it.each(['deploy', 'x', '', 'xyz'])('takes %j for nothing', (given) => {
    expect(nearest(given, commands)).toBeUndefined()
  })
})
