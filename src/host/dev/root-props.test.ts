import { describe, expect, it } from 'vitest'
import { readRootProps } from './root-props.ts'

const table = (roots: object, id = 'layer9') =>
  `<script type="application/json" id="${id}" data-starter="/x.js">${JSON.stringify({ modules: ['/app/components/A.tsx', '/app/components/B.tsx?t=1'], roots })}</script>`
const document = (...tables: string[]) =>
  `<body><!--{/layout--><nav></nav><!--{/posts/[id]?id=1--><main></main><!--}--><!--}-->${tables.join('')}</body>`

describe('readRootProps', () => {
  it('names the page, and adds up roots of one kind, the largest first', () => {
    const small = { module: 0, name: 'A', props: { a: 1 } }
    const large = { module: 1, name: 'B', props: { text: 'ä'.repeat(10), b: 2 } }
    expect(readRootProps(document(table([small, large, small])), '/')).toEqual({
      page: '/posts/[id]',
      roots: [
        { module: 'app/components/B.tsx', name: 'B', count: 1, bytes: 37, largest: { name: 'text', bytes: 22 } },
        { module: 'app/components/A.tsx', name: 'A', count: 2, bytes: 14, largest: { name: 'a', bytes: 1 } },
      ],
    })
  })

  it('counts the tables of parts that came later too', () => {
    const root = { module: 0, name: 'A', props: {} }
    const seen = readRootProps(document(table([root]), table({ 1: root, 2: root }, 'layer9-1')), '/')
    expect(seen?.roots).toMatchObject([{ name: 'A', count: 3, bytes: 6 }])
  })

  it('finds no roots where there are none, and no page where there is none', () => {
    expect(readRootProps(document(), '/')).toEqual({ page: '/posts/[id]', roots: [] })
    expect(readRootProps('<p>An error</p>', '/')).toBeUndefined()
  })
})
