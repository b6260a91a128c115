import { runInNewContext } from 'node:vm'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { entity, id, integer, oneOf, schema, text, timestamp } from './index.ts'
import { Invalid } from './outcome.ts'
import { type StandardSchema, validate } from './schema.ts'

const Post = v.object({
  title: v.pipe(v.string('text please'), v.minLength(1, 'too short'), v.toUpperCase()),
  page: v.optional(v.number(), 1),
  tags: v.array(v.object({ name: v.string('a name') })),
})

const fieldsOf = (run: () => unknown): unknown => {
  try {
    run()
  } catch (error) {
    return error instanceof Invalid ? error.fields : error
  }
  return 'nothing was thrown'
}

describe('validate', () => {
  it('gives what the schema makes of it, at once where the schema is synchronous', () => {
    expect(validate(Post, { title: 'tea', tags: [] })).toEqual({ title: 'TEA', page: 1, tags: [] })
  })

  it('names each wrong field by its path', () => {
    expect(fieldsOf(() => validate(Post, { title: '', tags: [{ name: 'a' }, { name: 2 }] }))).toEqual({
      title: 'too short',
      'tags.1.name': 'a name',
    })
  })

  it('keeps the first message of a field', () => {
    const Twice = v.object({ a: v.pipe(v.string(), v.minLength(3, 'first'), v.regex(/\d/, 'second')) })
    expect(fieldsOf(() => validate(Twice, { a: 'x' }))).toEqual({ a: 'first' })
  })

  it('names the whole value by the empty key', () => {
    expect(fieldsOf(() => validate(v.string('text please'), 1))).toEqual({ '': 'text please' })
  })

  it('waits for asynchronous schemas', async () => {
    const Free = v.pipeAsync(
      v.string(),
      v.checkAsync(async (name) => name !== 'ada', 'taken'),
    )
    await expect(validate(Free, 'bob')).resolves.toBe('bob')
    await expect(validate(Free, 'ada')).rejects.toMatchObject({ code: 'INVALID', fields: { '': 'taken' } })
  })

  it('takes any validator that follows the standard, whatever it calls a field', () => {
    const own: StandardSchema = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: () => ({
          issues: [
            { message: 'no', path: [{ key: '__proto__' }, 0] },
            { message: 'nor this', path: ['__proto__'] },
          ],
        }),
      },
    }
    expect(Object.entries(fieldsOf(() => validate(own, {})) as object)).toEqual([
      ['__proto__.0', 'no'],
      ['__proto__', 'nor this'],
    ])
  })

  it('waits for every kind of promise', async () => {
    // One of another realm is no instance of this one's Promise.
    const later = runInNewContext(`Promise.resolve({ issues: [{ message: 'no' }] })`)
    const own = { '~standard': { version: 1 as const, vendor: 'own', validate: () => later } }
    await expect(Promise.resolve(validate(own, {}))).rejects.toMatchObject({ fields: { '': 'no' } })
  })

  it('tells of so many problems that a person can read them', () => {
    const issues = Array.from({ length: 100_000 }, (_, at) => ({ message: 'no', path: [at] }))
    const own = { '~standard': { version: 1 as const, vendor: 'own', validate: () => ({ issues }) } }
    expect(Object.keys(fieldsOf(() => validate(own, [])) as object)).toHaveLength(100)
  })
})

describe('schema', () => {
  const Search = schema({ q: text({ max: 10 }).default(''), page: integer({ min: 1 }).default(1) })

  it('validates what is no entity', () => {
    expect(validate(Search, { page: 2, other: 1 })).toEqual({ q: '', page: 2 })
    expect(fieldsOf(() => validate(Search, { q: 'x'.repeat(11), page: 0 }))).toEqual({
      q: 'Use at most 10 characters.',
      page: 'Take 1 or more.',
    })
  })

  it('has the parts of any contract', () => {
    const More = Search.extend({ sort: oneOf('new', 'old').optional() }).omit('q')
    expect(validate(More, { sort: 'new' })).toEqual({ page: 1, sort: 'new' })
    expect(validate(More.partial().pick('page'), {})).toEqual({})
  })
})

describe('standard', () => {
  describe('every contract is a Standard Schema', () => {
    const Post = entity('posts', { id: id(), title: text(), createdAt: timestamp().default('now') })

    it.each<[string, StandardSchema, unknown]>([
      ['an entity', Post, { title: 'a', createdAt: new Date(0) }],
      ['a part', Post.pick('title'), { title: 'a' }],
      ['what is left', Post.omit('id', 'createdAt'), { title: 'a' }],
      ['a change', Post.partial(), {}],
      ['a schema', schema({ title: text() }), { title: 'a' }],
      ['a field', text(), 'a'],
    ])('is %s', (_, contract, value) => {
      const standard = contract['~standard']
      expect(standard).toMatchObject({ version: 1, vendor: 'layer9', validate: expect.any(Function) })
      expect(standard.validate(value)).toEqual({ value })
      expect(standard.validate(Symbol('none'))).toEqual({
        issues: [expect.objectContaining({ message: expect.any(String) })],
      })
      expect(validate(contract, value)).toEqual(value)
    })

    it('that one of another library takes as a part', () => {
      const Wrapped = v.object({
        posts: v.array(v.custom((one) => !('issues' in Object(Post['~standard'].validate(one))))),
      })
      expect(validate(Wrapped, { posts: [{ title: 'a' }] })).toEqual({ posts: [{ title: 'a' }] })
      expect(fieldsOf(() => validate(Wrapped, { posts: [{}] }))).toHaveProperty(['posts.0'])
    })
  })
})
