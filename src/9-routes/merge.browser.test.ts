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
    mergeNodes(contentOf(document.body), contentOf(parse(html)), { roots })
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

  it('keeps what an awaited part shows until the next one comes, and remembers where', () => {
    const waiting = '<layer9-fallback>wait</layer9-fallback>'
    page.show('<p>a</p><!--?--><b>old</b><!--/?--><!--?k-1--><i>other</i><!--/?k-1-->')
    const shown = [page.find('b'), page.find('i')]
    page.merge(`<p>b</p><!--?n-0-->${waiting}<!--/?n-0--><!--?n-1-->${waiting}<!--/?n-1-->`)
    expect(page.html).toBe('<p>b</p><!--?n-0--><b>old</b><!--/?n-0--><!--?n-1--><i>other</i><!--/?n-1-->')
    expect([page.find('b'), page.find('i')]).toEqual(shown)
  })

  it('merges an awaited part that is there into the one before, or into its fallback', () => {
    page.show('<!--?--><b>old</b><!--/?--><!--?k-1--><layer9-fallback>wait</layer9-fallback><!--/?k-1-->')
    const bold = page.find('b')
    page.merge('<!--?--><b>new</b><!--/?--><!--?--><i>there</i><!--/?-->')
    expect(page.find('b')).toBe(bold)
    expect(document.body.textContent).toBe('newthere')
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

  it('leaves the focus where a script put it', () => {
    page.show('<main>a</main>')
    const main = page.find('main')
    main.tabIndex = -1
    main.focus()
    page.merge('<main>b</main>')
    expect(page.html).toBe('<main tabindex="-1">b</main>')
    main.blur()
    page.merge('<main>c</main>')
    expect(page.html).toBe('<main>c</main>')
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

/** Items of a list, each with its key in front of its text. */
const list = (keys: Iterable<unknown>) =>
  `<ul>${[...keys].map((key) => `<li data-layer9-key="${key}">${key}<input></li>`).join('')}</ul>`
const items = () => [...document.querySelectorAll('li')]

describe('keys of plain elements', () => {
  it('keep their nodes and what is in them, wherever the next document has them', () => {
    page.show(list('abcd'))
    const [a, , c, d] = items()
    const typed = a?.querySelector('input') as HTMLInputElement
    typed.value = 'mine'
    page.merge(list('cxad'))
    expect(page.html).toBe(list('cxad'))
    expect(items()).toEqual([c, expect.anything(), a, d])
    expect(a?.querySelector('input')).toBe(typed)
    expect(typed.value).toBe('mine')
    page.merge(list('abcd'))
    expect(page.html).toBe(list('abcd'))
    expect([items()[0], items()[2], items()[3]]).toEqual([a, c, d])
  })

  it('go before ids, and ids before places', () => {
    page.show('<p data-layer9-key="1" id="x">1</p><p id="y">2</p><p>3</p>')
    const [one, two, three] = [...document.querySelectorAll('p')]
    page.merge('<p>3</p><p id="x" data-layer9-key="2">new</p><p id="y">2</p><p data-layer9-key="1" id="z">1</p>')
    expect([...document.querySelectorAll('p')]).toEqual([three, expect.anything(), two, one])
    expect(one?.id).toBe('z')
    expect(page.find('#x').textContent).toBe('new')
  })

  it('are the same in lists that have one twice, which are merged in their order', () => {
    page.show(list('aab'))
    const [first, second] = items()
    page.merge(list('baaa'))
    expect(items().slice(1, 3)).toEqual([first, second])
    page.merge(list('a'))
    expect(items()).toEqual([first])
  })

  it('hold what a component or fragment wrote together', () => {
    const part = (key: string) => `<!--{=${key}--><dt>${key}</dt><dd>of ${key}</dd><!--}-->`
    page.show(`<dl>${part('a')}${part('b')}</dl>`)
    const [a, b] = [...document.querySelectorAll('dd')]
    page.merge(`<dl>${part('b')}${part('c')}${part('a')}</dl>`)
    expect(page.html).toBe(`<dl>${part('b')}${part('c')}${part('a')}</dl>`)
    expect([...document.querySelectorAll('dd')]).toEqual([b, expect.anything(), a])
  })

  it('let the running roots in them keep their state, which have no key of their own', () => {
    const taken: unknown[] = []
    const roots: RootRanges = { identity: () => 'Counter', take: (old, next) => taken.push(old.data, next.data) }
    const row = (key: string, root: number) =>
      `<tr data-layer9-key="${key}"><td><!--[${root}--><button>${key}</button><!--]${root}--></td></tr>`
    page.show(`<table><tbody>${row('a', 0)}${row('b', 1)}</tbody></table>`)
    const [a, b] = [...document.querySelectorAll('button')]
    page.merge(`<table><tbody>${row('x', 0)}${row('b', 1)}${row('a', 2)}</tbody></table>`, roots)
    expect([...document.querySelectorAll('button')].slice(1)).toEqual([b, a])
    expect(taken).toEqual(['[1', '[1', '[0', '[2'])
  })

  it.each([
    ['abcdef', 'abcdef', 0],
    ['abcdef', 'bcdefa', 1],
    ['abcdef', 'fabcde', 1],
    ['abcdef', 'abdcef', 1],
    ['abcdef', 'acdxeb', 2],
  ])('cost a move for one that moved, and none for those it passed: %s to %s', (from, to, moves) => {
    page.show(list(from))
    const observer = new MutationObserver(() => {})
    observer.observe(page.find('ul'), { childList: true })
    page.merge(list(to))
    expect(observer.takeRecords().flatMap((record) => [...record.addedNodes])).toHaveLength(moves)
    expect(page.html).toBe(list(to))
  })

  it('keep focus and caret in an item that moves', () => {
    page.show(list('abcd'))
    const field = items()[0]?.querySelector('input') as HTMLInputElement
    field.value = 'some text'
    field.focus()
    field.setSelectionRange(2, 4)
    page.merge(list('dcba'))
    expect(page.html).toBe(list('dcba'))
    expect(document.activeElement).toBe(field)
    expect([field.value, field.selectionStart, field.selectionEnd]).toEqual(['some text', 2, 4])
  })

  it('keep the order in browsers that cannot move without taking out', () => {
    const { moveBefore } = Element.prototype as unknown as { moveBefore: unknown }
    Object.assign(Element.prototype, { moveBefore: undefined })
    page.show(list('abcd'))
    const [a, b] = items()
    page.merge(list('dbxa'))
    Object.assign(Element.prototype, { moveBefore })
    expect(page.html).toBe(list('dbxa'))
    expect([items()[1], items()[3]]).toEqual([b, a])
  })

  it('cost the length of a long list, however it was sorted', () => {
    const asked = (length: number) => {
      const keys = Array.from({ length }, (_, index) => index)
      // Every other one from the end, then the rest, with new ones between.
      const sorted = [
        ...keys.filter((key) => key % 2).reverse(),
        ...keys.filter((key) => key % 3 === 0),
        'new',
        ...keys,
      ]
      page.show(list(keys))
      const next = parse(list(new Set(sorted)))
      const count = countCalls()
      mergeNodes(contentOf(document.body), contentOf(next))
      const calls = count()
      expect(items().map((item) => item.textContent)).toEqual([...new Set(sorted)].map(String))
      return calls
    }
    const [few, many] = [asked(200), asked(2000)]
    expect(few).toBeGreaterThan(200)
    expect(many / few).toBeLessThan(10.5)
  })
})

/** Counts how often nodes are asked for what is beside them and for their attributes. */
function countCalls(): () => number {
  let calls = 0
  const undo: (() => void)[] = []
  const watch = (prototype: object, name: string, kind: 'get' | 'value') => {
    const own = Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor
    const original = own[kind] as (...args: unknown[]) => unknown
    function counted(this: unknown, ...args: unknown[]) {
      calls++
      return original.apply(this, args)
    }
    Object.defineProperty(prototype, name, { ...own, [kind]: counted })
    undo.push(() => Object.defineProperty(prototype, name, own))
  }
  watch(Node.prototype, 'nextSibling', 'get')
  watch(Element.prototype, 'getAttribute', 'value')
  return () => {
    for (const each of undo) each()
    return calls
  }
}

describe('mergeAttributes', () => {
  const element = (html: string) => parse(html).firstElementChild as Element

  it('leaves attributes alone that scripts have set, where it is known what the server said', () => {
    const said = element('<p class="a" title="t" lang="en" dir="ltr"></p>')
    const old = element('<p class="a by-script" title="t" lang="en" data-by-script="1"></p>')
    mergeAttributes(old, element('<p class="b" lang="de" dir="rtl" data-by-script="2" hidden></p>'), said)
    expect(old.outerHTML).toBe('<p class="a by-script" lang="de" data-by-script="1" hidden=""></p>')
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
