import { describe, expect, it } from 'vitest'
import type { Child } from '../element.ts'
import { useState } from '../hooks.ts'
import { jsx } from '../jsx-runtime.ts'
import { live, name } from '../mark.ts'
import { block, child, component, createRenderer, fragment, key, written } from '../server.ts'

/** As the compiler writes `<li key={own} tabIndex={0} class="a>b">{text}</li>`. */
const item = (text: Child, own?: string | number) =>
  block((value, given) => `<li${key(given, true)} tabindex="0" class="a>b">${child(value)}</li>`, [text, own])
/** Elements that a component makes, as those of pages are. */
const Page = ({ show }: { show: () => Child }) => show()
const Row = ({ text }: { text: Child }) => item(text)
const Live = live(function Live({ children }: { children?: Child }) {
  useState(0)
  return [item('inside', 'in'), children]
})
name(Live, 'app/components/Live.tsx', 'Live')

const render = (show: () => Child): string =>
  createRenderer({ dev: true, keys: true }).render(component(Page, { show }))

describe('keys in a document that is merged', () => {
  it('are an attribute of an element, whether it was written at once or when it was placed', () => {
    expect(render(() => [item('A', 1), item(component(Row, { text: 'B' }), 2)])).toBe(
      '<li data-layer9-key="1" tabindex="0" class="a>b">A</li><li data-layer9-key="2" tabindex="0" class="a>b"><li tabindex="0" class="a>b">B</li></li>',
    )
  })

  it('are an attribute of an element that no compiler saw', () => {
    createRenderer()
    const list = [jsx('li', { children: ['A', jsx('input', {})] }, 'a'), jsx('img', {}, 'b'), jsx('br', {}, 'c')]
    expect(render(() => list)).toBe('<li data-layer9-key="a">A<input></li><img data-layer9-key="b"><br>')
  })

  it('stand around what a component or a fragment writes, which may be several nodes', () => {
    expect(
      render(() => [component(Row, { text: 'A' }, 1), fragment(['B', item('C')], 2), fragment([written('D')])]),
    ).toBe(
      '<!--{=1--><li tabindex="0" class="a>b">A</li><!--}--><!--{=2-->B<li tabindex="0" class="a>b">C</li><!--}-->D',
    )
  })

  it('cannot break out of where they stand', () => {
    const hostile = '"><img>--><b>'
    expect(render(() => [item('A', hostile), component(Row, { text: 'B' }, hostile)])).toBe(
      '<li data-layer9-key="&quot;&gt;&lt;img&gt;--&gt;&lt;b&gt;" tabindex="0" class="a>b">A</li>' +
        '<!--{="%3E<img%3E-%2D%3E<b%3E--><li tabindex="0" class="a>b">B</li><!--}-->',
    )
  })

  it('are in the table for a root, and nowhere inside of it but in its slots', () => {
    const renderer = createRenderer({ dev: true, keys: true })
    const show = () => component(Live, { children: item('slot', 's') }, 'k')
    expect(renderer.render(component(Page, { show }))).toBe(
      '<!--[0--><li tabindex="0" class="a>b">inside</li><!--(0--><li data-layer9-key="s" tabindex="0" class="a>b">slot</li><!--)0--><!--]0-->',
    )
    expect(renderer.roots[0]?.key).toBe('k')
  })

  it('are left out where an item keeps no state: which one it was, nobody could tell', () => {
    const Text = () => written('<b>text</b>')
    expect(render(() => [component(Text, {}, 1), fragment(['B', written('<i>b</i>')], 2)])).toBe('<b>text</b>B<i>b</i>')
  })

  it('are not written where nobody merges', () => {
    const list = [item('A', 1), component(Row, { text: 'B' }, 2), fragment(['C'], 3)]
    expect(createRenderer().render(list)).toBe(
      '<li tabindex="0" class="a>b">A</li><li tabindex="0" class="a>b">B</li>C',
    )
  })
})
