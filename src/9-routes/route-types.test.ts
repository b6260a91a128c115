import { describe, expect, it } from 'vitest'
import { drawError } from '../1-contracts/index.ts'
import { checkRouteTypes, routeTypes } from './build.ts'

describe('routeTypes', () => {
  it('writes every pattern with its parameters, flat and in order', () => {
    expect(
      routeTypes([
        'layout.tsx',
        'index.tsx',
        '(shop)/cart.tsx',
        'posts/[id].tsx',
        '[[lang]]/docs/[...path].tsx',
        'error.tsx',
      ]),
    ).toBe(
      [
        '// Written by layer9 from the files in app/routes; changes here are lost.',
        "import 'layer9/contracts'",
        '',
        "declare module 'layer9/contracts' {",
        '  interface Routes {',
        "    '/': Record<never, never>",
        "    '/[[lang]]/docs/[...path]': { lang?: string; path: readonly string[] }",
        "    '/cart': Record<never, never>",
        "    '/posts/[id]': { id: string }",
        '  }',
        '}',
        '',
      ].join('\n'),
    )
  })

  it('refuses what the routes would refuse', () => {
    expect(() => routeTypes(['a.tsx', 'a/index.tsx'])).toThrow(expect.objectContaining({ code: 'ROUTE_CONFLICT' }))
  })
})

describe('checkRouteTypes', () => {
  const source = `import type { LoaderArgs, PageProps } from 'layer9/routes'

export const loader = ({ params }: LoaderArgs<'/post/[id]'>) => params.id
export default function Post({ data }: PageProps<typeof loader>) {}
`

  it('finds a path that is not the file’s, and where it stands', () => {
    const [error, ...more] = checkRouteTypes('posts/[id].tsx', source)
    expect(more).toEqual([])
    expect(error).toMatchObject({
      code: 'ROUTE_TYPE_MISMATCH',
      data: { file: 'posts/[id].tsx', written: '/post/[id]', expected: '/posts/[id]' },
      places: [{ file: 'app/routes/posts/[id].tsx', line: 3, column: 47, length: 12 }],
      fix: "Write '/posts/[id]'.",
    })
    expect(drawError(error as never)).toContain("LoaderArgs<'/post/[id]'>")
  })

  it.each([
    ['posts/[id].tsx', "LoaderArgs<'/posts/[id]'>"],
    ['(group)/about.tsx', 'PageProps<"/about">'],
    ['index.tsx', "PageProps< '/' >"],
    ['posts/layout.tsx', "LoaderArgs<'/posts/[id]'>"],
    ['about.tsx', 'PageProps<typeof loader>'],
    ['about.tsx', 'no types at all'],
  ])('is silent about %s with %s', (file, text) => {
    expect(checkRouteTypes(file, text)).toEqual([])
  })

  it('finds each of several', () => {
    expect(checkRouteTypes('a.tsx', "LoaderArgs<'/b'> PageProps<'/c'>")).toHaveLength(2)
  })
})
