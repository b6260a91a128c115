import { describe, expect, it } from 'vitest'
import { findUnlinked } from './build.ts'

/** The patterns of pages that nothing links to. */
function unlinked(routes: readonly string[], code: string, file = 'app/components/Menu.tsx'): string[] {
  return findUnlinked(routes, [{ file, code }]).map(({ data }) => (data as { id: string }).id)
}

describe('findUnlinked', () => {
  it.each([
    ['about.tsx', `<a href="/about">About</a>`],
    ['about.tsx', `<a href="/about?from=menu#top">About</a>`],
    ['about.tsx', `<a href="about">About</a>`],
    ['about.tsx', `<a href="../about">About</a>`],
    ['about.tsx', `redirect('/about')`],
    ['about.tsx', `const base = ""; const to = \`\${base}/about\``],
    ['posts/[id].tsx', `href('/posts/[id]', { id })`],
    ['posts/[id].tsx', `<a href={\`/posts/\${post.id}\`}>Post</a>`],
    ['posts/[id].tsx', `<a href={'/posts/' + post.id}>Post</a>`],
    ['posts/[id].tsx', `<a href="/posts/first">First</a>`],
    ['posts/[id]/edit.tsx', `\`/posts/\${id}/edit\``],
    ['layers/api.tsx', `\`/layers/\${name}\``],
    ['post-archive.tsx', `\`/post-\${kind}\``],
    ['(shop)/cart.tsx', `<form action="/cart" />`],
    ['[[lang]]/about.tsx', `<a href="/about" />`],
    ['[[lang]]/about.tsx', `<a href="/en/about" />`],
    ['files/[...path].tsx', `\`/files/\${a}/\${b}\``],
    ['straße.tsx', `<a href="/straße" />`],
    ['straße.tsx', `<a href="/stra%C3%9Fe" />`],
  ])('counts for %s: %s', (route, code) => {
    expect(unlinked(['index.tsx', route], code)).toEqual([])
  })

  it.each([
    [`<p>/about</p>`],
    [`// see /about`],
    [`<a href="/about-us" />`],
    [`<a href="/about/more" />`],
    [`<a href="/abou" />`],
    [`<a href="https://about" />`],
    [`\`/posts/\${id}\``],
    [`const pattern = /about/`],
    [`'/' + name`],
    [`\`/\${name}\``],
  ])('does not take for a link to /about: %s', (code) => {
    expect(unlinked(['index.tsx', 'about.tsx'], code)).toEqual(['/about'])
  })

  it('gives a path without gaps to the page that answers it', () => {
    expect(unlinked(['posts/new.tsx', 'posts/[id].tsx'], `<a href="/posts/new" />`)).toEqual(['/posts/[id]'])
  })

  it('does not count a link of a page to itself', () => {
    expect(unlinked(['about.tsx'], `<a href="/about?page=2" />`, 'app/routes/about.tsx')).toEqual(['/about'])
  })

  it('leaves out the first page, layouts and pages of errors', () => {
    expect(unlinked(['index.tsx', 'layout.tsx', 'error.tsx', 'not-found.tsx'], '')).toEqual([])
  })

  it('names page and file, as ROUTE_UNLINKED', () => {
    const [hint] = findUnlinked(['posts/[id].tsx'], [])
    expect(hint).toMatchObject({
      code: 'ROUTE_UNLINKED',
      message: 'Nothing in the app links to /posts/[id], which app/routes/posts/[id].tsx answers.',
      places: [{ file: 'app/routes/posts/[id].tsx', line: 1 }],
    })
  })
})
