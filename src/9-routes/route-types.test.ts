import { describe, expect, it } from 'vitest'
import { checkRouteTypes } from './route-types.ts'

describe('checkRouteTypes', () => {
  const file = 'posts/[id].tsx'

  it('is silent when a file says its own path', () => {
    expect(checkRouteTypes(file, "export const loader = (args: LoaderArgs<'/posts/[id]'>) => args")).toEqual([])
  })

  it('names the path that is not the file’s, with the place', () => {
    const source =
      "import type { LoaderArgs } from 'layer9/routes'\n\nexport const loader = (args: LoaderArgs<'/post/[id]'>) => args\n"
    expect(checkRouteTypes(file, source)).toMatchObject([
      {
        code: 'ROUTE_TYPE_MISMATCH',
        data: { file, written: '/post/[id]', expected: '/posts/[id]' },
        places: [{ file: `app/routes/${file}`, line: 3, column: 41, length: 12 }],
      },
    ])
  })

  it.each([
    ['a template', "export const text = `PageProps<'/other'>`"],
    ['a string', 'export const text = "PageProps<\'/other\'>"'],
    ['a comment', "// PageProps<'/other'>\nexport const text = 1"],
    ['text of JSX', "export default () => <p>PageProps&lt;'/other'> and LoaderArgs{`<'/other'>`}</p>"],
  ])('reads no types in %s', (_where, source) => {
    expect(checkRouteTypes(file, source)).toEqual([])
  })

  it('finds the type beside a text that says the same', () => {
    const source =
      "export const text = `PageProps<'/other'>`\nexport default (props: PageProps<'/other'>) => props.path"
    expect(checkRouteTypes(file, source)).toMatchObject([{ code: 'ROUTE_TYPE_MISMATCH', places: [{ line: 2 }] }])
  })
})
