import { describe, expect, it } from 'vitest'
import { type Child, useState } from './index.ts'
import { jsxDEV } from './jsx-dev-runtime.ts'
import { Fragment, jsx, jsxs } from './jsx-runtime.ts'
import { createRenderer, live, name, renderToString } from './server.ts'
import { cases } from './testing/jsx-cases.fixture.ts'

describe('jsx on the server', () => {
  it.each(cases)('writes $html', async ({ make, html }) => {
    expect(await renderToString(make({ jsx, jsxs, Fragment }), { report: () => {} })).toBe(html)
  })

  it('is the same in development', async () => {
    expect(await renderToString(jsxDEV('p', { id: 'a', children: 'b' }))).toBe('<p id="a">b</p>')
  })

  it('refuses what is no name of an element', async () => {
    await expect(renderToString(jsx('a b', {}))).rejects.toMatchObject({ code: 'ELEMENT_NAME_INVALID' })
  })

  it('writes the content of controls', async () => {
    const options = [jsx('option', { value: 'a', children: 'A' }), jsx('option', { value: 'b', children: 'B' })]
    expect(await renderToString(jsx('select', { value: 'b', children: options }))).toBe(
      '<select><option value="a">A</option><option value="b" selected>B</option></select>',
    )
    expect(await renderToString(jsx('textarea', { value: '\n<y>' }))).toBe('<textarea>\n\n&lt;y&gt;</textarea>')
    expect(await renderToString(jsx('input', { value: 'x', checked: true }))).toBe('<input value="x" checked>')
  })

  it('makes roots and slots', () => {
    const Frame = live(function Frame({ children }: { children?: Child }) {
      useState(0)
      return jsx('b', { children })
    })
    name(Frame, 'm', 'Frame')
    const renderer = createRenderer({ dev: true })
    expect(renderer.render(jsx(Frame, { children: jsx('i', {}) }))).toBe(
      '<!--[0--><b><!--(0--><i></i><!--)0--></b><!--]0-->',
    )
  })
})
