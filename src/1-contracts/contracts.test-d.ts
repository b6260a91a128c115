import * as v from 'valibot'
import { expectTypeOf } from 'vitest'
import type { ArgumentsIn, PatternIn } from './href.ts'
import { href, type Infer, type InferInput, redirect, type StandardSchema, validate } from './index.ts'

// What `.layer9/routes.d.ts` makes of an app's routes; a table of its own, since declarations merge for all files.
interface Table {
  '/': Record<never, never>
  '/posts/[id]': { id: string }
  '/docs/[...path]': { path: string[] }
  '/[[lang]]/about': { lang?: string }
}
declare const link: <Pattern extends PatternIn<Table>>(pattern: Pattern, ...rest: ArgumentsIn<Table, Pattern>) => string

// Links: known patterns only, with the parameters they have.
link('/')
link('/', {}, { query: { page: 1 } })
link('/posts/[id]', { id: 'a' })
link('/posts/[id]', { id: 7 })
link('/docs/[...path]', { path: ['a', 'b'] })
link('/[[lang]]/about')
link('/[[lang]]/about', { lang: 'de' })
// @ts-expect-error no such route
link('/nowhere')
// @ts-expect-error the parameter is missing
link('/posts/[id]')
// @ts-expect-error the parameter is missing
link('/posts/[id]', {})
// @ts-expect-error another name
link('/posts/[id]', { slug: 'a' })
// @ts-expect-error a list is wanted
link('/docs/[...path]', { path: 'a' })

// Without known routes any pattern goes.
expectTypeOf(href).toBeCallableWith('/anything/[id]', { id: 1 })

// Schemas: what goes in and what comes out.
const Search = v.object({ q: v.optional(v.string(), ''), page: v.pipe(v.string(), v.transform(Number)) })
expectTypeOf<Infer<typeof Search>>().toEqualTypeOf<{ q: string; page: number }>()
expectTypeOf<InferInput<typeof Search>>().toEqualTypeOf<{ q?: string | undefined; page: string }>()
expectTypeOf(validate(Search, {})).toEqualTypeOf<{ q: string; page: number } | Promise<{ q: string; page: number }>>()
expectTypeOf<typeof Search>().toExtend<StandardSchema>()

// A redirect never comes back.
expectTypeOf(redirect).returns.toEqualTypeOf<never>()
