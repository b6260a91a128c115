import { describe, expect, it } from 'vitest'
import { styleText } from './value.ts'

describe('styleText', () => {
  it('writes what CSS takes as a value', () => {
    const values = [
      'red',
      'calc((1px + 2%) * var(--a, 3))',
      'url(data:image/png;base64,AA==)',
      'url( "a;b.png" )',
      '"a;b" counter(x)',
      "'its; {fine}'",
      'a, "b c", serif',
      '1px solid #abc',
      '10px / 2',
      'translate(1px,2px) rotate(3deg) !important',
      '日本',
    ]
    for (const value of values) expect(styleText({ color: value }), value).toBe(`color:${value}`)
    expect(styleText({ '--größe': '1', marginTop: 2, zIndex: 3 })).toBe('--größe:1;margin-top:2px;z-index:3')
  })

  it('leaves out a value that would write further declarations', () => {
    const values = [
      'red;background:url(//evil.example)',
      '"a" ; top:0',
      'url((;);top:0;)',
      'url(a"b);top:0;"c)',
      'URL(a;b)c;d',
      "url('a');top:0",
      'red\\',
      '"open',
      'a/*',
      'red}body{top:0',
      'x")',
    ]
    for (const value of values) expect(styleText({ color: value, left: 0 }), value).toBe('left:0')
    expect(styleText({ 'top:0;color': 'red', left: 0 })).toBe('left:0')
  })
})
