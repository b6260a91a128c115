import { describe, expect, it } from 'vitest'
import { checkLoaderType } from './loader-type.ts'

const page = (props: string) => `export const loader = () => 1\nexport default function Page(${props}) {}\n`

describe('checkLoaderType', () => {
  it.each(['{ data }', '{ data }: PageProps', "{ params, data }: PageProps<'/'>", 'props', '{ path, ...rest }'])(
    'finds %s beside a loader',
    (props) => {
      const [error, ...more] = checkLoaderType('index.tsx', page(props))
      expect(more).toEqual([])
      expect(error).toMatchObject({
        code: 'ROUTE_LOADER_TYPE_MISSING',
        places: [{ file: 'app/routes/index.tsx', line: 2, column: 30, length: props.length }],
        fix: 'Write the props as `PageProps<typeof loader>`, a type of layer9/routes.',
      })
    },
  )

  it('names the type of layouts', () => {
    expect(checkLoaderType('posts/layout.tsx', page('{ data, children }: LayoutProps'))).toMatchObject([
      { fix: expect.stringContaining('`LayoutProps<typeof loader>`') },
    ])
  })

  it('reads a component that is a constant', () => {
    const source = 'export const loader = () => 1\nconst Page = ({ data }: PageProps) => data\nexport default Page\n'
    expect(checkLoaderType('index.tsx', source)).toHaveLength(1)
  })

  it.each([
    ['index.tsx', page('{ data }: PageProps<typeof loader>')],
    ['index.tsx', page('{ data }: PageProps<typeof posts.loader>')],
    ['index.tsx', page('{ data }: Props')],
    ['index.tsx', page('{ data }: { data: number }')],
    ['index.tsx', page("{ params }: PageProps<'/'>")],
    ['index.tsx', page('')],
    ['index.jsx', page('{ data }')],
    ['index.tsx', 'export default function Page({ data }: PageProps) {}'],
    ['index.tsx', 'export const loader = 1\nexport default memo(({ data }: PageProps) => data)'],
    ['index.tsx', 'export const loader = () => {'],
  ])('is silent about %s: %s', (file, source) => {
    expect(checkLoaderType(file, source)).toEqual([])
  })
})
