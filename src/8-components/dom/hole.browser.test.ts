import { beforeEach, describe, expect, it } from 'vitest'
import { signal } from '../../7-state/index.ts'
import {
  attribute,
  block,
  child,
  classes,
  component,
  flush,
  mount,
  on,
  onCapture,
  property,
  ref,
  spread,
  styles,
  template,
  textContent,
} from '../browser.ts'
import { type Child, createPortal, useState } from '../index.ts'

let host: HTMLElement
beforeEach(() => {
  host = document.createElement('div')
  document.body.replaceChildren(host)
})

/** Shows a template with values; `set` shows others. */
function stage(shape: ReturnType<typeof template>, ...first: unknown[]) {
  let set: (values: unknown[]) => void = () => {}
  const Stage = () => {
    const [values, setValues] = useState(first)
    set = setValues
    return block(shape, values)
  }
  const unmount = mount(component(Stage, {}), host)
  return {
    node: host.firstElementChild as HTMLElement,
    unmount,
    set(...values: unknown[]) {
      set(values)
      flush()
    },
  }
}

describe('attribute', () => {
  it('is set, changed, emptied and taken away', () => {
    const { node, set } = stage(template('<p></p>', [attribute(0, 'title')]), 'a')
    expect(node.outerHTML).toBe('<p title="a"></p>')
    set(true)
    expect(node.outerHTML).toBe('<p title=""></p>')
    for (const nothing of [null, undefined, false, () => 0]) {
      set('b')
      set(nothing)
      expect(node.outerHTML).toBe('<p></p>')
    }
  })
  it('spells booleans where HTML wants words', () => {
    const { node } = stage(template('<p></p>', [attribute(0, 'aria-hidden'), attribute(0, 'draggable')]), false, true)
    expect(node.outerHTML).toBe('<p aria-hidden="false" draggable="true"></p>')
  })
})

describe('classes and styles', () => {
  it('take text, arrays and records', () => {
    const { node, set } = stage(template('<p></p>', [classes(0), styles(0)]), ['a', { b: true, c: false }], {
      fontSize: 3,
    })
    expect(node.outerHTML).toBe('<p class="a b" style="font-size:3px"></p>')
    set('', 'color: red')
    expect(node.outerHTML).toBe('<p style="color: red"></p>')
  })
})

describe('text', () => {
  it('is all that is in an element', () => {
    const { node, set } = stage(template('<textarea></textarea>', [textContent(0)]), 'a<b>')
    expect((node as HTMLTextAreaElement).value).toBe('a<b>')
    set(['x', 1])
    expect((node as HTMLTextAreaElement).value).toBe('x1')
  })
})

describe('property', () => {
  const input = template('<input>', [property(0, 'value'), on(0, 'input')])
  it('leaves caret and selection alone while one types', async () => {
    const Controlled = () => {
      const [value, setValue] = useState('ab')
      return block(input, [value, (event: Event) => setValue((event.currentTarget as HTMLInputElement).value)])
    }
    mount(component(Controlled, {}), host)
    const node = host.querySelector('input')!
    node.focus()
    node.setSelectionRange(1, 1)
    document.execCommand('insertText', false, 'x')
    await Promise.resolve()
    expect([node.value, node.selectionStart]).toEqual(['axb', 2])
  })
  it('goes back to its state, whatever was typed', () => {
    const { node, set } = stage(input, 'a', null)
    ;(node as HTMLInputElement).value = 'typed'
    set('a', null)
    expect((node as HTMLInputElement).value).toBe('a')
  })
  it('leaves an input without a value to the user', () => {
    const { node, set } = stage(input, undefined, null)
    ;(node as HTMLInputElement).value = 'typed'
    set(undefined, () => 0)
    expect((node as HTMLInputElement).value).toBe('typed')
    set(null, null)
    expect((node as HTMLInputElement).value).toBe('typed')
  })
  it('goes back when the component does not follow what was typed', async () => {
    const Digits = () => {
      const [value, setValue] = useState('12')
      const onInput = (event: Event) => setValue((event.currentTarget as HTMLInputElement).value.replace(/\D/g, ''))
      return block(input, [value, onInput])
    }
    mount(component(Digits, {}), host)
    const node = host.querySelector('input')!
    node.focus()
    document.execCommand('insertText', false, 'x')
    expect(node.value).toBe('12x')
    await new Promise((resolve) => setTimeout(resolve))
    expect(node.value).toBe('12')
    document.execCommand('insertText', false, '3')
    await new Promise((resolve) => setTimeout(resolve))
    expect(node.value).toBe('123')
  })
  it('leaves a checkbox without a state to the user', () => {
    const { node, set } = stage(template('<input type="checkbox">', [property(0, 'checked')]), undefined)
    node.click()
    set(null)
    expect((node as HTMLInputElement).checked).toBe(true)
  })
  it('sets checkboxes', () => {
    const shape = template('<input type="checkbox">', [property(0, 'checked'), property(0, 'indeterminate')])
    const { node, set } = stage(shape, true, true)
    const box = node as HTMLInputElement
    expect([box.checked, box.indeterminate]).toEqual([true, true])
    box.checked = false
    set(true, false)
    expect([box.checked, box.indeterminate]).toEqual([true, false])
  })
  it('chooses the options of a select, also those that come with it', () => {
    const option = template('<option><!></option>', [attribute(0, 'value'), child(1)])
    const options = (values: string[]) => values.map((value) => block(option, [value, value], value))
    const shape = template('<select><!></select>', [property(0, 'value'), child(1)])
    const { node, set } = stage(shape, 'b', options(['a', 'b']))
    const select = node as HTMLSelectElement
    expect(select.value).toBe('b')
    set('c', options(['a', 'b', 'c']))
    expect(select.value).toBe('c')
    select.value = 'a'
    set('c', options(['c', 'a']))
    expect(select.value).toBe('c')
  })
  it('chooses several', () => {
    const shape = template('<select multiple><option>a</option><option>b</option><option>c</option></select>', [
      property(0, 'value'),
    ])
    const { node } = stage(shape, ['a', 'c'])
    expect([...(node as HTMLSelectElement).selectedOptions].map((option) => option.value)).toEqual(['a', 'c'])
  })
  it('writes trusted markup', () => {
    const { node, set } = stage(template('<p></p>', [property(0, 'innerHTML')]), '<b>1</b>')
    const inner = node.firstChild
    set('<b>1</b>')
    expect(node.firstChild).toBe(inner)
    set(null)
    expect(node.innerHTML).toBe('')
  })
})

describe('on', () => {
  it('calls the handler of the moment with the element as currentTarget', () => {
    const log: unknown[] = []
    const { node, set } = stage(template('<button></button>', [on(0, 'click')]), (event: Event) =>
      log.push(event.currentTarget),
    )
    node.click()
    set(() => log.push('second'))
    node.click()
    set(null)
    node.click()
    set(() => log.push('back'))
    node.click()
    expect(log).toEqual([node, 'second', 'back'])
  })
  it('hears the capture phase, and pointer capture as the event that it is', () => {
    const log: string[] = []
    const shape = template('<p><b></b></p>', [
      onCapture(0, 'clickcapture'),
      on(0, 'click'),
      on(1, 'click'),
      on(0, 'gotpointercapture'),
    ])
    const { node } = stage(
      shape,
      () => log.push('capture'),
      () => log.push('bubble'),
      () => log.push('inner'),
      () => log.push('pointer'),
    )
    ;(node.firstChild as HTMLElement).click()
    node.dispatchEvent(new Event('gotpointercapture'))
    expect(log).toEqual(['capture', 'inner', 'bubble', 'pointer'])
  })
})

describe('ref', () => {
  const shape = template('<i></i>', [ref(0)])
  it('holds the element while it is on the page', () => {
    const held = { current: null }
    const { node, set, unmount } = stage(shape, held)
    expect(held.current).toBe(node)
    const other = { current: null }
    set(other)
    expect([held.current, other.current]).toEqual([null, node])
    unmount()
    expect(other.current).toBe(null)
  })
  it('calls a function on the page, then its cleanup, or itself with null', () => {
    const log: unknown[] = []
    const withCleanup = (node: Element) => {
      log.push(node.isConnected)
      return () => void log.push('end')
    }
    const { set, unmount } = stage(shape, withCleanup)
    set((node: Element | null) => {
      log.push(node?.localName ?? null)
    })
    unmount()
    expect(log).toEqual([true, 'end', 'i', null])
  })
})

describe('spread', () => {
  const shape = template('<input>', [spread(0)])
  it('writes what an object holds, and takes away what another does not', () => {
    const log: string[] = []
    const held = { current: null }
    const { node, set } = stage(shape, {
      className: 'a',
      style: { top: 1 },
      value: 'x',
      onClick: () => log.push('click'),
      ref: held,
      key: 1,
      children: 'no',
    })
    expect(node.outerHTML).toBe('<input class="a" style="top:1px">')
    expect([(node as HTMLInputElement).value, held.current]).toEqual(['x', node])
    node.click()
    set({ id: 'y' })
    node.click()
    expect(node.outerHTML).toBe('<input id="y">')
    expect([log, held.current]).toEqual([['click'], null])
    set(null)
    expect(node.outerHTML).toBe('<input>')
  })
  it('lets no handler text, markup or impossible name through', () => {
    const { node } = stage(shape, { onclick: 'x()', innerHTML: '<b>', 'a b': 1, 'x>': 1, '': 1, ONERROR: 'y' })
    expect(node.outerHTML).toBe('<input>')
  })
})

describe('a signal', () => {
  it('as an attribute or child changes that alone', async () => {
    const name = signal<Child>('a')
    const shape = template('<p>- <!></p>', [attribute(0, 'title'), classes(0), child(2)])
    let renders = 0
    const Stage = () => {
      renders++
      return block(shape, [name, name, name])
    }
    const unmount = mount(component(Stage, {}), host)
    expect(host.innerHTML).toBe('<p title="a" class="a">- a</p>')
    name.value = 'b'
    await Promise.resolve()
    expect(host.innerHTML).toBe('<p title="b" class="b">- b</p>')
    expect(renders).toBe(1)
    unmount()
    name.value = 'c'
    await Promise.resolve()
    expect(host.innerHTML).toBe('')
  })
  it('read while rendering renders the component again', async () => {
    const count = signal(1)
    const twice = signal(false)
    const seen: number[] = []
    const Reader = () => {
      seen.push(count.value)
      return twice.value ? count.value * 2 : 'once'
    }
    const unmount = mount(component(Reader, {}), host)
    count.value = 2
    count.value = 3
    twice.value = true
    await Promise.resolve()
    expect([host.textContent, seen]).toEqual(['6', [1, 3]])
    unmount()
    count.value = 4
    await Promise.resolve()
    expect(seen).toEqual([1, 3])
  })
  it('makes way for a plain value and for another signal', () => {
    const one = signal('one')
    const two = signal('two')
    const shape = template('<p><!></p>', [attribute(0, 'title'), child(1)])
    const { node, set } = stage(shape, one, one)
    set('plain', 'plain')
    one.value = 'changed'
    flush()
    expect(node.outerHTML).toBe('<p title="plain">plain</p>')
    set(two, two)
    two.value = 'three'
    flush()
    expect(node.outerHTML).toBe('<p title="three">three</p>')
  })
  it('may hold an element, in a list too', async () => {
    const b = template('<b><!></b>', [child(1)])
    const content = signal<Child>(block(b, ['x']))
    mount(['<', content, '>'], host)
    expect(host.innerHTML).toBe('&lt;<b>x</b>&gt;')
    content.value = null
    await Promise.resolve()
    expect(host.textContent).toBe('<>')
  })
})

describe('template', () => {
  it('makes elements of SVG and MathML', () => {
    const circle = template('<circle></circle>', [attribute(0, 'r')], 1)
    const svg = template('<svg viewBox="0 0 1 1"><g><!></g></svg>', [child(2)])
    const { node } = stage(svg, [block(circle, [1]), block(template('<foreignObject><p>x</p></foreignObject>', [], 1))])
    const round = node.querySelector('circle')!
    expect([round.namespaceURI, round.getAttribute('r')]).toEqual(['http://www.w3.org/2000/svg', '1'])
    expect(node.querySelector('p')!.namespaceURI).toBe('http://www.w3.org/1999/xhtml')
    expect(node.getAttribute('viewBox')).toBe('0 0 1 1')
    mount(block(template('<mi>x</mi>', [], 2)), host)
    expect(host.lastElementChild!.namespaceURI).toBe('http://www.w3.org/1998/Math/MathML')
  })
  it('makes table rows and custom elements', () => {
    class Tag extends HTMLElement {
      connectedCallback() {
        this.textContent = `${this.getAttribute('of')}`
      }
    }
    customElements.define('x-tag', Tag)
    const { node } = stage(template('<tr><td><x-tag></x-tag></td></tr>', [attribute(2, 'of')]), 'y')
    expect([node.localName, node.textContent]).toEqual(['tr', 'y'])
  })
  it('keeps the texts around holes apart', () => {
    const { node, set } = stage(template('<p>a<!><!>b<!></p>', [child(2), child(3), child(5)]), 'x', null, 1)
    expect(node.innerHTML).toBe('axb1')
    set(null, ['y', 'z'], 2)
    expect(node.innerHTML).toBe('ayzb2')
  })
})

describe('an invalid child', () => {
  it('is reported and shows nothing', () => {
    const errors: unknown[] = []
    const listen = (event: ErrorEvent) => {
      event.preventDefault()
      errors.push(event.error)
    }
    addEventListener('error', listen)
    const { node } = stage(template('<p><!></p>', [child(1)]), { not: 'a child' })
    removeEventListener('error', listen)
    expect(node.innerHTML).toBe('')
    expect(errors).toEqual([expect.objectContaining({ code: 'CHILD_INVALID' })])
  })
})

describe('createPortal', () => {
  it('may be a child among others', () => {
    const elsewhere = document.createElement('div')
    const { node, set } = stage(template('<p><!></p>', [child(1)]), ['a', createPortal('x', elsewhere), 'b'])
    expect([node.textContent, elsewhere.textContent]).toEqual(['ab', 'x'])
    set(['a', createPortal('y', elsewhere), 'b'])
    expect(elsewhere.textContent).toBe('y')
    set([])
    expect(elsewhere.textContent).toBe('')
  })
})
