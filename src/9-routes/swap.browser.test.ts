import { beforeEach, describe, expect, it } from 'vitest'
import { page } from './listen.ts'
import { aroundPage, prepareSwap } from './swap.ts'

/** A document of an app, as the server writes it. */
function documentOf({ title = 'T', head = '', body = '', tail = '', html = '', bodyTag = '' } = {}): Document {
  return new DOMParser().parseFromString(
    `<!doctype html><html ${html}><head><title>${title}</title>${head}</head><body ${bodyTag}><!--{/-->${body}<!--}-->${tail}</body></html>`,
    'text/html',
  )
}

/** Shows a document at once, as a load would. */
function load(next: Document): void {
  for (const { name } of [...document.documentElement.attributes]) document.documentElement.removeAttribute(name)
  for (const { name } of [...document.body.attributes]) document.body.removeAttribute(name)
  for (const { name, value } of next.documentElement.attributes) document.documentElement.setAttribute(name, value)
  for (const { name, value } of next.body.attributes) document.body.setAttribute(name, value)
  for (const own of document.head.querySelectorAll('[data-test]')) own.remove()
  document.head.append(...next.head.querySelectorAll('[data-test]'))
  document.body.replaceChildren(...next.body.childNodes)
  document.title = next.title
  page.around = aroundPage(document)
}

const swap = async (next: Document): Promise<void> => (await prepareSwap(next))()
const names = (selector: string) => [...document.head.querySelectorAll(selector)].map((tag) => tag.getAttribute('name'))
const meta = (name: string) => `<meta data-test name="${name}" content="1">`

describe('prepareSwap', () => {
  beforeEach(() => load(documentOf({ body: '<h1>One</h1>' })))

  it('shows the next document: title, head, page', async () => {
    load(documentOf({ title: 'One', head: meta('a') + meta('b'), body: '<h1>One</h1>' }))
    const kept = document.head.querySelector('[name=b]')
    await swap(documentOf({ title: 'Two', head: meta('b') + meta('c'), body: '<h1>Two</h1>' }))
    expect(document.title).toBe('Two')
    expect(names('[data-test]')).toEqual(['b', 'c'])
    expect(document.head.querySelector('[name=b]')).toBe(kept)
    expect(document.body.innerHTML).toBe('<!--{/--><h1>Two</h1><!--}-->')
  })

  it('leaves in the head what others put there', async () => {
    document.head.insertAdjacentHTML('beforeend', `${meta('theirs')}<style data-test>p{}</style>`)
    await swap(documentOf({ head: meta('ours') }))
    await swap(documentOf({}))
    expect(names('meta[data-test]')).toEqual(['theirs'])
    expect(document.head.querySelector('style[data-test]')).not.toBeNull()
  })

  it('leaves in the body what others put there, and nothing of its own behind', async () => {
    document.body.insertAdjacentHTML('afterbegin', '<p id="before">extension</p>')
    document.body.insertAdjacentHTML('beforeend', '<p id="after">widget</p>')
    const block = '<script type="application/json" id="layer9">{}</script>'
    await swap(documentOf({ body: '<h1>Two</h1>', tail: block }))
    expect(document.body.innerHTML).toBe(
      `<p id="before">extension</p><!--{/--><h1>Two</h1><!--}--><p id="after">widget</p>${block}`,
    )
    await swap(documentOf({ body: '<h1>Three</h1>' }))
    expect(document.body.innerHTML).toBe(
      '<p id="before">extension</p><!--{/--><h1>Three</h1><!--}--><p id="after">widget</p>',
    )
  })

  it('leaves in the page what others put among the children of body, where it stands', async () => {
    load(documentOf({ body: '<h1>One</h1><p>old</p><!--{/inner--><i>1</i><!--}-->' }))
    const [heading, inner] = [document.querySelector('h1') as Element, document.querySelector('i') as Element]
    heading.insertAdjacentHTML('afterend', '<aside>extension</aside>')
    inner.insertAdjacentHTML('beforebegin', '<b>widget</b>')
    const theirs = [...document.querySelectorAll('aside,b')]
    await swap(documentOf({ body: '<h1>Two</h1><p>new</p><!--{/inner--><i>2</i><!--}-->' }))
    expect(document.body.innerHTML).toBe(
      '<!--{/--><h1>Two</h1><aside>extension</aside><p>new</p><!--{/inner--><b>widget</b><i>2</i><!--}--><!--}-->',
    )
    expect([...document.querySelectorAll('aside,b')]).toEqual(theirs)
    expect(document.querySelector('h1')).toBe(heading)
    await swap(documentOf({ body: '<h1>Three</h1>' }))
    expect(document.body.innerHTML).toBe('<!--{/--><h1>Three</h1><aside>extension</aside><b>widget</b><!--}-->')
  })

  it('gives <html> and <body> their attributes, and leaves those that scripts set since', async () => {
    load(documentOf({ html: 'lang="en" dir="rtl" class="wide"', bodyTag: 'class="plain" id="page" hidden' }))
    const { documentElement: html, body } = document
    html.dataset['theme'] = 'dark'
    html.className = 'wide by-script'
    body.className = 'locked'
    body.hidden = false
    await swap(documentOf({ html: 'lang="de" class="narrow" data-theme="light"', bodyTag: 'class="new" title="t"' }))
    expect([html, body].map((tag) => (tag.cloneNode() as Element).outerHTML)).toEqual([
      '<html lang="de" class="wide by-script" data-theme="dark"></html>',
      '<body class="locked" title="t"></body>',
    ])
    // What scripts take back is the server's again.
    html.className = 'narrow'
    await swap(documentOf({ html: 'lang="de"', bodyTag: '' }))
    expect([html, body].map((tag) => (tag.cloneNode() as Element).outerHTML)).toEqual([
      '<html lang="de" data-theme="dark"></html>',
      '<body class="locked"></body>',
    ])
  })

  it('changes nothing before the style sheets are there', async () => {
    load(documentOf({ title: 'One', head: meta('a'), body: '<h1>One</h1>' }))
    const swapIn = await prepareSwap(documentOf({ title: 'Two', head: meta('b') + sheet('h1{color:rgb(1,2,3)}') }))
    expect(document.title).toBe('One')
    expect(names('[data-test]')).toEqual([null, 'a'])
    expect(color('h1')).toBe('rgb(0, 0, 0)')
    swapIn()
    expect(names('[data-test]')).toEqual(['b', null])
  })

  it('waits for new style sheets, and takes old ones away once the page is gone', async () => {
    await swap(documentOf({ head: sheet('h1{color:rgb(1,2,3)}'), body: '<h1>Styled</h1>' }))
    expect(color('h1')).toBe('rgb(1, 2, 3)')
    const own = document.head.querySelector('link[data-test]')
    await swap(documentOf({ head: sheet('h1{color:rgb(1,2,3)}'), body: '<h1>Styled too</h1>' }))
    expect(document.head.querySelector('link[data-test]')).toBe(own)
    await swap(documentOf({ body: '<h1>Plain</h1>' }))
    expect(document.head.querySelector('link[data-test]')).toBeNull()
    expect(color('h1')).toBe('rgb(0, 0, 0)')
  })

  it('puts style sheets in the order of the document, whichever came first', async () => {
    const [first, second, third] = [1, 2, 3].map((value) => sheet(`h1{color:rgb(${value},0,0)}`)) as [
      string,
      string,
      string,
    ]
    await swap(documentOf({ head: second, body: '<h1>Two</h1>' }))
    await swap(documentOf({ head: first + second + third, body: '<h1>All</h1>' }))
    expect(color('h1')).toBe('rgb(3, 0, 0)')
    await swap(documentOf({ head: second, body: '<h1>Two</h1>' }))
    await swap(documentOf({ head: first + second, body: '<h1>Both</h1>' }))
    expect(color('h1')).toBe('rgb(2, 0, 0)')
  })

  it('keeps the media of a style sheet', async () => {
    const printed = sheet('h1{color:rgb(1,2,3)}').replace('>', ' media="print">')
    await swap(documentOf({ head: printed, body: '<h1>Printed</h1>' }))
    expect(document.head.querySelector('link[data-test]')?.outerHTML).toBe(parseLink(printed).outerHTML)
    expect(color('h1')).toBe('rgb(0, 0, 0)')
  })

  it('leaves nothing behind of a document that was overtaken', async () => {
    await prepareSwap(documentOf({ head: meta('never') + sheet('h1{color:rgb(1,2,3)}') }))
    await swap(documentOf({ head: meta('shown'), body: '<h1>Shown</h1>' }))
    expect(names('[data-test]')).toEqual(['shown'])
  })

  it('waits for a style sheet that cannot be had only once', async () => {
    const broken = '<link data-test rel="stylesheet" href="data:text/plain,no">'
    const counted = () => document.head.querySelectorAll('link[data-test]').length
    await swap(documentOf({ head: broken, body: '<h1>One</h1>' }))
    expect(counted()).toBe(1)
    const link = document.head.querySelector('link[data-test]') as HTMLLinkElement
    link.onload = link.onerror = null
    await swap(documentOf({ head: broken, body: '<h1>Two</h1>' }))
    expect(document.head.querySelector('link[data-test]')).toBe(link)
    expect(link.onload).toBeNull()
  })
})

const sheet = (text: string) => `<link data-test rel="stylesheet" href="data:text/css,${encodeURIComponent(text)}">`
const parseLink = (html: string) => documentOf({ head: html }).querySelector('link') as Element
const color = (selector: string) => getComputedStyle(document.querySelector(selector) as Element).color
