import { describe, expect, it } from 'vitest'
import { etagOf, matchesEtag } from './etag.ts'

const asks = (header?: string) => ({ headers: { 'if-none-match': header } })

describe('etagOf', () => {
  it('is one for one text, and weak', () => {
    expect(etagOf('a')).toBe(etagOf('a'))
    expect(etagOf('a')).not.toBe(etagOf('b'))
    expect(etagOf('ü')).not.toBe(etagOf('u'))
    expect(etagOf(new TextEncoder().encode('a'))).toBe(etagOf('a'))
    expect(etagOf('')).toMatch(/^W\/"[\w-]+"$/)
    expect(etagOf('a')).toMatch(/^W\/"[\w-]+"$/)
  })
})

describe('etagOf a changed text', () => {
  it('is another one, wherever a character changes', () => {
    const text = 'abcdefgh'.repeat(100)
    const tags = Array.from(text, (_, at) => etagOf(`${text.slice(0, at)}#${text.slice(at + 1)}`))
    expect(new Set([etagOf(text), ...tags]).size).toBe(text.length + 1)
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
