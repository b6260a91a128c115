import { describe, expect, it } from 'vitest'
import { chooseEncoding } from './accept-encoding.ts'

describe('chooseEncoding', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['x-gzip', 'gzip'],
    ['br;q=0.5, gzip;q=1.0', 'gzip'],
    ['br;q=1.0, gzip;q=1.0', 'br'],
    ['*', 'br'],
    ['*;q=0.1, br;q=0', 'gzip'],
    ['gzip;q=0', undefined],
    ['identity', undefined],
    ['identity;q=1, gzip;q=0.5', undefined],
    ['identity;q=0.5, gzip;q=1', 'gzip'],
    ['deflate', undefined],
    ['', undefined],
    ['br;q=tea', undefined],
    ['brotli, gzipped', undefined],
    [undefined, undefined],
    [`gzip${' '.repeat(600)}`, undefined],
  ])('of %j is %s', (header, encoding) => {
    expect(chooseEncoding(header)).toBe(encoding)
    expect(chooseEncoding(header)).toBe(encoding)
  })

  it('goes on with more headers than it remembers', () => {
    for (let index = 0; index < 300; index++) expect(chooseEncoding(`gzip;q=0.${index}1`)).toBe('gzip')
  })
})
