import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as browser from '../browser.ts'
import { createNamedContext } from '../context.ts'
import { type Child, createContext, memo, useContext } from '../index.ts'

const errors: unknown[] = []
function onError(event: ErrorEvent): void {
  event.preventDefault()
  errors.push(event.error)
}
beforeEach(() => {
  errors.length = 0
  addEventListener('error', onError)
})
afterEach(() => removeEventListener('error', onError))

const Theme = createNamedContext('light', undefined, 'app/theme.ts#Theme')
const Local = createContext('none')
const renders: string[] = []
const Show = memo(function Show({ id }: { id: string }) {
  renders.push(id)
  return `${id}:${useContext(Theme)};`
})
const Root = ({ children }: { children?: Child }) => [browser.component(Show as never, { id: 'a' }), children]

function adopt(html: string, brought: Record<string, browser.Brought>, children?: Child) {
  document.body.innerHTML = `<!--[0-->${html}<!--]0-->`
  const begin = document.body.firstChild as browser.RootComment
  browser.bringContexts(begin, brought)
  const handle = browser.adopt(Root as never, { children }, begin, document.body.lastChild as Comment)
  renders.length = 0
  return { handle, bring: (next: Record<string, browser.Brought>) => browser.bringContexts(begin, next) }
}
const text = () => document.body.textContent
const id = 'app/theme.ts#Theme'

describe('bringContexts', () => {
  it('gives a root what crossed into it', () => {
    adopt('a:dark;', { [id]: { value: 'dark' } })
    expect(text()).toBe('a:dark;')
    expect(errors).toEqual([])
  })

  it('renders those again who read what is now another, and only those', () => {
    const { bring } = adopt('a:dark;', { [id]: { value: 'dark' } })
    bring({ [id]: { value: 'dark' }, other: { value: 1 } })
    browser.flush()
    expect(renders).toEqual([])
    bring({ [id]: { value: 'red' } })
    browser.flush()
    expect([text(), renders]).toEqual(['a:red;', ['a']])
    bring({})
    browser.flush()
    expect(text()).toBe('a:light;')
  })

  it('reaches who read it before there was any', () => {
    const { bring } = adopt('a:light;', {})
    bring({ [id]: { value: 'dark' } })
    browser.flush()
    expect(text()).toBe('a:dark;')
  })

  it('gives way to a provider inside of the root', () => {
    const inner = browser.component(Theme, { value: 'inner', children: browser.component(Show as never, { id: 'b' }) })
    adopt('a:dark;b:inner;', { [id]: { value: 'dark' } }, inner)
    expect(text()).toBe('a:dark;b:inner;')
    expect(errors).toEqual([])
  })

  it('is not asked for a context without an id', () => {
    const Read = () => useContext(Local)
    adopt('a:dark;none', { [id]: { value: 'dark' } }, browser.component(Read, {}))
    expect(text()).toBe('a:dark;none')
  })

  it('says in development what was not sent, once it is read', async () => {
    adopt('a:light;', { [id]: { late: 'Theme' } })
    await expect
      .poll(() => errors)
      .toEqual([expect.objectContaining({ code: 'CONTEXT_READ_LATE', data: { component: 'Show', context: 'Theme' } })])
  })
})
