import { runInNewContext } from 'node:vm'
import * as v from 'valibot'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  array,
  boolean,
  type ContractField,
  createId,
  date,
  decimal,
  email,
  type FieldFlag,
  file,
  fromUnits,
  id,
  integer,
  json,
  number,
  oneOf,
  reference,
  schema,
  text,
  timestamp,
  toUnits,
  url,
} from './index.ts'

type AnyKind = ContractField<unknown, FieldFlag>

/** What a field reads, or the codes of what is wrong. */
function read(field: AnyKind, value?: unknown): unknown {
  const result = field['~standard'].validate(value)
  return result.issues ? result.issues.map(({ code }) => code) : result.value
}

/** That it takes each as it is. */
function takes(field: AnyKind, values: readonly unknown[]): void {
  expect(values.map((value) => read(field, value))).toEqual(values)
}

/** That it refuses each with this code. */
function refuses(field: AnyKind, code: string, values: readonly unknown[]): void {
  expect(values.map((value) => [value, read(field, value)])).toEqual(values.map((value) => [value, [code]]))
}

afterEach(() => vi.useRealTimers())

describe('id', () => {
  it('is a UUIDv7', () => {
    vi.useFakeTimers({ now: new Date('2040-01-31T12:00:00.123Z') })
    const made = createId()
    expect(made).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(Number.parseInt(made.replace('-', '').slice(0, 12), 16)).toBe(Date.now())
    takes(id(), [made])
  })

  it('sorts in the order of making, within a millisecond too', () => {
    vi.useFakeTimers({ now: new Date('2041-01-01') })
    const within = Array.from({ length: 10_000 }, createId)
    vi.setSystemTime(new Date('2040-01-01'))
    const setBack = createId()
    vi.setSystemTime(new Date('2042-01-01'))
    const made = [...within, setBack, createId()]
    expect([...made].sort()).toEqual(made)
    expect(new Set(made).size).toBe(made.length)
  })

  it('takes UUIDs of other makers, written as they usually are', () => {
    takes(id(), ['123e4567-e89b-12d3-a456-426614174000'])
    refuses(id(), 'id', ['', 'a', '123E4567-E89B-12D3-A456-426614174000', '123e4567e89b12d3a456426614174000', 7, {}])
    expect(read(id(), null)).toEqual(['required'])
    expect(read(id())).toBeUndefined()
  })
})

describe('text', () => {
  it('is held to min and max', () => {
    const name = text({ min: 2, max: 4 })
    takes(name, ['ab', 'abcd'])
    refuses(name, 'text.min', ['a'])
    refuses(name, 'required', [''])
    refuses(name, 'text.max', ['abcde', '😀😀😀'])
    refuses(name, 'text', [1, {}, ['ab'], true])
    takes(text(), ['', 'x'.repeat(10_000)])
    refuses(text(), 'text.max', ['x'.repeat(10_001)])
  })

  it('is trimmed before it is measured', () => {
    const name = text({ min: 2, max: 4, trim: true })
    expect(read(name, '  \tabcd \n')).toBe('abcd')
    refuses(name, 'text.min', [' a '])
    refuses(name, 'required', ['   '])
    expect(read(text({ max: 4 }), ' ab ')).toBe(' ab ')
  })

  it('is one line unless it is multiline', () => {
    refuses(text(), 'text.lines', ['a\nb', 'a\rb', '\n'])
    takes(text({ multiline: true }), ['a\nb', 'a\r\nb\tc'])
  })

  it('has no characters that a database cannot keep', () => {
    const broken = ['a\0b', '\x07', '\x7F', '\uD800', 'a\uDC00']
    refuses(text({ multiline: true }), 'text.characters', broken)
    takes(text(), ['a\tb', '😀', 'ß\u0301', '\u202E'])
  })
})

describe('email', () => {
  it('takes addresses as HTML forms do, with a dot in the domain', () => {
    takes(email(), ['ada@example.org', "a.b+c!#$%&'*/=?^_`{|}~-@a-b.example.co", 'A@B.C', `${'a'.repeat(64)}@b.co`])
    expect(read(email(), ' ada@example.org\n')).toBe('ada@example.org')
  })

  it('refuses what mail cannot be sent to', () => {
    refuses(email(), 'email', [
      '',
      'ada',
      '@b.c',
      'a@',
      'a@b',
      'a@b.',
      'a@-b.c',
      'a@b-.c',
      'a b@c.d',
      'a@b..c',
      'ä@b.c',
    ])
    refuses(email(), 'email', ['a@b.c, d@e.f', 'a@b.c\nbcc: d@e.f', 'a@[127.0.0.1]', '"a"@b.c', 1, ['a@b.c'], {}])
    refuses(email(), 'email', [`${'a'.repeat(65)}@b.co`, `a@${'b'.repeat(64)}.co`, `a@${'b.'.repeat(130)}co`])
  })
})

describe('url', () => {
  it('takes absolute http and https addresses alone', () => {
    takes(url(), ['https://example.org', 'http://localhost:3000/a?b=c#d', 'HTTPS://EXAMPLE.ORG/ä', 'https://[::1]/'])
    expect(read(url(), ' https://example.org ')).toBe('https://example.org')
    refuses(url(), 'url', [
      '',
      '/a',
      'example.org',
      '//example.org',
      'javascript:alert(1)',
      'ftp://a.b',
      'data:,a',
      1,
      {},
    ])
  })

  it('takes none that leads elsewhere than it seems to', () => {
    // What a link on a page of the same scheme takes for a path of this site.
    refuses(url(), 'url', ['https:example.org', 'https:/example.org', 'https:///example.org', 'https://'])
    refuses(url(), 'url', ['https://bank.example@evil.example/', 'https://a:b@c.d', 'https://a\\@b.c', 'https:\\\\a.b'])
    refuses(url(), 'url', [
      'https://a.b/\0',
      'https://a.b/\x01',
      'https://a.b/c d',
      'https://a.b/\uD800',
      'https://a.b/\nc',
    ])
    refuses(url(), 'url', [`https://a.b/${'c'.repeat(2048)}`])
  })
})

describe('integer', () => {
  it('takes whole numbers that JavaScript holds exactly', () => {
    takes(integer(), [0, -7, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])
    refuses(integer(), 'integer', [1.5, Number.MIN_VALUE])
    refuses(integer(), 'number', ['1', 1n, Number.NaN, Infinity, true, [1], {}])
    refuses(integer(), 'number.max', [Number.MAX_SAFE_INTEGER + 1, 1e300])
    refuses(integer(), 'number.min', [Number.MIN_SAFE_INTEGER - 1])
  })

  it('is held to min and max', () => {
    const page = integer({ min: 1, max: 9 })
    takes(page, [1, 9])
    refuses(page, 'number.min', [0, -1])
    refuses(page, 'number.max', [10])
  })

  it('has one zero, as SQL has', () => {
    expect(Object.is(read(integer(), -0), 0)).toBe(true)
    expect(Object.is(read(number(), -0), 0)).toBe(true)
  })
})

describe('number', () => {
  it('takes finite numbers between min and max', () => {
    takes(number(), [0.1, -1e300, Number.MAX_VALUE, Number.MIN_VALUE])
    refuses(number(), 'number', [Number.NaN, Infinity, -Infinity, '0.1', 1n])
    takes(number({ min: -0.5, max: 0.5 }), [-0.5, 0.5])
    refuses(number({ min: -0.5, max: 0.5 }), 'number.min', [-0.6])
    refuses(number({ min: -0.5, max: 0.5 }), 'number.max', [0.6])
  })
})

describe('decimal', () => {
  const price = decimal({ scale: 2, min: '-10', max: '99.99' })

  it('is exact to its scale: all its digits are written, and none is rounded', () => {
    const given = ['1', '1.5', '-0.10', '+7', '007.1', ' 2 ', '-0', '99.99', '1.10000']
    expect(given.map((one) => read(price, one))).toEqual([
      '1.00',
      '1.50',
      '-0.10',
      '7.00',
      '7.10',
      '2.00',
      '0.00',
      '99.99',
      '1.10',
    ])
    refuses(price, 'decimal', ['1.005', '', '.', '.5', '5.', '1e2', '1,5', '0x1', 'NaN', '--1', '1 2', 1.5, 1n, {}])
    refuses(price, 'decimal', ['0'.repeat(101)])
  })

  it('is held to min and max, which are exact as well', () => {
    refuses(price, 'decimal.max', ['100', '99999'])
    refuses(price, 'decimal.min', ['-10.01'])
    refuses(decimal({ scale: 1, max: '0.3' }), 'decimal.max', ['0.4'])
  })

  it('holds as many digits as 64 bits do', () => {
    takes(decimal({ scale: 0 }), ['9223372036854775807', '-9223372036854775807'])
    refuses(decimal({ scale: 0 }), 'decimal', ['9223372036854775808', '-9223372036854775808'])
    takes(decimal({ scale: 12 }), ['9223372.036854775807'])
    refuses(decimal({ scale: 12 }), 'decimal', ['9223372.036854775808'])
  })

  it('is counted in units of its last digit by who stores it', () => {
    expect([toUnits('-12.5', 2), toUnits('12', 0), toUnits('0.001', 2)]).toEqual([-1250n, 12n, undefined])
    expect([fromUnits(-5n, 2), fromUnits(12n, 0), fromUnits(0n, 3)]).toEqual(['-0.05', '12', '0.000'])
  })
})

describe('boolean', () => {
  it('is true or false, and nothing that counts as one', () => {
    takes(boolean(), [true, false])
    refuses(boolean(), 'boolean', [0, 1, 'true', '', 'on', {}, []])
  })
})

describe('date', () => {
  it('is a day that the calendar has', () => {
    takes(date(), ['2030-01-31', '2028-02-29', '0001-01-01', '9999-12-31'])
    refuses(date(), 'date', ['2030-02-29', '2030-02-30', '2030-13-01', '2030-00-10', '2030-01-00', '0000-01-01'])
    refuses(date(), 'date', [
      '',
      '2030-1-1',
      '20300131',
      '2030-01-31T00:00',
      '31.01.2030',
      '12030-01-01',
      2030,
      new Date(0),
    ])
  })
})

describe('timestamp', () => {
  it('is a Date, exact to the millisecond', () => {
    const moment = new Date('2030-01-31T12:00:00.123Z')
    takes(timestamp(), [moment, new Date('0001-01-01T00:00:00Z'), new Date('9999-12-31T23:59:59.999Z')])
    expect(read(timestamp(), moment)).not.toBe(moment)
  })

  it('is a text with a zone as well, as JSON has it', () => {
    for (const given of ['2030-01-31T12:00:00.123Z', '2030-01-31t13:00:00.123+01:00', '2030-01-31T12:00:00.1239Z'])
      expect(read(timestamp(), given)).toEqual(new Date('2030-01-31T12:00:00.123Z'))
    const others = ['2030-01-31', '2030-01-31T12:00:00', '2030-02-30T12:00:00Z', '2030-01-31T12:00Z', 'now', '']
    refuses(timestamp(), 'timestamp', [...others, '0000-12-31T23:59:59Z', ' 2030-01-31T12:00:00Z', '1'.repeat(99)])
  })

  it('is no other thing', () => {
    const others = [new Date(Number.NaN), new Date('0000-12-31T23:59:59.999Z'), new Date(253402300800000)]
    refuses(timestamp(), 'timestamp', [...others, 0, {}, Object.create(Date.prototype), []])
  })
})

describe('oneOf', () => {
  it('takes the words it names and no others', () => {
    const status = oneOf('draft', 'published', { label: 'Status' })
    takes(status, ['draft', 'published'])
    refuses(status, 'oneOf', ['', 'Draft', 'draft ', 'label', 'toString', 0, ['draft'], { label: 'Status' }])
    expect(status.description).toEqual({ kind: 'oneOf', values: ['draft', 'published'], label: 'Status' })
  })
})

describe('json', () => {
  const place = json(
    v.object({ street: v.pipe(v.string(), v.minLength(1, 'a street')), at: v.optional(v.number(), 1) }),
  )

  it('is what its schema says', () => {
    expect(read(place, { street: 'Main', more: 1 })).toEqual({ street: 'Main', at: 1 })
    refuses(place, 'json', [{ street: '' }, {}, 'Main'])
    const result = place['~standard'].validate({ street: '', at: 1 })
    expect(result.issues).toEqual([{ code: 'json', message: 'a street', path: ['street'], data: {} }])
  })

  it('keeps code, data and path of what a contract says', () => {
    const own = json(schema({ inner: json(schema({ name: text({ max: 2 }) })) }))
    const { issues } = own['~standard'].validate({ inner: { name: 'abc' } })
    expect(issues).toMatchObject([{ code: 'text.max', data: { max: 2 }, path: ['inner', 'name'] }])
  })

  it('has a schema that answers at once', () => {
    const later = json(
      v.pipeAsync(
        v.string(),
        v.checkAsync(async () => false),
      ),
    )
    const elsewhere = { version: 1 as const, vendor: 'own', validate: () => runInNewContext('Promise.reject(1)') }
    expect(() => read(json({ '~standard': elsewhere }), 'a')).toThrow(
      expect.objectContaining({ code: 'SCHEMA_ASYNCHRONOUS' }),
    )
    expect(() => read(later, 'a')).toThrow(
      expect.objectContaining({ code: 'SCHEMA_ASYNCHRONOUS', data: { vendor: 'valibot' } }),
    )
  })

  it('lets a refusal that comes later be nobody’s', async () => {
    const failing = { version: 1 as const, vendor: 'own', validate: async () => Promise.reject(new Error('late')) }
    expect(() => read(json({ '~standard': failing }), 'a')).toThrow(
      expect.objectContaining({ code: 'SCHEMA_ASYNCHRONOUS' }),
    )
    // An unhandled rejection would fail the run.
    await new Promise((resolve) => setImmediate(resolve))
  })
})

describe('array', () => {
  const tags = array(text({ max: 3 }), { min: 1, max: 3 })

  it('validates each item, with its index in the path', () => {
    takes(tags, [['a'], ['a', 'b', 'abc']])
    const { issues } = tags['~standard'].validate(['a', 'abcd', 7])
    expect(issues).toMatchObject([
      { path: [1], code: 'text.max' },
      { path: [2], code: 'text' },
    ])
  })

  it('has from min to max items, all of which are there', () => {
    refuses(tags, 'array.min', [[]])
    refuses(tags, 'array.max', [['a', 'b', 'c', 'd'], new Array(2 ** 32 - 1)])
    refuses(tags, 'required', [[null], [undefined]])
    // biome-ignore lint/suspicious/noSparseArray: a hole is what is looked at
    expect(tags['~standard'].validate(['a', , 'b']).issues).toMatchObject([{ path: [1], code: 'required' }])
    refuses(tags, 'array', ['a', { 0: 'a', length: 1 }, new Set(['a']), 1])
    takes(array(integer()), [[], Array.from({ length: 1000 }, (_, at) => at)])
    refuses(array(integer()), 'array.max', [Array.from({ length: 1001 }, (_, at) => at)])
  })

  it('holds items of every kind that is one value', () => {
    takes(array(timestamp()), [[new Date(0)]])
    takes(array(oneOf('a', 'b')), [['b', 'a', 'b']])
    expect(read(array(decimal({ scale: 1 })), ['1', '2.5'])).toEqual(['1.0', '2.5'])
  })
})

describe('file', () => {
  const image = { key: 'a1', name: 'me.png', type: 'image/png', size: 10 }

  it('names a stored file, and nothing else that is said beside it', () => {
    takes(file(), [image, { ...image, size: 0 }])
    expect(read(file(), { ...image, path: '/etc/passwd' })).toEqual(image)
    const wrong = [
      { ...image, size: -1 },
      { ...image, size: 1.5 },
      { ...image, size: '10' },
      { ...image, key: '' },
    ]
    refuses(file(), 'file', [...wrong, { ...image, name: 'a\0b' }, { ...image, type: undefined }, {}, 'a1', [image]])
  })

  it('is of the kinds and the size that it takes', () => {
    const avatar = file({ accept: ['image/*', 'text/plain'], maxSize: 100 })
    takes(avatar, [image, { ...image, type: 'IMAGE/JPEG' }, { ...image, type: 'text/plain; charset=utf-8' }])
    refuses(avatar, 'file.type', [
      { ...image, type: 'imagex/png' },
      { ...image, type: 'text/html' },
    ])
    refuses(avatar, 'file.size', [{ ...image, size: 101 }])
    refuses(file(), 'file.size', [{ ...image, size: 10_485_761 }])
  })
})

describe('optional', () => {
  it('may be left out or null', () => {
    takes(text().optional(), ['a', null, undefined])
    expect(read(text({ min: 1 }).optional(), '')).toEqual(['required'])
  })
})

describe('nullable', () => {
  it('may be null, and has to be given', () => {
    takes(integer().nullable(), [1, null])
    expect(read(integer().nullable())).toEqual(['required'])
  })
})

describe('default', () => {
  it('fills in what is left out', () => {
    const page = integer({ min: 1 }).default(1)
    expect([read(page), read(page, 2), read(page, null), read(page, 0)]).toEqual([1, 2, ['required'], ['number.min']])
    expect(read(decimal({ scale: 2 }).default('1.5'))).toBe('1.50')
    expect(read(text().default('now'))).toBe('now')
  })

  it('now is the time of validating', () => {
    vi.useFakeTimers({ now: new Date('2030-01-31T23:59:59.999Z') })
    const [created, day] = [timestamp().default('now'), date().default('now')]
    expect([read(created), read(day)]).toEqual([new Date(), '2030-01-31'])
    vi.advanceTimersByTime(1)
    expect([read(created), read(day)]).toEqual([new Date('2030-02-01'), '2030-02-01'])
  })

  it('is a value of its own each time', () => {
    const given = ['a']
    const field = array(text()).default(given)
    given.push('b')
    const first = read(field) as string[]
    first.push('c')
    expect(read(field)).toEqual(['a'])
    const day = timestamp().default(new Date(0))
    ;(read(day) as Date).setFullYear(2000)
    expect(read(day)).toEqual(new Date(0))
  })

  it('and optional: the later one counts', () => {
    expect(read(text().default('a').optional())).toBeUndefined()
    expect(read(text().optional().default('a'))).toBe('a')
    expect(read(text().optional().default('a'), null)).toBeNull()
  })
})

describe('unique', () => {
  it('is said for the database, and changes nothing of what is read', () => {
    const field = email().unique()
    expect(field.description).toMatchObject({ kind: 'email', unique: true })
    takes(field, ['ada@example.org'])
    expect(email().description).not.toHaveProperty('unique')
  })
})

describe('words', () => {
  it('label, help and placeholder are kept', () => {
    const words = { label: 'Name', help: 'As on the card', placeholder: 'Ada' }
    const fields = [
      text(words),
      email(words),
      url(words),
      integer(words),
      number(words),
      boolean(words),
      date(words),
      timestamp(words),
      decimal({ scale: 2, ...words }),
      oneOf('a', words),
      json(v.string(), words),
      array(text(), words),
      file(words),
      reference('users', words),
    ]
    for (const { description } of fields) expect(description, description.kind).toMatchObject(words)
    expect(text(words).optional().description).toMatchObject(words)
  })
})

describe('mistakes', () => {
  const invalid = (kind: string, option: string, value: unknown) => ({
    code: 'CONTRACT_OPTION_INVALID',
    data: expect.objectContaining({ kind, option, value }),
    fix: expect.stringContaining(option),
  })
  const unsafe = (value: unknown): never => value as never

  it.each([
    ['a length below nothing', () => text({ min: -1 }), invalid('text', 'min', -1)],
    ['a length of no number', () => text({ max: Number.NaN }), invalid('text', 'max', Number.NaN)],
    ['lengths that cross', () => text({ min: 3, max: 2 }), invalid('text', 'max', 2)],
    ['a length above the usual most', () => text({ min: 20_000 }), invalid('text', 'max', 10_000)],
    ['numbers that cross', () => number({ min: 1, max: 0 }), invalid('number', 'max', 0)],
    ['no number', () => number({ min: Number.NaN }), invalid('number', 'min', Number.NaN)],
    ['a fraction of integers', () => integer({ min: 0.5 }), invalid('integer', 'min', 0.5)],
    ['digits by halves', () => decimal({ scale: 1.5 }), invalid('decimal', 'scale', 1.5)],
    ['too many digits', () => decimal({ scale: 13 }), invalid('decimal', 'scale', 13)],
    [
      'a limit that is finer than the field',
      () => decimal({ scale: 1, min: '0.01' }),
      invalid('decimal', 'min', '0.01'),
    ],
    ['limits that cross', () => decimal({ scale: 0, min: '10', max: '9' }), invalid('decimal', 'max', '9')],
    ['no choice', () => oneOf(...unsafe([])), invalid('oneOf', 'values', [])],
    ['a choice twice', () => oneOf('a', 'a'), invalid('oneOf', 'values', ['a', 'a'])],
    [
      'words in the middle',
      () => oneOf('a', { label: 'A' }, 'b'),
      invalid('oneOf', 'values', ['a', { label: 'A' }, 'b']),
    ],
    ['no schema', () => json(unsafe({ street: text() })), invalid('json', 'schema', expect.anything())],
    ['nothing as a schema', () => json(unsafe(undefined)), invalid('json', 'schema', undefined)],
    ['items that cross', () => array(text(), { min: 2, max: 1 }), invalid('array', 'max', 1)],
    ['a size of no number', () => file({ maxSize: Infinity }), invalid('file', 'maxSize', Infinity)],
    ['no media type', () => file({ accept: ['png'] }), invalid('file', 'accept', ['png'])],
    ['no entity', () => reference('Users'), invalid('reference', 'entity', 'Users')],
  ])('%s is refused', (_, make, error) => {
    expect(make).toThrow(expect.objectContaining(error))
  })

  it.each([
    ['another type', () => integer().default(unsafe('1')), { kind: 'integer', value: '1', problem: 'Write a number.' }],
    ['another word', () => oneOf('a').default(unsafe('b')), { kind: 'oneOf', value: 'b' }],
    ['a text that is too long', () => text({ max: 1 }).default('ab'), { kind: 'text', value: 'ab' }],
    ['an object without a prototype', () => text().default(unsafe(Object.create(null))), { kind: 'text' }],
    ['null', () => text().nullable().default(unsafe(null)), { kind: 'text', value: null }],
  ])('a default that its field refuses is refused: %s', (_, make, data) => {
    expect(make).toThrow(
      expect.objectContaining({ code: 'CONTRACT_DEFAULT_INVALID', data: expect.objectContaining(data) }),
    )
  })

  it.each([
    ['json', () => array(json(v.string()))],
    ['array', () => array(array(text()))],
    ['file', () => array(file())],
    ['id', () => array(unsafe(id()))],
    ['text', () => array(unsafe(text().optional()))],
    ['text', () => array(unsafe(text().nullable()))],
    ['text', () => array(unsafe(text().default('a')))],
    ['text', () => array(text().unique())],
  ])('an array of what is no single value is refused: %s', (kind, make) => {
    expect(make).toThrow(expect.objectContaining({ code: 'CONTRACT_ARRAY_ITEM', data: { kind } }))
  })

  it('are told in a sentence with the value, and one that mends it', () => {
    expect(() => text({ min: 3, max: 2 })).toThrow(
      expect.objectContaining({
        message: 'text() was given 2 as its max, which has to be no less than its min.',
        fix: 'Let its max be no less than its min.',
      }),
    )
    expect(() => oneOf('a').default(unsafe('b'))).toThrow(
      'The default "b" is no value of this oneOf field: Choose one of these.',
    )
  })
})
