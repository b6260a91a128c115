import { describe, expect, it } from 'vitest'
import { createLinkMarker } from './links.ts'

const pages = new Set(['/', '/about', '/posts/1'])
const links = createLinkMarker((path) => pages.has(path), '/')
const mark = links.markAll
const marked = ' data-layer9-reload=""'

describe('createLinkMarker', () => {
  it('marks what is no page, whatever stands in the tag and behind the path', () => {
    expect(mark('<a href="/feed.txt">x</a>')).toBe(`<a href="/feed.txt"${marked}>x</a>`)
    expect(mark('<a class="b" href="/sign-out?to=%2F#top" id="x">x</a>')).toBe(
      `<a class="b" href="/sign-out?to=%2F#top"${marked} id="x">x</a>`,
    )
  })

  it('leaves pages, other origins, places and relative links', () => {
    const left =
      '<a href="/">1</a><a href="/about?x=1">2</a><a href="/posts/1#c">3</a><a href="//other.test/">4</a><a href="https://other.test/">5</a><a href="#x">6</a><a href="next">7</a><a id="y">8</a><abbr href="/none">9</abbr>'
    expect(mark(left)).toBe(left)
  })

  it('marks one link by its path', () => {
    const hrefs = ['/feed.txt', '/about', '/about?x=/none#y', '//other.test/', 'https://other.test/', '#x', '/', '']
    expect(hrefs.filter((href) => links.mark(href) !== '')).toEqual(['/feed.txt'])
    expect(links.mark('/feed.txt')).toBe(marked)
  })

  it('reads paths below the base', () => {
    const below = createLinkMarker((path) => pages.has(path), '/app/').markAll
    expect(below('<a href="/app">1</a><a href="/app/">2</a><a href="/app/about">3</a>')).not.toContain(marked)
    expect(below('<a href="/about">1</a>')).toContain(marked)
    expect(below('<a href="/app/feed.txt">1</a>')).toContain(marked)
  })

  it('looks a path up once, however many links of however many documents lead to it', () => {
    const looked: string[] = []
    const once = createLinkMarker((path) => looked.push(path) > 0 && path === '/about', '/').markAll
    for (let time = 0; time < 2; time++) {
      expect(once('<a href="/about">1</a><a href="/about?x=1">2</a><a href="/none">3</a>')).toBe(
        `<a href="/about">1</a><a href="/about?x=1">2</a><a href="/none"${marked}>3</a>`,
      )
    }
    expect(looked).toEqual(['/about', '/none'])
  })

  it('remembers no more than a thousand paths', () => {
    let looked = 0
    const bounded = createLinkMarker(() => ++looked > 0, '/').markAll
    for (let path = 0; path <= 1000; path++) bounded(`<a href="/${path}">x</a>`)
    bounded('<a href="/0">x</a>')
    expect(looked).toBe(1002)
  })

  it('does not read texts and values as links', () => {
    const text = '<p title="&lt;a href=&quot;/none&quot;">&lt;a href="/none"&gt;</p><!--<a-->'
    expect(mark(text)).toBe(text)
  })
})
