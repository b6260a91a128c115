import { beforeEach, describe, expect, it } from 'vitest'
import { headOf, remember } from './listen.ts'
import { prepareSwap } from './swap.ts'

/** A document of an app, as the server writes it. */
function documentOf({ title = 'T', head = '', body = '', tail = '', html = '' } = {}): Document {
  return new DOMParser().parseFromString(
    `<!doctype html><html ${html}><head><title>${title}</title>${head}</head><body><!--{/-->${body}<!--}-->${tail}</body></html>`,
    'text/html',
  )
}

/** Shows a document at once, as a load would. */
function load(next: Document): void {
  for (const { name } of [...document.documentElement.attributes]) document.documentElement.removeAttribute(name)
  document.body.removeAttribute('class')
  for (const { name, value } of next.documentElement.attributes) document.documentElement.setAttribute(name, value)
  for (const own of document.head.querySelectorAll('[data-test]')) own.remove()
  document.head.append(...next.head.querySelectorAll('[data-test]'))
  document.body.replaceChildren(...next.body.childNodes)
  document.title = next.title
  remember(headOf(document))
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

  it('gives <html> its language and direction, and leaves what scripts set', async () => {
    load(documentOf({ html: 'lang="en" dir="rtl"' }))
    document.documentElement.dataset['theme'] = 'dark'
    document.body.className = 'locked'
    await swap(documentOf({ html: 'lang="de"' }))
    expect(document.documentElement.lang).toBe('de')
    expect(document.documentElement.hasAttribute('dir')).toBe(false)
    expect(document.documentElement.dataset['theme']).toBe('dark')
    expect(document.body.className).toBe('locked')
  })

  it('waits for new style sheets, and takes old ones away once the page is gone', async () => {
    const sheet = (text: string) => `<link data-test rel="stylesheet" href="data:text/css,${encodeURIComponent(text)}">`
    await swap(documentOf({ head: sheet('h1{color:rgb(1,2,3)}'), body: '<h1>Styled</h1>' }))
    expect(getComputedStyle(document.querySelector('h1') as Element).color).toBe('rgb(1, 2, 3)')
    await swap(documentOf({ body: '<h1>Plain</h1>' }))
    expect(document.head.querySelector('link[data-test]')).toBeNull()
  })
})
