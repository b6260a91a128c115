// Schemas of other libraries, in a real server: whatever made a schema, the same text and the same calls give the same.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'

const libraries = ['valibot', 'zod', 'arktype'] as const
type Library = (typeof libraries)[number]

/** Each line: text as a URL or a form has it, and what the schema gives for it. */
const whole = {
  ...{ name: 'Ada', count: 3, price: 1.5, open: true, day: '2030-01-31', at: '2030-01-31T12:00:00.000Z' },
  ...{ tags: ['a', 'b'], sizes: [1, 2.5], topic: 'tea', note: 'x', address: { street: 'Linden', zip: 123 } },
}
const text =
  'name=+Ada+&count=3&price=1.5&open=on&day=2030-01-31&at=2030-01-31T12:00:00Z&tags=a&tags=b&sizes=1&sizes=2.5' +
  '&topic=tea&note=x&address.street=Linden&address.zip=123'
const least = 'name=Ada&day=2030-01-31&at=2030-01-31T12:00:00Z&note=&address.street=L&address.zip=1'
const { count: _count, price: _price, topic: _topic, ...needed } = whole
const little = { ...needed, count: 1, open: false, tags: [], sizes: [], note: null, address: { street: 'L', zip: 1 } }

const table: [rule: string, text: string, given: object][] = [
  ['every kind of value', text, whole],
  ['what may be left out, and the checkbox and lists that are absent', least, little],
  ['empty text, which is absent', `${least}&count=&price=&topic=&tags=&sizes=`, little],
  ['a list of one, and names with brackets', `${least}&tags=a&sizes[]=4`, { ...little, tags: ['a'], sizes: [4] }],
  ['words for true and false', `${text.replace('open=on', 'open=false')}`, { ...whole, open: false }],
  ['names that the schema does not have', `${text}&utm_source=x&other.name=y`, whole],
]

/** Each line: text that is refused, and the fields that are wrong. */
const wrong: [text: string, fields: string[]][] = [
  [text.replace('count=3', 'count=many'), ['count']],
  [text.replace('count=3', 'count=0').replace('sizes=1', 'sizes=one'), ['count', 'sizes.0']],
  [text.replace('open=on', 'open=perhaps').replace('topic=tea', 'topic=milk'), ['open', 'topic']],
  [text.replace('address.zip=123', 'address.zip=x'), ['address.zip']],
  [text.replace('name=+Ada+', 'name='), ['name']],
  [`${text}&name=Bob`, ['name']],
]

let app: AppCopy
let server: RunningServer
beforeAll(async () => {
  app = await copyApp('tests/fixtures/libraries')
  expect(await runLayer9(['build'], { cwd: app.root })).toMatchObject({ code: 0, err: '' })
  server = await startLayer9(['start'], { cwd: app.root })
})
afterAll(async () => {
  await server?.end()
  await app?.delete()
})

const ask = async (path: string, init?: RequestInit): Promise<Response> =>
  await fetch(`${server.url}${path}`, { redirect: 'manual', ...init })

/** What a query by URL answers: the input, or the names of the fields that were wrong. */
async function byUrl(library: Library, query: string): Promise<unknown> {
  const response = await ask(`/${library}?${query}`)
  const body = (await response.json()) as { error?: { data: object } }
  return response.status === 422 ? Object.keys(body.error!.data).sort() : body
}

/** What an action was given by a form; the status where it was refused. */
async function byForm(library: Library, form: string, name = 'book'): Promise<unknown> {
  const response = await ask('/', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: server.url },
    body: `${form}&$action=${library}/${name}`,
  })
  const location = response.headers.get('location')
  return location === null ? response.status : JSON.parse(new URL(location, server.url).searchParams.get('given')!)
}

/** What a typed call answers. */
async function byCall(name: string, input: unknown): Promise<{ status: number; body: unknown }> {
  const response = await ask(`/_layer9/api/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ input }),
  })
  return { status: response.status, body: await response.json() }
}

describe('URL parameters', () => {
  describe('are read alike by every library', () => {
    it.each(table)('%s', async (_, query, given) => {
      for (const library of libraries) expect(await byUrl(library, query), library).toEqual(given)
    })

    it.each(wrong)('refused: %s', async (query, fields) => {
      for (const library of libraries) expect(await byUrl(library, query), library).toEqual(fields)
    })
  })
})

describe('form fields', () => {
  describe('are read alike by every library', () => {
    it.each(table)('%s', async (_, form, given) => {
      for (const library of libraries) expect(await byForm(library, form), library).toEqual(given)
    })

    it.each(wrong)('refused: %s', async (form) => {
      for (const library of libraries) expect(await byForm(library, form), library).toBe(422)
    })

    it('a partial schema: what is absent stays absent', async () => {
      for (const library of libraries) {
        expect(await byForm(library, 'name=Ada', 'change'), library).toEqual({ name: 'Ada' })
        expect(await byForm(library, 'name=&open=on', 'change'), library).toEqual({ open: true })
      }
    })
  })
})

describe.each(libraries)('%s', (library) => {
  it('validates typed calls', async () => {
    const { status, body } = await byCall(`${library}/find`, whole)
    expect(status).toBe(200)
    expect(body).toEqual({ value: { ...whole, at: { $date: expect.anything() } } })
    const refused = await byCall(`${library}/find`, { ...whole, count: '3', address: { street: 'L', zip: '1' } })
    expect(refused.status).toBe(422)
    expect(refused.body).toMatchObject({
      error: { code: 'INVALID', data: { count: expect.any(String), 'address.zip': expect.any(String) } },
    })
  })

  it('validates what a handler returns, and the value of a field', async () => {
    expect(await byCall(`${library}/seen`, { deep: { seen: 4 } })).toEqual({
      status: 200,
      body: { value: { seen: 8 } },
    })
    expect(await byCall(`${library}/seen`, { deep: { seen: 6 } })).toMatchObject({ status: 500 })
    expect(await byCall(`${library}/seen`, { deep: { seen: 11 } })).toMatchObject({
      status: 422,
      body: { error: { data: { 'deep.seen': expect.any(String) } } },
    })
  })
})
