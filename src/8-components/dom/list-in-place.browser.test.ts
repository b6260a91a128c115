import { describe, expect, it } from 'vitest'
import { block, child, component, flush, keyed, mount, template } from '../browser.ts'
import { type Child, useState } from '../index.ts'

const row = template('<li><!></li>', [child(1)])
const list = template('<ul>a<!>b</ul>', [child(2)])

// A file of its own: once anything had a key, the page has the code for keys.
describe('a list on a page without keys', () => {
  it('keeps items by position, adds and removes at the end, and goes on when the first key comes', () => {
    let items: Child[] = []
    let again = () => {}
    const Stage = () => {
      const [, set] = useState(0)
      again = () => set((count) => count + 1)
      return block(list, [items])
    }
    const host = document.createElement('div')
    const unmount = mount(component(Stage, {}), host)
    const show = (...next: Child[]): Element[] => {
      items = next
      again()
      flush()
      return [...host.querySelectorAll('li')]
    }
    const item = (text: string, key?: string): Child => block(row, [text], key)
    const [first, second] = show(item('1'), item('2'))
    expect(host.textContent).toBe('a12b')
    expect(show(item('3'), item('1'), 'text', item('4'))).toEqual([first, second, expect.anything()])
    expect(host.textContent).toBe('a31text4b')
    expect(show('text', item('1'))).toEqual([second])
    expect(host.textContent).toBe('atext1b')
    // Items that were there had no key, so those with one are new.
    const keyedItem = (text: string): Child => item(text, keyed(text) as string)
    const [x, y] = show(keyedItem('x'), keyedItem('y'))
    expect([x, y]).not.toContain(second)
    expect(show(keyedItem('y'), keyedItem('z'), keyedItem('x'))).toEqual([y, expect.anything(), x])
    expect(host.textContent).toBe('ayzxb')
    unmount()
    expect(host.childNodes).toHaveLength(0)
  })
})
