import { expectTypeOf, test } from 'vitest'
import { array, boolean, date, integer, oneOf, text, timestamp } from '../1-contracts/index.ts'
import { env } from './env.ts'

test('settings are typed by their fields', () => {
  const settings = env({
    SITE: text(),
    SIZE: integer().default(20),
    KEY: text().optional(),
    MODE: oneOf('fast', 'slow'),
    ON: boolean(),
    DAY: date().nullable(),
    FROM: timestamp().default('now'),
    HOSTS: array(text()).optional(),
  })
  expectTypeOf(settings).branded.toEqualTypeOf<{
    readonly SITE: string
    readonly SIZE: number
    readonly KEY: string | undefined
    readonly MODE: 'fast' | 'slow'
    readonly ON: boolean
    readonly DAY: string
    readonly FROM: Date
    readonly HOSTS: string[] | undefined
  }>()
})

test('settings cannot be changed, and have no others', () => {
  const settings = env({ SIZE: integer().default(20) })
  // @ts-expect-error: they are what the process was started with.
  settings.SIZE = 3
  // @ts-expect-error: nobody declared it.
  settings.OTHER
  // @ts-expect-error: variables are declared by fields.
  env({ SIZE: 'integer' })
})
