import { describe, expect, it } from 'vitest'
import { parsePort } from './port.ts'

describe('parsePort', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['0', 0],
    ['3000', 3000],
    ['65535', 65_535],
  ])('reads %j as %j', (given, port) => {
    expect(parsePort(given)).toBe(port)
  })

  it.each(['65536', '-1', '3e3', '80a', ' 80', '1.5'])('refuses %j', (value) => {
    expect(() => parsePort(value)).toThrow(expect.objectContaining({ code: 'PORT_INVALID', data: { value } }))
  })
})
