import * as v from 'valibot'
import { expectTypeOf } from 'vitest'
import { everyone, guard } from '../5-middleware/index.ts'
import { action, endpoint, query } from './index.ts'

const signedIn = guard(async () => ({ user: { id: 'u1' } }))
const Search = v.object({ q: v.optional(v.string(), ''), page: v.pipe(v.string(), v.transform(Number)) })

// The caller gives the schema's input, the handler gets its output.
const search = query({
  access: everyone,
  input: Search,
  handler: ({ input }) => {
    expectTypeOf(input).toEqualTypeOf<{ q: string; page: number }>()
    return [{ id: 1, at: new Date() }]
  },
})
expectTypeOf(search).parameter(0).toEqualTypeOf<{ q?: string | undefined; page: string }>()
expectTypeOf(await search({ page: '1' })).toEqualTypeOf<{ id: number; at: Date }[]>()
// @ts-expect-error the input is missing
search()
// @ts-expect-error a number is not what the schema takes
search({ page: 1 })

// The context is what the guard adds, and nothing else.
action({
  access: signedIn,
  handler: async ({ context }) => {
    expectTypeOf(context.user).toEqualTypeOf<{ id: string }>()
    // @ts-expect-error nobody added it
    context.admin
  },
})
query({
  access: everyone,
  handler: ({ context }) => {
    // @ts-expect-error everyone adds nothing
    context.user
  },
})

// Without a schema there is no input.
const ping = query({ access: everyone, handler: async ({ input }) => ({ input }) })
expectTypeOf(await ping()).toEqualTypeOf<{ input: undefined }>()
// @ts-expect-error it takes none
ping({ a: 1 })

// All optional: the input may be left out where undefined is one.
const optional = query({ access: everyone, input: v.optional(v.string()), handler: ({ input }) => input })
optional()
optional('a')

// With an output schema the answer is what it gives, and the handler must give what it takes.
const Public = v.object({ id: v.number(), name: v.optional(v.string(), '') })
const stripped = query({ access: everyone, output: Public, handler: () => ({ id: 1, secret: true }) })
expectTypeOf(await stripped()).toEqualTypeOf<{ id: number; name: string }>()

// No access rule, no procedure.
// @ts-expect-error access is missing
query({ handler: () => 1 })
// @ts-expect-error access is no guard
action({ access: () => true, handler: () => 1 })
// @ts-expect-error access is missing
endpoint('GET /x', { handler: () => new Response() })

endpoint('GET /x/[id]', {
  access: signedIn,
  handler: ({ context, params, request }) => {
    expectTypeOf(context.user.id).toBeString()
    expectTypeOf(params['id']).toEqualTypeOf<string | undefined>()
    expectTypeOf(request).toEqualTypeOf<Request>()
    return new Response()
  },
})
// @ts-expect-error a number is no answer
endpoint('GET /x', { access: everyone, handler: () => 1 })
// @ts-expect-error the schema takes a number
query({ access: everyone, output: Public, handler: () => ({ id: 'one' }) })
