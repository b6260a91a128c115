// Controls that people changed, and those that they did not, through a merge.
import { afterEach, describe, expect, it } from 'vitest'
import { contentOf, mergeNodes } from './merge.ts'

const parse = (html: string): HTMLElement => new DOMParser().parseFromString(`<body>${html}</body>`, 'text/html').body

const page = {
  show(html: string) {
    document.body.innerHTML = html
  },
  merge(html: string) {
    mergeNodes(contentOf(document.body), contentOf(parse(html)))
  },
  control<Type extends HTMLElement = HTMLInputElement>(name: string) {
    return document.querySelector(`[name=${name}]`) as Type
  },
  /** What each control shows, in order: its text, whether it is checked, or what is chosen. */
  get shown() {
    return [...document.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input,textarea,select')].map((each) => {
      if ('options' in each) return [...each.selectedOptions].map(({ value }) => value).join()
      return /box|radio/.test(each.type) ? each.checked : each.value
    })
  },
}

afterEach(() => page.show(''))

const text = (value: string) => `<input name="text" value="${value}">`
const area = (value: string) => `<textarea name="area">${value}</textarea>`
const box = (checked: boolean) => `<input type="checkbox" name="box" value="1"${checked ? ' checked' : ''}>`
const radios = (checked: string, values = 'abc') =>
  [...values]
    .map(
      (value) =>
        `<label>${value}<input type="radio" name="r" value="${value}"${value === checked ? ' checked' : ''}></label>`,
    )
    .join('')
const select = (chosen: string, values = 'abc', multiple = '') =>
  `<select name="select" ${multiple}>${[...values].map((value) => `<option${chosen.includes(value) ? ' selected' : ''}>${value}</option>`).join('')}</select>`

/** Writes into a control as people do: the browser then no longer shows what the markup says. */
function type(name: string, value: string): void {
  page.control(name).value = value
}

describe('a control that nobody touched', () => {
  it('shows what the next document says', () => {
    page.show(text('a') + area('a') + box(false) + radios('a') + select('a'))
    page.merge(text('b') + area('b') + box(true) + radios('c') + select('b'))
    expect(page.shown).toEqual(['b', 'b', true, false, false, true, 'b'])
    page.merge(text('') + area('') + box(false) + radios('') + select(''))
    expect(page.shown).toEqual(['', '', false, false, false, false, 'a'])
  })

  it('does so too when it was changed and changed back', () => {
    page.show(text('a') + area('a') + box(false) + radios('a') + select('a'))
    type('text', 'x')
    type('text', 'a')
    type('area', 'x')
    type('area', 'a')
    page.control('box').click()
    page.control('box').click()
    document.querySelectorAll<HTMLInputElement>('[name=r]')[1]?.click()
    document.querySelectorAll<HTMLInputElement>('[name=r]')[0]?.click()
    type('select', 'b')
    type('select', 'a')
    page.merge(text('b') + area('b') + box(true) + radios('c') + select('c'))
    expect(page.shown).toEqual(['b', 'b', true, false, false, true, 'c'])
  })

  it('counts as such whatever its type makes of its value', () => {
    const controls = (value: string) =>
      `<input type="range" name="range" max="9" value="${value}"><input type="color" name="color" value="${value}">
       <input type="email" name="mail" value=" ${value} "><input type="file" name="file">`
    page.show(controls(''))
    expect(page.shown).toEqual(['5', '#000000', '', ''])
    page.merge(controls('3'))
    expect(page.shown).toEqual(['3', '#000000', '3', ''])
  })

  it('is not misled by a field called reset', () => {
    page.show(`<form><input name="reset" value="a">${box(false)}</form>`)
    page.merge(`<form><input name="reset" value="b">${box(true)}</form>`)
    expect(page.shown).toEqual(['b', true])
  })
})

describe('a control that was changed', () => {
  it('shows what it showed, and the next document’s says what it is reset to', () => {
    page.show(`<form>${text('a') + area('a') + box(false) + select('a')}</form>`)
    type('text', 'mine')
    type('area', 'mine')
    page.control('box').checked = true
    type('select', 'b')
    page.merge(`<form>${text('b') + area('b') + box(false) + select('c')}</form>`)
    expect(page.shown).toEqual(['mine', 'mine', true, 'b'])
    page.merge(`<form>${text('c') + area('c') + box(false) + select('a')}</form>`)
    expect(page.shown).toEqual(['mine', 'mine', true, 'b'])
    document.querySelector('form')?.reset()
    expect(page.shown).toEqual(['c', 'c', false, 'a'])
  })

  it('is one that nobody touched once the next document says the same', () => {
    page.show(text('a'))
    type('text', 'saved')
    page.merge(text('saved'))
    page.merge(text('renamed'))
    expect(page.shown).toEqual(['renamed'])
  })

  it('is the one of that name, wherever fields come and go around it', () => {
    page.show('<input name="first"><input name="last">')
    type('last', 'mine')
    page.merge('<input name="title"><input name="first"><input name="last">')
    expect(page.shown).toEqual(['', '', 'mine'])
    page.merge('<input name="last" type="checkbox" value="on">')
    expect(document.body.innerHTML).toBe('<input name="last" type="checkbox" value="on">')
    expect(page.shown).toEqual([false])
  })

  it('does not hand what was typed to another field in its place', () => {
    page.show('<input id="x" name="first" value="a">')
    type('first', 'mine')
    page.merge('<input id="x" name="last" value="b">')
    expect(page.shown).toEqual(['b'])
  })

  it('is the option that was chosen, wherever the next document has it', () => {
    page.show(select('a') + select('ab', 'abc', 'multiple'))
    type('select', 'b')
    const several = document.querySelectorAll('select')[1] as HTMLSelectElement
    for (const option of several.options) option.selected = option.value !== 'a'
    page.merge(select('a', 'xaybc') + select('a', 'cxb', 'multiple'))
    expect(page.shown).toEqual(['b', 'c,b'])
    page.merge(select('x', 'ax') + select('x', 'axb', 'multiple'))
    expect(page.shown).toEqual(['x', 'b'])
  })

  it('is the button of a group that was chosen, wherever the next document has it', () => {
    page.show(radios('a'))
    document.querySelectorAll('input')[1]?.click()
    expect(page.shown).toEqual([false, true, false])
    page.merge(radios('c'))
    expect(page.shown).toEqual([false, true, false])
    page.merge(radios('a', 'abc'))
    expect(page.shown).toEqual([false, true, false])
    // In its place there is another one now.
    page.merge(radios('a', 'axb'))
    expect(page.shown).toEqual([true, false, false])
  })

  it('keeps the files that were chosen', () => {
    page.show('<input type="file" name="file"><p>a</p>')
    const files = new DataTransfer()
    files.items.add(new File(['text'], 'mine.txt'))
    page.control('file').files = files.files
    page.merge('<input type="file" name="file" required><p>b</p>')
    expect(page.control('file').files?.[0]?.name).toBe('mine.txt')
  })
})

describe('a control that has the focus', () => {
  it('keeps its text and its caret, changed or not', () => {
    page.show(text('some text') + area('some text'))
    for (const name of ['text', 'area']) {
      const control = page.control(name)
      control.focus()
      control.setSelectionRange(2, 4)
      page.merge(text('other') + area('other'))
      expect([control.value, control.selectionStart, control.selectionEnd]).toEqual(['some text', 2, 4])
      expect(document.activeElement).toBe(control)
      page.show(text('some text') + area('some text'))
    }
  })

  it('is told another value where that is no text', () => {
    for (const type of ['radio', 'checkbox', 'submit', 'button']) {
      page.show(`<input type="${type}" name="one" value="1"><button name="two" value="1"></button>`)
      for (const name of ['one', 'two']) {
        page.control(name).focus()
        page.merge(`<input type="${type}" name="one" value="${name}"><button name="two" value="${name}"></button>`)
        expect([page.control('one').value, page.control('two').value]).toEqual([name, name])
      }
    }
  })

  it('keeps what is chosen and checked', () => {
    page.show(select('b') + box(true))
    page.control('select').focus()
    page.merge(select('a') + box(true))
    expect(page.shown).toEqual(['b', true])
    page.control('box').focus()
    page.merge(select('a') + box(false))
    expect(page.shown).toEqual(['b', true])
  })
})

describe('a control in a part that is not merged', () => {
  it('is left alone', () => {
    const kept = `<div data-layer9-keep>${box(false)}</div>`
    page.show(kept)
    const own = page.control('box')
    own.defaultChecked = true
    own.checked = false
    page.merge(kept)
    expect(own.checked).toBe(false)
    expect(own.defaultChecked).toBe(true)
  })
})
