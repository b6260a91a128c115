import { describe, expect, it } from 'vitest'
import { flush, mount } from './browser.ts'
import { type Child, useState } from './index.ts'
import { jsxDEV } from './jsx-dev-runtime.ts'
import { Fragment, jsx, jsxs } from './jsx-runtime.ts'
import { cases } from './testing/jsx-cases.fixture.ts'

/** What a tree shows, its handlers and properties aside. */
function shown(element: Child): string {
  const host = document.createElement('div')
  const unmount = mount(element, host)
  const html = host.innerHTML
  unmount()
  return html
}

describe('jsx in the browser', () => {
  it.each(cases)('shows $html', ({ make, html }) => {
    const host = document.createElement('div')
    host.innerHTML = html
    expect(shown(make({ jsx, jsxs, Fragment }))).toBe(host.innerHTML)
  })

  it('is the same in development', () => {
    expect(shown(jsxDEV('p', { id: 'a', children: 'b' }))).toBe('<p id="a">b</p>')
  })

  it('keeps nodes by key and calls handlers', () => {
    let set: (keys: number[]) => void = () => {}
    const log: string[] = []
    const List = () => {
      const [keys, setKeys] = useState([1, 2])
      set = setKeys
      return jsx('ul', {
        children: keys.map((key) => jsx('li', { onClick: () => log.push(`${key}`), children: key }, key)),
      })
    }
    const host = document.createElement('div')
    mount(jsx(List, {}), host)
    const [one, two] = host.querySelectorAll('li')
    set([2, 1])
    flush()
    expect([...host.querySelectorAll('li')]).toEqual([two, one])
    one!.click()
    expect(log).toEqual(['1'])
  })

  it('refuses what is no name of an element', () => {
    expect(() => jsx('a b', {})).toThrow(expect.objectContaining({ code: 'ELEMENT_NAME_INVALID' }))
  })

  it('controls inputs, textareas and selects', () => {
    const host = document.createElement('div')
    const options = ['a', 'b'].map((value) => jsx('option', { value, children: value }, value))
    mount(
      [
        jsx('input', { value: 'x' }),
        jsx('textarea', { value: 'y' }),
        jsx('select', { value: 'b', children: options }),
        jsx('input', { type: 'checkbox', checked: true }),
      ],
      host,
    )
    expect(host.querySelector('input')!.value).toBe('x')
    expect(host.querySelector('textarea')!.value).toBe('y')
    expect(host.querySelector('select')!.value).toBe('b')
    expect(host.querySelector<HTMLInputElement>('[type=checkbox]')!.checked).toBe(true)
  })
})
