import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
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
})
