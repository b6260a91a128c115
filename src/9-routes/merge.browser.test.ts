import { afterEach, describe, expect, it } from 'vitest'
import { eachCase, type Random } from '../../tests/harness/random.ts'
import { contentOf, mergeAttributes, mergeNodes, type RootRanges } from './merge.ts'

const parse = (html: string): HTMLElement => new DOMParser().parseFromString(`<body>${html}</body>`, 'text/html').body

/** Puts HTML into the page, and merges other HTML into it. */
const page = {
  show(html: string) {
    document.body.innerHTML = html
  },
  merge(html: string, roots?: RootRanges) {
    mergeNodes(contentOf(document.body), contentOf(parse(html)), roots)
  },
  get html() {
    return document.body.innerHTML
  },
  find<Type extends Element = HTMLElement>(selector: string) {
    return document.querySelector(selector) as Type
  },
}

afterEach(() => page.show(''))

describe('mergeNodes', () => {
  it('keeps the nodes that both have and writes what differs', () => {
    page.show('<h1 class="a">Old</h1><p id="x">same</p>')
    const kept = [page.find('h1'), page.find('p')]
    page.merge('<h1 class="b" title="t">New</h1><p id="x">same</p><p>more</p>')
    expect(page.html).toBe('<h1 class="b" title="t">New</h1><p id="x">same</p><p>more</p>')
    expect([page.find('h1'), page.find('p')]).toEqual(kept)
  })

  it('follows an id when its element moves', () => {
    page.show('<ul><li id="a">A</li><li id="b">B</li><li id="c">C</li></ul>')
    const [a, c] = [page.find('#a'), page.find('#c')]
    page.merge('<ul><li id="c">C</li><li id="x">X</li><li id="a">A</li></ul>')
    expect(page.html).toBe('<ul><li id="c">C</li><li id="x">X</li><li id="a">A</li></ul>')
    expect(page.find('#a')).toBe(a)
    expect(page.find('#c')).toBe(c)
  })

  it('does not move what stays in place', () => {
    page.show('<p>gone</p><input id="field"><p>end</p>')
    page.find('#field').focus()
    page.merge('<input id="field"><p>end</p>')
    expect(document.activeElement).toBe(page.find('#field'))
  })

  it('keeps a segment of the same name and replaces one of another', () => {
    page.show('<!--{/layout--><nav>N</nav><!--{/posts/[id]?id=1--><p>one</p><!--}--><footer></footer><!--}-->')
    const [nav, paragraph] = [page.find('nav'), page.find('p')]
    page.merge('<!--{/layout--><nav>M</nav><!--{/posts/[id]?id=2--><p>two</p><!--}--><footer></footer><!--}-->')
    expect(page.html).toBe(
      '<!--{/layout--><nav>M</nav><!--{/posts/[id]?id=2--><p>two</p><!--}--><footer></footer><!--}-->',
    )
    expect(page.find('nav')).toBe(nav)
    expect(page.find('p')).not.toBe(paragraph)
  })

  it('keeps what people typed, and the text of the field they are in', () => {
    page.show('<input id="typed" value="a"><input id="in" value="a"><textarea id="area">a</textarea>')
    page.find<HTMLInputElement>('#typed').value = 'mine'
    page.find<HTMLTextAreaElement>('#area').value = 'mine too'
    page.find('#in').focus()
    page.merge('<input id="typed" value="b"><input id="in" value="b"><textarea id="area">b</textarea>')
    expect(page.find<HTMLInputElement>('#typed').value).toBe('mine')
    expect(page.find<HTMLTextAreaElement>('#area').value).toBe('mine too')
    expect(page.find<HTMLInputElement>('#in').value).toBe('a')
  })

  it('leaves open what was opened, and alone what asks for it', () => {
    page.show('<details><summary>S</summary></details><div data-layer9-keep><b>map</b></div>')
    page.find<HTMLDetailsElement>('details').open = true
    page.find('[data-layer9-keep]').append('made by a widget')
    page.merge('<details><summary>T</summary></details><div data-layer9-keep></div>')
    expect(page.html).toBe(
      '<details open=""><summary>T</summary></details><div data-layer9-keep=""><b>map</b>made by a widget</div>',
    )
  })

  it('replaces templates, whose content is no child of theirs', () => {
    page.show('<template><p>old</p></template>')
    page.merge('<template><p>new</p></template>')
    expect(page.html).toBe('<template><p>new</p></template>')
  })

  it('is not misled by a field called id', () => {
    page.show('<form><input name="id" value="1"></form>')
    const form = page.find('form')
    page.merge('<form><input name="id" value="2"></form>')
    expect(page.find('form')).toBe(form)
  })

  it('carries names that only the parser can make, and namespaces', () => {
    const html = '<p @click="x">a</p><svg viewBox="0 0 1 1"><use xlink:href="#i"></use></svg>'
    page.show('<p>a</p><svg><use></use></svg>')
    page.merge(html)
    expect(page.html).toBe(html)
    expect(page.find('use').getAttributeNS('http://www.w3.org/1999/xlink', 'href')).toBe('#i')
  })

  it('replaces roots that do not run', () => {
    page.show('<!--[0--><button>1</button><!--]0-->')
    const button = page.find('button')
    page.merge('<!--[0--><button>1</button><!--]0-->')
    expect(page.find('button')).not.toBe(button)
  })

  it('hands over roots of the same identity, whose nodes stay', () => {
    const taken: string[] = []
    const roots: RootRanges = {
      identity: () => 'Counter',
      take: (old, next) => {
        taken.push(`${old.data} ${next.data}`)
      },
    }
    page.show('<p>intro</p><!--[0--><button>7</button><!--]0-->')
    const button = page.find('button')
    page.merge('<!--[3--><button>0</button><!--]3--><p>outro</p>', roots)
    expect(page.find('button')).toBe(button)
    expect(button.textContent).toBe('7')
    expect(taken).toEqual(['[0 [3'])
  })

  it('makes any document equal to any other', async () => {
    await eachCase((random) => {
      const [from, to] = [randomNodes(random, 3), randomNodes(random, 3)]
      page.show(from)
      page.merge(to)
      expect({ from, html: page.html }).toEqual({ from, html: parse(to).innerHTML })
    })
  })
})

describe('mergeAttributes', () => {
  it('leaves attributes alone that the server did not write', () => {
    const element = parse('<p class="a" title="t" data-by-script="1"></p>').firstElementChild as Element
    mergeAttributes(element, parse('<p class="b"></p>').firstElementChild as Element, ['class', 'title'])
    expect(element.outerHTML).toBe('<p class="b" data-by-script="1"></p>')
  })
})

/** Random siblings: elements with and without ids, texts, segments, nested. Ids and segments are unique in a document. */
function randomNodes(random: Random, depth: number, used: Set<string> = new Set()): string {
  const { pick } = random
  const unique = (name: string) => {
    if (used.has(name)) return ''
    used.add(name)
    return name
  }
  let html = ''
  let text = false
  for (let count = pick([0, 1, 2, 3, 4]); count > 0; count--) {
    const kind = pick(['text', 'element', 'element', 'segment', 'template'])
    if (kind === 'text' && !text) html += pick(['alpha', 'beta', '&amp;'])
    text = kind === 'text'
    if (text) continue
    const inner = depth > 0 ? randomNodes(random, depth - 1, used) : ''
    const segment = kind === 'segment' ? unique(`/${pick(['a', 'b', 'c', 'd'])}`) : ''
    if (segment) html += `<!--{${segment}-->${inner}<!--}-->`
    else if (kind === 'template') html += `<template>${inner}</template>`
    else {
      const id = random.fraction() < 0.3 ? unique(pick(['i', 'j', 'k'])) : ''
      const tag = pick(['div', 'span', 'b'])
      html += `<${tag}${id && ` id="${id}"`}${pick(['', ' class="x"', ' title="&quot;"'])}>${inner}</${tag}>`
    }
  }
  return html
}
