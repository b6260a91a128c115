// Without generated routes, as here, any pattern passes and parameters are texts. That they are exact with them is held
// by the examples, whose types are checked.
import { describe, expectTypeOf, it } from 'vitest'
import type { ErrorProps, Identity, LayoutProps, LoaderArgs, PageProps } from './index.ts'

const loader = async ({ params, query, request, signal }: LoaderArgs<'/posts/[id]'>) => {
  expectTypeOf(params).toEqualTypeOf<Readonly<Record<string, string>>>()
  expectTypeOf(query).toEqualTypeOf<URLSearchParams>()
  expectTypeOf(request).toEqualTypeOf<Request>()
  expectTypeOf(signal).toEqualTypeOf<AbortSignal>()
  return { title: 'x', later: Promise.resolve(1) }
}

describe('PageProps', () => {
  it('has what the loader gives, awaited once', () => {
    expectTypeOf<PageProps<typeof loader>['data']>().toEqualTypeOf<{ title: string; later: Promise<number> }>()
    expectTypeOf<PageProps<typeof loader>['params']>().toEqualTypeOf<Readonly<Record<string, string>>>()
  })
  it('takes the parameters that a loader names itself', () => {
    const own = (_: { params: { id: string } }) => 1
    expectTypeOf<PageProps<typeof own>['params']>().toEqualTypeOf<{ id: string }>()
    expectTypeOf<PageProps<typeof own>['data']>().toEqualTypeOf<number>()
  })
  it('has no data without a loader', () => {
    expectTypeOf<PageProps<'/about'>['data']>().toEqualTypeOf<undefined>()
    expectTypeOf<PageProps<'/about'>['path']>().toEqualTypeOf<string>()
    const bare = () => ({ people: 3 })
    expectTypeOf<PageProps<typeof bare>['data']>().toEqualTypeOf<{ people: number }>()
  })
})

describe('Identity', () => {
  it('is names of the query, or a function of what a loader gets', () => {
    expectTypeOf<Identity>().extract<readonly unknown[]>().toEqualTypeOf<readonly string[]>()
    expectTypeOf<Identity>().extract<(args: never) => unknown>().parameter(0).toEqualTypeOf<LoaderArgs>()
    // @ts-expect-error a text alone is no list
    const wrong: Identity = 'tab'
    expectTypeOf(wrong).toEqualTypeOf<Identity>()
  })
})

describe('LayoutProps', () => {
  it('has children beside what a page has', () => {
    expectTypeOf<LayoutProps<typeof loader>>().toHaveProperty('children')
    expectTypeOf<LayoutProps<typeof loader>['data']['title']>().toEqualTypeOf<string>()
    expectTypeOf<LayoutProps['data']>().toEqualTypeOf<undefined>()
  })
})

describe('ErrorProps', () => {
  it('tells code and status, and a message or an id', () => {
    expectTypeOf<ErrorProps['error']['status']>().toEqualTypeOf<number>()
    expectTypeOf<ErrorProps['error']['id']>().toEqualTypeOf<string | undefined>()
  })
})
