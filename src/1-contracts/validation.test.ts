import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import {
  array,
  type ContractResult,
  file,
  integer,
  json,
  type Problem,
  references,
  schema,
  text,
  timestamp,
} from './index.ts'

interface Reader {
  readonly '~standard': { readonly validate: (value: unknown) => ContractResult<unknown> }
}

function problems(reader: Reader, value: unknown): readonly Problem[] {
  return reader['~standard'].validate(value).issues ?? []
}

/** `path code` of everything that is wrong. */
const told = (reader: Reader, value: unknown): string[] =>
  problems(reader, value).map(({ path, code }) => `${path.join('.')} ${code}`)

function output(reader: Reader, value: unknown): unknown {
  const result = reader['~standard'].validate(value)
  return result.issues ?? result.value
}

const Order = schema({
  name: text({ min: 1, max: 20 }),
  count: integer({ min: 1 }).default(1),
  notes: array(text({ max: 3 })).optional(),
  place: json(schema({ street: text({ min: 1 }), lines: array(integer()) })),
})
const place = { street: 'Main', lines: [1] }

/** Fails the test where anything of it is run. */
const never = (): never => {
  throw new Error('user code was run')
}

describe('errors', () => {
  it('are collected, not only the first', () => {
    const given = { count: 0, notes: ['abcd', 'ok', 7], place: { street: '', lines: 'x' } }
    expect(told(Order, given)).toEqual([
      'name required',
      'count number.min',
      'notes.0 text.max',
      'notes.2 text',
      'place.street required',
      'place.lines array',
    ])
  })

  it('have the path of their field', () => {
    const [street] = problems(Order, { name: 'a', place: { street: 'Main', lines: [1, 'b'] } })
    expect(street?.path).toEqual(['place', 'lines', 1])
    expect(problems(text(), 1)[0]?.path).toEqual([])
  })

  it('of what is no object are one', () => {
    for (const value of [null, undefined, 1, 'a', [], new Map(), new Date(), Object.create({})])
      expect(told(Order, value)).toEqual([' object'])
  })

  it('are a hundred at most', () => {
    const many = schema({ list: array(integer()), more: array(integer()) })
    const wrong = Array.from({ length: 99 }, () => 'a')
    expect(problems(many, { list: wrong, more: wrong })).toHaveLength(100)
    const other = json(v.array(v.number()))
    expect(problems(schema({ list: array(integer()), other }), { list: wrong, other: wrong })).toHaveLength(100)
  })
})

describe('messages', () => {
  it('can be translated by code and data', () => {
    const german: Record<string, string> = {
      required: 'Bitte ausfüllen.',
      'text.max': 'Höchstens {max} Zeichen.',
      'number.min': '{min} oder mehr.',
    }
    const translate = ({ code, data, message }: Problem): string =>
      german[code]?.replace(/\{(\w+)\}/g, (_, name: string) => String(data[name])) ?? message
    const found = problems(Order, { name: 'x'.repeat(21), count: 0, place: { street: '', lines: [true] } })
    expect(found.map(translate)).toEqual([
      'Höchstens 20 Zeichen.',
      '1 oder mehr.',
      'Bitte ausfüllen.',
      'Write a number.',
    ])
    expect(found.map(({ message }) => message)).toEqual([
      'Use at most 20 characters.',
      'Take 1 or more.',
      'Fill this in.',
      'Write a number.',
    ])
  })

  it('of another library are its own words', () => {
    const own = json(v.object({ at: v.number('eine Zahl') }))
    expect(problems(own, { at: '1' })).toEqual([{ code: 'json', data: {}, path: ['at'], message: 'eine Zahl' }])
  })

  it('of another library have no code of ours, whatever they say', () => {
    const issues = [{ message: 'no', code: 'text.max', data: { max: 1 }, path: [{ key: 'a' }, 'b'] }]
    const other = json({ '~standard': { version: 1, vendor: 'other', validate: () => ({ issues }) } })
    expect(problems(other, 1)).toEqual([{ code: 'json', data: {}, path: ['a', 'b'], message: 'no' }])
  })
})

describe('unknown keys', () => {
  it('are stripped', () => {
    const given = { name: 'a', place: { ...place, admin: true }, admin: true, [Symbol('s')]: 1 }
    const read = output(Order, given)
    expect(read).toEqual({ name: 'a', count: 1, place })
    expect(Reflect.ownKeys(read as object)).toEqual(['name', 'count', 'place'])
  })
})

describe('prototypes', () => {
  it('are never read or written', () => {
    const hostile = JSON.parse('{"__proto__":{"name":"a","polluted":1},"constructor":{"prototype":{"polluted":1}}}')
    expect(told(Order, { ...hostile, place })).toEqual(['name required'])
    expect(
      told(Order, JSON.parse('{"__proto__":{"name":"a"},"place":{"__proto__":{"street":"a"},"lines":[]}}')),
    ).toEqual(['name required', 'place.street required'])
    const read = output(schema({ toString: text(), valueOf: text().optional() }), { toString: 'a' })
    expect(read).toEqual({ toString: 'a' })
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it('give nothing to what lacks a field', () => {
    expect(told(schema({ toString: text() }), {})).toEqual(['toString required'])
    expect(told(file(), Object.create({ key: 'a', name: 'a', type: 'a/b', size: 1 }))).toEqual([' file'])
    expect(output(Order, Object.assign(Object.create(null), { name: 'a', place }))).toEqual({
      name: 'a',
      count: 1,
      place,
    })
  })
})

describe('user code', () => {
  it('of a value is never run', () => {
    const getter = { get: never, enumerable: true }
    expect(told(Order, Object.defineProperty({ place }, 'name', getter))).toEqual(['name required'])
    expect(told(array(text()), Object.defineProperty(['a'], 0, getter))).toEqual(['0 required'])
    expect(told(references('tags'), Object.defineProperty(['a'], 0, getter))).toEqual(['0 id'])
    expect(told(file(), Object.defineProperty({ key: 'a' }, 'name', getter))).toEqual([' file'])
    const list = Object.assign(['a'], { [Symbol.iterator]: never, map: never, keys: never, toString: never })
    expect(output(array(text()), list)).toEqual(['a'])
    const own = { toString: never, valueOf: never, toJSON: never, [Symbol.toPrimitive]: never }
    for (const reader of [text(), integer(), timestamp(), array(text()), file()])
      expect(told(reader, own)).toHaveLength(1)
    expect(
      output(timestamp(), Object.assign(new Date(0), { getTime: never, valueOf: never, toString: never })),
    ).toEqual(new Date(0))
  })

  it('of a value is not handed to a schema of another library', () => {
    const any = json(v.any())
    expect(told(any, { a: [Object.defineProperty({}, 'b', { get: never, enumerable: true })] })).toEqual([
      'a.0.b value.computed',
    ])
    const list = Object.assign(['a'], { [Symbol.iterator]: never, keys: never })
    expect(told(any, list)).toEqual([])
  })
})

describe('bounds', () => {
  /** A list in a list in a list. */
  const nested = (levels: number): unknown => (levels === 0 ? 'a' : [nested(levels - 1)])
  /** Follows a value as deep as it goes. */
  const Tree: v.GenericSchema<unknown> = v.lazy(() => v.union([v.string(), v.array(Tree)]))

  it('of depth', () => {
    const tree = json(Tree)
    expect(told(tree, nested(32))).toEqual([])
    expect(problems(tree, nested(33))).toMatchObject([{ code: 'value.depth' }])
    let deep: unknown = 'a'
    for (let level = 0; level < 100_000; level++) deep = [deep]
    expect(problems(tree, deep)).toMatchObject([{ code: 'value.depth' }])
    const circle: unknown[] = []
    circle.push(circle, circle)
    expect(problems(tree, circle)).toMatchObject([{ code: 'value.depth' }])
    const record: Record<string, unknown> = {}
    record['a'] = record
    expect(problems(json(v.any()), record)).toMatchObject([{ code: 'value.depth' }])
  })

  it('of depth hold for contracts in contracts too', () => {
    let own = schema({ a: json(v.any()) })
    for (let level = 0; level < 40; level++) own = schema({ a: json(own) })
    let value: unknown = { a: 1 }
    for (let level = 0; level < 40; level++) value = { a: value }
    expect(problems(own, value)).toMatchObject([{ code: 'value.depth' }])
  })

  it('of size', () => {
    const any = json(v.any())
    const long = (length: number) => Array.from({ length }, () => 0)
    expect(told(any, long(100_000))).toEqual([])
    expect(told(any, long(100_001))).toEqual([' value.size'])
    const table = Array.from({ length: 101 }, () => long(1000))
    expect(told(any, table)).toHaveLength(1)
    expect(told(any, new Array(2 ** 32 - 1))).toEqual([' value.size'])
    expect(told(any, ['x'.repeat(9_999_999), 'x'])).toEqual([])
    expect(told(any, ['x'.repeat(9_999_999), 'xx'])).toEqual(['1 value.size'])
  })

  it('of size hold for all fields together, and are told once', () => {
    const lists = schema(
      Object.fromEntries(Array.from({ length: 3 }, (_, at) => [`list${at}`, array(integer(), { max: 60_000 })])),
    )
    const list = Array.from({ length: 60_000 }, (_, at) => at)
    expect(told(lists, { list0: list, list1: list, list2: list })).toEqual(['list1 value.size'])
  })
})
