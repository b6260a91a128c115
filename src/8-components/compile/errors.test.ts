import { describe, expect, it } from 'vitest'
import { Layer9Error } from '../../1-contracts/index.ts'
import { compileModule } from './module.ts'

/** The error of compiling an element, on both sides the same. */
function failure(jsx: string): Layer9Error {
  const errors = (['browser', 'server'] as const).map((side) => {
    try {
      compileModule(`export const X = (p) => ${jsx}`, { file: 'app/components/x.tsx', side, dev: false, route: false })
    } catch (error) {
      if (error instanceof Layer9Error) return error
      throw error
    }
    throw new Error(`compiled: ${jsx}`)
  })
  expect(errors[0]!.code).toBe(errors[1]!.code)
  return errors[0]!
}

/** What is underlined. */
function marked(error: Layer9Error, index = 0): string {
  const place = error.places[index]!
  const line = place.source!.split('\n')[place.line - 1]!
  return line.slice(place.column - 1, place.column - 1 + place.length!)
}

const compiles = (jsx: string) =>
  compileModule(`const X = (p) => ${jsx}`, { file: 'x.tsx', side: 'server', dev: false, route: false }).code

describe('JSX_NESTING', () => {
  it.each([
    ['<p><div>a</div></p>', '<div>', '<p>'],
    ['<p>a<span><ul><li>b</li></ul></span></p>', '<ul>', '<p>'],
    ['<p><>{p.a}<h1>b</h1></></p>', '<h1>', '<p>'],
    ['<p><button><p>b</p></button><table></table></p>', '<table>', '<p>'],
    ['<a href="/"><b><a href="/b">b</a></b></a>', '<a>', '<a>'],
    ['<button><span><button>b</button></span></button>', '<button>', '<button>'],
    ['<form><div><form /></div></form>', '<form>', '<form>'],
    ['<table><tr><td>a</td></tr></table>', '<tr>', '<table>'],
    ['<table><tbody><td>a</td></tbody></table>', '<td>', '<tbody>'],
    ['<table><div>a</div></table>', '<div>', '<table>'],
    ['<table><tbody><tr>text</tr></tbody></table>', '"text"', '<tr>'],
    ['<table><col /></table>', '<col>', '<table>'],
    ['<div><tr></tr></div>', '<tr>', '<div>'],
    ['<div><td></td></div>', '<td>', '<div>'],
    ['<ul><li>a<li>b</li></li></ul>', '<li>', '<li>'],
    ['<li><div><span><li>b</li></span></div></li>', '<li>', '<li>'],
    ['<li><p><li>b</li></p></li>', '<li>', '<p>'],
    ['<dl><dt>a<dd>b</dd></dt></dl>', '<dd>', '<dt>'],
    ['<h1>a<h2>b</h2></h1>', '<h2>', '<h1>'],
    ['<select><optgroup><optgroup></optgroup></optgroup></select>', '<optgroup>', '<optgroup>'],
    ['<select><input /></select>', '<input>', '<select>'],
    ['<nobr><b><nobr>a</nobr></b></nobr>', '<nobr>', '<nobr>'],
    ['<div><body /></div>', '<body>', '<div>'],
    ['<html lang="en" />', '<html>', 'a component'],
    ['<head />', '<head>', 'a component'],
    ['<svg><g><div>a</div></g></svg>', '<div>', '<g>'],
    ['<circle><p>a</p></circle>', '<p>', '<circle>'],
    ['<math><mi><span>a</span></mi></math>', '<span>', '<mi>'],
    ['<a><svg><foreignObject><a>b</a></foreignObject></svg></a>', '<a>', '<a>'],
  ])('refuses %s', (jsx, child, parent) => {
    const error = failure(jsx)
    expect(error).toMatchObject({ code: 'JSX_NESTING', data: { child, parent } })
    expect(marked(error)).toContain(child.replace(/[<>"]/g, ''))
    expect(error.fix).not.toBe('')
  })

  it.each([
    '<p><span><b>a</b></span></p>',
    '<p><svg><foreignObject><div>a</div></foreignObject></svg></p>',
    '<p><object><p>a</p></object></p>',
    '<button><template><button /></template></button>',
    '<ul><li><ul><li>a</li></ul></li></ul>',
    '<li><section><li>a</li></section></li>',
    '<dl><div><dt>a</dt><dd>b</dd></div></dl>',
    '<table> <caption>a</caption>{" "}<tbody><tr><td><table><tbody></tbody></table></td></tr></tbody></table>',
    '<table><template><tr></tr></template>{p.rows}</table>',
    '<tr><td>a</td></tr>',
    '<td>a</td>',
    '<select><option>a</option><hr /><optgroup><option>b</option></optgroup></select>',
    '<h1><span>a</span></h1>',
    '<svg><a><title>t</title></a><desc><p>a</p></desc></svg>',
    '<p><Component><div>a</div></Component>{p.x && <div>b</div>}</p>',
  ])('lets %s be', (jsx) => {
    expect(() => compiles(jsx)).not.toThrow()
  })
})

describe('other errors', () => {
  it.each([
    ['<br>a</br>', 'JSX_VOID_CHILDREN', { tag: 'br' }, 'a'],
    ['<img>{p.a}</img>', 'JSX_VOID_CHILDREN', { tag: 'img' }, 'p.a'],
    ['<p title="a" title="b" />', 'JSX_ATTRIBUTE_TWICE', { name: 'title' }, 'title="a"'],
    ['<p class="a" className={p.b} />', 'JSX_ATTRIBUTE_TWICE', { name: 'class' }, 'class="a"'],
    ['<p tabindex={1} tabIndex={2} />', 'JSX_ATTRIBUTE_TWICE', { name: 'tabindex' }, 'tabindex={1}'],
    ['<p innerHTML={p.a}>b</p>', 'JSX_CONTENT_TWICE', { tag: 'p', property: 'innerHTML' }, 'b'],
    ['<textarea value={p.a}>{p.b}</textarea>', 'JSX_CONTENT_TWICE', { tag: 'textarea', property: 'value' }, 'p.b'],
    ['<p children={p.a} />', 'JSX_CHILDREN_ATTRIBUTE', { tag: 'p' }, 'children={p.a}'],
    [
      '<p dangerouslySetInnerHTML={{ __html: p.a }} />',
      'JSX_INNER_HTML',
      undefined,
      'dangerouslySetInnerHTML={{ __html: p.a }}',
    ],
    ['<template><b>{p.a}</b></template>', 'JSX_INERT_CONTENT', { tag: 'template' }, 'p.a'],
    ['<noscript><b title={p.a} /></noscript>', 'JSX_INERT_CONTENT', { tag: 'noscript' }, '<b title={p.a} />'],
    ['<noscript><Icon /></noscript>', 'JSX_INERT_CONTENT', { tag: 'noscript' }, '<Icon />'],
    ['<title>a <b>c</b></title>', 'JSX_RAW_CONTENT', { tag: 'title' }, '<b>c</b>'],
    ['<option><Icon /></option>', 'JSX_RAW_CONTENT', { tag: 'option' }, '<Icon />'],
  ])('%s', (jsx, code, data, place) => {
    const error = failure(jsx)
    expect(error.code).toBe(code)
    expect(error.data).toEqual(data)
    expect(marked(error)).toBe(place)
  })

  it('shows both places of an attribute that is given twice', () => {
    const error = failure('<p title="a"\n title="b" />')
    expect(error.places).toMatchObject([
      { line: 1, file: 'app/components/x.tsx' },
      { line: 2, column: 2 },
    ])
    expect(marked(error, 1)).toBe('title="b"')
  })

  it('names innerHTML as the way', () => {
    expect(failure('<p dangerouslySetInnerHTML={p} />').fix).toContain('innerHTML={html}')
  })

  it('points at a problem of syntax', () => {
    const error = failure('<p>\n  {a, b}\n</p>')
    expect(error.code).toBe('JSX_SYNTAX')
    expect(error.places[0]).toMatchObject({ line: 2 })
  })

  it('lets a later attribute win behind a spread', () => {
    expect(() => compiles('<p title="a" {...p} title="b" />')).not.toThrow()
  })
})

describe('COMPONENT_ASYNCHRONOUS', () => {
  const compile = (code: string, file = 'app/components/x.tsx') =>
    compileModule(code, { file, side: 'server', dev: false, route: file.includes('routes') })
  it.each([
    ['export const X = async () => <p />', 'X', 'async () => '],
    ['export async function List() {\n  return <p />\n}', 'List', 'async function List() '],
    ['export default async function page() { return <p /> }', 'page', 'async function page() '],
    ['export default async () => <p />', '', 'async () => '],
  ])('%s', (code, component, text) => {
    const find = () => compile(code, 'app/routes/index.tsx')
    expect(find).toThrow(expect.objectContaining({ code: 'COMPONENT_ASYNCHRONOUS', data: { component } }))
    try {
      find()
    } catch (error) {
      expect(marked(error as Layer9Error)).toBe(text)
    }
  })
  it('is no error for what is no component', () => {
    compile('export const X = (p) => { const load = async () => { p.set(<b />) }; return <i onClick={load} /> }')
    compile('export async function render() { return <p /> }')
  })
})
