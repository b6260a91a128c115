import { expect, it } from 'vitest'
import { keepsState } from './keeps-state.ts'

it.each([
  '<li><a href="/x">x</a></li>',
  '<li><input></li>',
  '<li><BUTTON type="button">x</BUTTON></li>',
  '<li><details><summary>x</summary></details></li>',
  '<li><img src="/x.png"></li>',
  '<li><x-clock></x-clock></li>',
  '<li tabindex="0">x</li>',
  '<li contenteditable>x</li>',
  '<li data-layer9-keep>x</li>',
  '<li><!--[3--><b>a root</b><!--]3--></li>',
  '<li><!--?3-->what is awaited<!--/?3--></li>',
])('keeps a state: %s', (markup) => {
  expect(keepsState(markup)).toBe(true)
})

it.each([
  '<tr><td>1</td><td class="a">text &lt;input></td></tr>',
  '<article><h2>Title</h2><abbr title="x">x</abbr></article>',
  '<li><!--{/posts-->a segment<!--}--></li>',
  'text',
])('keeps none: %s', (markup) => {
  expect(keepsState(markup)).toBe(false)
})
