import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  array,
  boolean,
  date,
  decimal,
  type Fields,
  integer,
  json,
  Layer9Error,
  number,
  oneOf,
  schema,
  text,
  timestamp,
  url,
} from '../1-contracts/index.ts'
import { env } from './env.ts'

/** Settings as they would be in a process with these variables. */
const within = <Given extends Fields>(variables: Record<string, string>, fields: Given) => {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
  return env(fields)
}
afterEach(() => vi.unstubAllEnvs())

/** What is wrong with them. */
const problemsOf = (read: () => unknown): Layer9Error => {
  try {
    read()
  } catch (error) {
    if (error instanceof Layer9Error) return error
    throw error
  }
  throw new Error('Nothing was wrong.')
}

describe('env', () => {
  it('reads text by its fields', () => {
    const variables = {
      T_SITE: 'https://example.org',
      T_PORT: '3000',
      T_RATE: '.5',
      T_PRICE: '12.5',
      T_SHOW: '1',
      T_HIDE: 'off',
      T_DAY: '2030-01-31',
      T_FROM: '2030-01-31T12:00:00+01:00',
      T_MODE: 'fast',
      T_NAME: '3000',
      T_HOSTS: 'a.example, b.example,',
      T_PORTS: '1,2',
      T_SIZE: '7',
    }
    const fields = {
      T_SITE: url(),
      T_PORT: integer(),
      T_RATE: number(),
      T_PRICE: decimal({ scale: 2 }),
      T_SHOW: boolean(),
      T_HIDE: boolean(),
      T_DAY: date(),
      T_FROM: timestamp(),
      T_MODE: oneOf('fast', 'slow'),
      T_NAME: text(),
      T_HOSTS: array(text()),
      T_PORTS: array(integer()),
      T_SIZE: json(integer({ max: 9 })),
    }
    expect(within(variables, fields)).toEqual({
      T_SITE: 'https://example.org',
      T_PORT: 3000,
      T_RATE: 0.5,
      T_PRICE: '12.50',
      T_SHOW: true,
      T_HIDE: false,
      T_DAY: '2030-01-31',
      T_FROM: new Date('2030-01-31T11:00:00Z'),
      T_MODE: 'fast',
      T_NAME: '3000',
      T_HOSTS: ['a.example', 'b.example'],
      T_PORTS: [1, 2],
      T_SIZE: 7,
    })
  })

  it('takes defaults, and leaves optional ones out, where a variable is missing or empty', () => {
    const fields = {
      T_SIZE: integer().default(20),
      T_KEY: text().optional(),
      T_ON: boolean().default(true),
      T_MAYBE: boolean().optional(),
      T_HOSTS: array(text()).default(['localhost']),
    }
    const nothing = { T_SIZE: 20, T_KEY: undefined, T_ON: true, T_MAYBE: undefined, T_HOSTS: ['localhost'] }
    expect(within({}, fields)).toStrictEqual(nothing)
    expect(within({ T_SIZE: '', T_KEY: '', T_ON: '', T_MAYBE: '', T_HOSTS: '' }, fields)).toStrictEqual(nothing)
  })

  it('gives what nobody can change, and names that are there alone', () => {
    const settings = within({ T_SIZE: '1' }, { T_SIZE: integer() })
    expect(Object.isFrozen(settings)).toBe(true)
    vi.stubEnv('T_SIZE', '2')
    expect(settings.T_SIZE).toBe(1)
    expect(Object.keys(settings)).toEqual(['T_SIZE'])
  })

  it('lists everything that is missing or wrong in one message', () => {
    const given = {
      T_PORT: '70000',
      T_SECRET: 'swordfish',
      T_MODE: 'swordfish',
      T_ON: 'perhaps',
      T_OK: '1',
      T_EMPTY: '',
    }
    const error = problemsOf(() =>
      within(given, {
        T_PORT: integer({ min: 1, max: 65535 }),
        T_SECRET: text({ min: 32, label: 'Secret', help: 'openssl rand -hex 32 makes one' }),
        T_MODE: oneOf('fast', 'slow').default('fast'),
        T_ON: boolean(),
        T_OK: integer(),
        T_EMPTY: url(),
        T_GONE: boolean(),
        T_CODE: text({ pattern: /[a-z]+/ }),
      }),
    )
    expect(error.code).toBe('ENV_INVALID')
    expect(error.message).toBe(
      [
        '7 environment variables are missing or wrong:',
        '    T_PORT is wrong: it takes a whole number of 1 to 65535',
        '    T_SECRET is wrong: it takes a text of 32 characters or more (Secret: openssl rand -hex 32 makes one)',
        '    T_MODE is wrong: it takes one of fast, slow',
        '    T_ON is wrong: it takes true or false',
        '    T_EMPTY is missing: it takes a web address, like https://example.org',
        '    T_GONE is missing: it takes true or false',
        '    T_CODE is missing: it takes a text that matches /[a-z]+/',
      ].join('\n'),
    )
    expect(error.fix).toContain('T_PORT, T_SECRET, T_MODE, T_ON, T_EMPTY, T_GONE, T_CODE')
    const everything = [error.message, error.fix, error.stack, JSON.stringify(error), JSON.stringify(error.data)].join()
    expect(everything).not.toContain('swordfish')
    expect(everything).not.toContain('70000')
  })

  it('says nothing of a value that another library would repeat', () => {
    const loud = {
      '~standard': {
        version: 1 as const,
        vendor: 'loud',
        validate: (value: unknown) => ({ issues: [{ message: `${value} is no key` }] }),
      },
    }
    const error = problemsOf(() => within({ T_KEY: 'swordfish' }, { T_KEY: json(loud) }))
    expect(error.message).toContain('T_KEY is wrong: it takes a value that its schema takes')
    expect(`${error.stack}${JSON.stringify(error.data)}`).not.toContain('swordfish')
  })

  it('says what each kind of field takes', () => {
    const fields = {
      T_A: number({ min: 0 }),
      T_B: number({ max: 1 }),
      T_C: decimal({ scale: 2, min: '0' }),
      T_D: date(),
      T_E: timestamp(),
      T_F: oneOf('one'),
      T_G: array(integer({ min: 1 })),
      T_H: json(schema({ a: text() })),
      T_I: text({ max: 5 }),
    }
    // Data of this very error.
    const { problems } = problemsOf(() => within({}, fields)).data as { problems: { expected: string }[] }
    expect(problems.map(({ expected }) => expected)).toEqual([
      'a number of 0 or more',
      'a number of 1 or less',
      'a number of 0 or more, with at most 2 digits behind the point',
      'a day, like 2030-01-31',
      'a moment, like 2030-01-31T12:00:00Z',
      '"one"',
      'a list, with commas between, of which each is a whole number of 1 or more',
      'a value that its schema takes',
      'a text of 5 characters or less',
    ])
  })

  it('refuses names that no variable has', () => {
    expect(() => env({ 'T-A': text().optional() })).toThrow(expect.objectContaining({ code: 'CONTRACT_FIELD_NAME' }))
    // On Windows they are one variable.
    const twice = { T_A: text().optional(), t_a: text().optional() }
    expect(() => env(twice)).toThrow(expect.objectContaining({ code: 'CONTRACT_FIELD_TWICE' }))
  })
})
