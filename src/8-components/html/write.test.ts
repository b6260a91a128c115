import { describe, expect, it } from 'vitest'
import { signal } from '../../7-state/index.ts'
import {
  attribute,
  block,
  child,
  classes,
  component,
  fragment,
  html,
  on,
  property,
  rawText,
  ready,
  ref,
  renderToString,
  selectValue,
  spread,
  styles,
  textContent,
  written,
} from '../server.ts'

describe('child', () => {
  it('escapes text and shows numbers', () => {
    expect(child('a < b & c > d "e" \'f\'')).toBe('a &lt; b &amp; c &gt; d "e" \'f\'')
    expect(child('plain')).toBe('plain')
    // What looks for it keeps nothing from one text to the next.
    expect(['&', '&', 'a', '&'].map(child)).toEqual(['&amp;', '&amp;', 'a', '&amp;'])
    expect([child(0), child(-1.5), child(12n)]).toEqual(['0', '-1.5', '12'])
  })
  it('keeps carriage returns, which a parser would turn into line feeds', () => {
    expect(child('a\r\nb')).toBe('a&#13;\nb')
  })
  it('shows nothing for nothing', () => {
    expect([null, undefined, true, false, ''].map(child)).toEqual(['', '', '', '', ''])
  })
  it('joins arrays, nested ones too', () => {
    expect(child(['a', ['<', [1]], null])).toBe('a&lt;1')
  })
  it('shows what a signal holds', () => {
    expect(child(signal('<b>'))).toBe('&lt;b&gt;')
  })
  it.each([
    ['a plain object', {}],
    ['a function', () => 'x'],
    ['a symbol', Symbol('s')],
    ['an instance of Date', new Date(0)],
    ['a promise', Promise.resolve()],
  ])('refuses what cannot be shown: %s', (kind, bad) => {
    expect(() => child(bad)).toThrow(expect.objectContaining({ code: 'CHILD_INVALID', data: { kind, component: '' } }))
  })
})

describe('attribute', () => {
  it('escapes values', () => {
    expect(attribute('title', `a"b'c<d>&`)).toBe(` title="a&quot;b'c&lt;d&gt;&amp;"`)
  })
  it('is absent for nothing and empty for true', () => {
    expect([null, undefined, false, () => 0].map((value) => attribute('hidden', value))).toEqual(['', '', '', ''])
    expect([attribute('hidden', true), attribute('hidden', '')]).toEqual([' hidden', ' hidden'])
  })
  it('spells booleans where HTML wants words', () => {
    expect(attribute('aria-hidden', false)).toBe(' aria-hidden="false"')
    expect(attribute('data-open', true)).toBe(' data-open="true"')
    expect(attribute('draggable', true)).toBe(' draggable="true"')
    expect(attribute('contenteditable', false)).toBe(' contenteditable="false"')
  })
  it('shows what a signal holds', () => {
    expect(attribute('title', signal('now'))).toBe(' title="now"')
  })
})

describe('property', () => {
  it('is written as the attribute that it starts with', () => {
    expect(property('value', 'a"')).toBe(' value="a&quot;"')
    expect([property('checked', true), property('checked', false)]).toEqual([' checked', ''])
    expect([property('indeterminate', true), property('innerHTML', '<b>')]).toEqual(['', ''])
  })
})

describe('classes', () => {
  it('joins text, arrays and records', () => {
    expect(classes(['a', { b: true, c: 0 }, ['d', null, false]])).toBe(' class="a b d"')
    expect([classes(''), classes(null), classes({}), classes(true)]).toEqual(['', '', '', ''])
  })
})

describe('styles', () => {
  it('writes numbers as pixels where CSS wants a length', () => {
    expect(styles({ fontSize: 12, lineHeight: 2, zIndex: 3, margin: 0, flexBasis: 4, '--gap': 5 })).toBe(
      ' style="font-size:12px;line-height:2;z-index:3;margin:0;flex-basis:4px;--gap:5"',
    )
  })
  it('leaves nothing out but nothing', () => {
    expect(styles({ color: null, top: undefined, left: '' })).toBe('')
    expect(styles('color: "red"')).toBe(' style="color: &quot;red&quot;"')
  })
})

describe('spread', () => {
  it('writes attributes, classes and styles in order', () => {
    expect(spread({ id: 'x', className: 'a', style: { top: 1 }, htmlFor: 'y', disabled: true }, 'label')).toBe(
      ' id="x" class="a" style="top:1px" for="y" disabled',
    )
  })
  it('leaves out what is no attribute', () => {
    expect(spread({ children: 'x', key: 1, innerHTML: '<b>', onClick: () => 0, ref: null }, 'div')).toBe('')
    expect(spread(null, 'div')).toBe('')
  })
  it('lets no name or handler of a stranger through', () => {
    const bad = { 'a b': 1, 'x>': 1, 'y"': 1, '': 1, onclick: 'alert(1)', ONERROR: 'x', 'a/b': 1, 'a=b': 1, 'a\0': 1 }
    expect(spread(bad, 'div')).toBe('')
  })
  it('writes the start of a control, unless its content says it', () => {
    expect(spread({ value: 'a', checked: true }, 'input')).toBe(' value="a" checked')
    expect(spread({ defaultValue: 'a' }, 'input')).toBe(' value="a"')
    expect(spread({ value: 'a' }, 'textarea') + spread({ value: 'a' }, 'select')).toBe('')
  })
})

describe('text, rawText and html', () => {
  it('keep the first line feed of a textarea', () => {
    expect(textContent('\na<', 'textarea')).toBe('\n\na&lt;')
    expect(textContent('\na', 'title')).toBe('\na')
    expect(textContent(['a', 1, null], 'option')).toBe('a1')
  })
  it('cannot be ended by their content', () => {
    const bad = '"</script><!--<script>"'
    expect(rawText(bad, 'script')).toBe('"\\u003c/script>\\u003c!--\\u003cscript>"')
    expect(JSON.parse(rawText(bad, 'script'))).toBe(JSON.parse(bad))
    expect(rawText('a{content:"</STYLE>"}', 'style')).toBe('a{content:"\\3c /STYLE>"}')
  })
  it('let trusted markup through', () => {
    expect(html('<b>1</b>')).toBe('<b>1</b>')
    expect(html(null)).toBe('')
  })
})

describe('selectValue', () => {
  const options = '<option value="a">A</option><option value="b&amp;" selected>B</option><option>c</option>'
  it('marks the option with that value, and unmarks others', () => {
    expect(selectValue('a', options)).toBe(
      '<option value="a" selected>A</option><option value="b&amp;">B</option><option>c</option>',
    )
  })
  it('reads attributes, not what looks like one inside another', () => {
    const tricky = '<option title="a value selected" value="a">x</option>'
    expect(selectValue('a', tricky)).toBe('<option title="a value selected" value="a" selected>x</option>')
    expect(selectValue('x', tricky)).toBe(tricky)
  })
  it('knows escaped values, and labels where there is no value', () => {
    expect(selectValue('b&', options)).toContain('<option value="b&amp;" selected>')
    expect(selectValue('c', options)).toContain('<option selected>c')
  })
  it('marks several', () => {
    expect(selectValue(['a', 'c'], options).match(/ selected/g)).toHaveLength(2)
  })
  it('leaves the options alone without a value', () => {
    expect(selectValue(undefined, options)).toBe(options)
  })
})

describe('ready', () => {
  const done = written('<b>1</b>')
  it.each([['text'], [1], [2n], [true], [null], [undefined], [done], [[done, 'a', [1]]], [{ a: 1 }]])(
    'is what is the same in every place: %o',
    (value) => expect(ready(value)).toBe(true),
  )
  const waiting = component(() => null, {})
  it.each([[() => 0], [signal(1)], [waiting], [block(child, [waiting])], [[done, [waiting]]], [{ a: () => 0 }]])(
    'is nothing that depends on its place: %o',
    (value) => expect(ready(value)).toBe(false),
  )
})

describe('written', () => {
  it('is shown as it is, alone and in lists', () => {
    expect([child(written('<i>&</i>')), child([written('<br>'), '<'])]).toEqual(['<i>&</i>', '<br>&lt;'])
  })
})

describe('block', () => {
  it('is written where it stands, with what it holds', async () => {
    const item = (label: string) => block((value) => `<li>${child(value)}</li>`, [label])
    const list = block((value) => `<ul>${child(value)}</ul>`, [[item('a'), fragment([item('<'), 'x'], 'k')]])
    expect(await renderToString(list)).toBe('<ul><li>a</li><li>&lt;</li>x</ul>')
  })
  it('waits for its place when a component is in it', async () => {
    const Name = ({ name }: { name: string }) => name
    const element = block((value) => `<p>${child(value)}</p>`, [component(Name, { name: 'Ada' })])
    expect(await renderToString(element)).toBe('<p>Ada</p>')
  })
})

describe('on and ref', () => {
  it('write nothing', () => {
    expect([on('click', () => 0), ref({ current: null })]).toEqual(['', ''])
  })
})
