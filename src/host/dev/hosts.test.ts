import { describe, expect, it } from 'vitest'
import { createHostCheck, listDevHosts } from './hosts.ts'

const isAllowed = createHostCheck(listDevHosts(['.example.test', 'Machine.lan'], '192.168.1.5'))

describe('createHostCheck', () => {
  it.each(['localhost', 'localhost:3000', '127.0.0.1:3000', '[::1]', 'a.localhost:80', 'LOCALHOST'])(
    'lets %s in: it is this machine',
    (host) => expect(isAllowed(host)).toBe(true),
  )

  it.each(['shop.example.test', 'a.b.example.test:3000', 'machine.lan:3000', '192.168.1.5:3000'])(
    'lets the listed %s in',
    (host) => expect(isAllowed(host)).toBe(true),
  )

  it.each([
    'evil.test',
    'localhost.evil.test',
    '127.0.0.1.evil.test',
    'example.test',
    'evilexample.test',
    '10.0.0.1',
    'localhost:99999',
    'local host',
    '',
    undefined,
  ])('keeps %j out', (host) => expect(isAllowed(host)).toBe(false))
})

describe('listDevHosts', () => {
  it('does not take "all addresses" for a name', () => {
    expect(listDevHosts([], '0.0.0.0')).toEqual(listDevHosts([], undefined))
  })
})
