import { describe, expect, it } from 'vitest'
import { decodeEntities } from './entities.ts'
import { jsxString, jsxText } from './jsx-text.ts'

describe('jsxText', () => {
  it.each([
    ['one line keeps its spaces', '  a  b  ', '  a  b  '],
    ['lines are joined by one space', 'Hello\n    world', 'Hello world'],
    ['empty lines vanish', '\n\n  a\n\n\n  b\n', 'a b'],
    ['blank text over several lines is nothing', '\n   \n\t\n', ''],
    ['blank text on one line stays', '   ', '   '],
    ['edges that touch no line break stay', '  a\n  b  ', '  a b  '],
    ['tabs are trimmed like spaces', 'a\t\n\t b', 'a b'],
    ['line ends of all systems', 'a\r\n  b\r  c', 'a b c'],
    ['a space by reference is no space to trim', '\n&#32;a&#x20;\n', ' a '],
    ['a no-break space is text', '\n \u00a0 \n', '\u00a0'],
  ])('%s', (_, raw, text) => {
    expect(jsxText(raw)).toBe(text)
  })
})

describe('jsxString', () => {
  it.each([
    ['"a &amp; b"', 'a & b'],
    ['\'say "hi"\'', 'say "hi"'],
    ['"no \\n escape"', 'no \\n escape'],
    ['"two\r\nlines\rthree"', 'two\nlines\nthree'],
  ])('reads %s', (raw, text) => {
    expect(jsxString(raw)).toBe(text)
  })
})

describe('decodeEntities', () => {
  it.each([
    ['&lt;&gt;&amp;&quot;&apos;', '<>&"\''],
    ['&nbsp;&copy;&yuml;&Omega;&hearts;&diams;', '\u00a0©ÿΩ♥♦'],
    ['&#65;&#x1F600;&#X41;', 'A😀A'],
    ['&nosuch;&lt &;&#;&#xg;', '&nosuch;&lt &;&#;&#xg;'],
    ['&#9999999;', '&#9999999;'],
    ['&amp;lt;', '&lt;'],
  ])('decodes %s', (text, decoded) => {
    expect(decodeEntities(text)).toBe(decoded)
  })
})
