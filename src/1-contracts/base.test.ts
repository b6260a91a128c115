import { afterEach, describe, expect, it } from 'vitest'
import { appBase, provideBase, underBase } from './base.ts'
import { href } from './href.ts'

afterEach(() => provideBase('/'))

describe('underBase', () => {
  it.each([
    ['/', '/cart', '/cart'],
    ['/', '/', '/'],
    ['/shop/', '/', '/shop'],
    ['/shop/', '/?page=2', '/shop?page=2'],
    ['/shop/', '/cart?a=1#b', '/shop/cart?a=1#b'],
    ['/shop/', '/shop', '/shop'],
    ['/shop/', '/shop/cart', '/shop/cart'],
    ['/shop/', '/shop?page=2', '/shop?page=2'],
    ['/shop/', '/shopping', '/shop/shopping'],
  ])('under %s: %s is %s', (base, path, expected) => {
    expect(underBase(path, base)).toBe(expected)
  })
})

describe('href', () => {
  it('holds the base', () => {
    expect(href('/cart')).toBe('/cart')
    provideBase('/shop/')
    expect(appBase()).toBe('/shop')
    expect(href('/')).toBe('/shop')
    expect(href('/', {}, { hash: 'top' })).toBe('/shop#top')
    expect(href('/posts/[id]', { id: 7 }, { query: { page: 2 } })).toBe('/shop/posts/7?page=2')
  })
})
