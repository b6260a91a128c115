import { describe, expect, it } from 'vitest'
import { etagOf, matchesEtag } from './etag.ts'

const asks = (header?: string) => ({ headers: { 'if-none-match': header } })

describe('etagOf', () => {
  it('is one for one text, and weak', () => {
    expect(etagOf('a')).toBe(etagOf('a'))
    expect(etagOf('a')).not.toBe(etagOf('b'))
    expect(etagOf('ü')).toBe(etagOf(new TextEncoder().encode('ü')))
    expect(etagOf('a')).toMatch(/^W\/"[\w-]+"$/)
  })
})

describe('matchesEtag', () => {
  it.each(['W/"1"', '"1"', '*', '"0", W/"1"', '"0","1" ,"2"'])('knows its tag in %s', (header) => {
    expect(matchesEtag(asks(header), 'W/"1"')).toBe(true)
    expect(matchesEtag(asks(header), '"1"')).toBe(true)
  })

  it.each(['"2"', '1', '', undefined, 'W/"11"'])('does not see it in %s', (header) => {
    expect(matchesEtag(asks(header), 'W/"1"')).toBe(false)
  })
})
