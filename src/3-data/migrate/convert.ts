// From one kind to another: what becomes of the values of a column whose type changes, the same on both databases.
import { isDeepStrictEqual } from 'node:util'
import type { DecimalDescription, FieldDescription, OneOfDescription } from '../../1-contracts/index.ts'
import { quoteText } from '../columns.ts'
import type { Conversion, Convert } from './conversion.ts'
import { parseDecimal, parsers } from './parse-text.ts'
import { type StoredField, valueKind } from './shape.ts'

const asIs: Convert = (value) => value

/** A value that SQLite stores alike. */
const named = (type: string): Conversion => ({ sqlite: asIs, postgres: (value) => `${value}::${type}` })

/** Kinds that become another one without more being known of them. */
const simple: Readonly<Record<string, Conversion>> = {
  ...parsers,
  'integer>number': { sqlite: (value) => `cast(${value} as real)`, postgres: (value) => `${value}::double precision` },
  'integer>text': { sqlite: (value) => `cast(${value} as text)`, postgres: (value) => `${value}::text` },
  'integer>boolean': {
    loses: 'which number it was, beyond 0 and 1',
    sqlite: (value) => `${value} <> 0`,
    postgres: (value) => `${value} <> 0`,
  },
  'number>integer': {
    loses: 'what is behind the point',
    sqlite: (value) => `cast(round(${value}) as integer)`,
    // By hand: as `numeric` a number has fifteen digits, and `round` takes a half to the even side.
    postgres: (value) =>
      `(trunc(${value}) + case when abs(${value} - trunc(${value})) >= 0.5 then sign(${value}) else 0 end)::bigint`,
  },
  'number>text': {
    loses: 'digits beyond the fifteenth',
    // SQLite writes the 1 of a number as 1.0.
    sqlite: (value) =>
      `iif(${value} = cast(${value} as integer), cast(cast(${value} as integer) as text), cast(${value} as text))`,
    postgres: (value) => `${value}::text`,
  },
  'boolean>integer': { sqlite: asIs, postgres: (value) => `${value}::integer::bigint` },
  'boolean>text': {
    // Not by `iif`, to which null is false.
    sqlite: (value) => `case ${value} when 1 then 'true' when 0 then 'false' end`,
    postgres: (value) => `${value}::text`,
  },
  'date>text': named('text'),
  'date>timestamp': {
    sqlite: (value) => `unixepoch(${value}) * 1000`,
    postgres: (value) => `${value}::timestamp at time zone 'utc'`,
  },
  'timestamp>date': {
    loses: 'the time of the day',
    sqlite: (value) => `date(${value} / 1000.0, 'unixepoch')`,
    postgres: (value) => `(${value} at time zone 'utc')::date`,
  },
  'timestamp>text': {
    sqlite: (value) => `strftime('%Y-%m-%dT%H:%M:%fZ', ${value} / 1000.0, 'unixepoch')`,
    postgres: (value) => `to_char(${value} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  },
  'id>text': named('text'),
  'oneOf>text': named('text'),
}

const scaleOf = (field: FieldDescription): number => (field as DecimalDescription).scale
const power = (digits: number): string => `1${'0'.repeat(digits)}`

/** Kinds of which more has to be known. */
const closer: Readonly<Record<string, (from: StoredField, to: StoredField) => Conversion>> = {
  'integer>decimal': (_, to) => rescale(0, scaleOf(to)),
  'decimal>integer': (from) => {
    const { postgres, ...rest } = rescale(scaleOf(from), 0)
    return { ...rest, postgres: (value) => `(${postgres(value)})::bigint` }
  },
  'decimal>decimal': (from, to) => rescale(scaleOf(from), scaleOf(to)),
  'decimal>number': (from) => ({
    loses: 'digits beyond the fifteenth',
    sqlite: (value) => `${value} / ${power(scaleOf(from))}.0`,
    postgres: (value) => `${value}::double precision`,
  }),
  'number>decimal': (_, to) => ({
    loses: `digits beyond ${scaleOf(to)} behind the point`,
    sqlite: (value) => `cast(round(${value} * ${power(scaleOf(to))}) as integer)`,
    postgres: (value) => `round(${value}::numeric, ${scaleOf(to)})`,
  }),
  'decimal>text': (from) => writeDecimal(scaleOf(from)),
  'text>decimal': (_, to) => parseDecimal(scaleOf(to)),
  'text>oneOf': (_, to) => choose([], to as OneOfDescription),
  'oneOf>oneOf': (from, to) => choose((from as OneOfDescription).values, to as OneOfDescription),
}

/** More digits behind the point, or fewer: half of the last one is rounded away from zero. */
function rescale(from: number, to: number): Conversion {
  const postgres: Convert = (value) => `round(${value}::numeric, ${to})`
  if (from <= to) return { sqlite: (value) => `${value} * ${power(to - from)}`, postgres }
  const divisor = power(from - to)
  const half = `iif({} < 0, -${divisor} / 2, ${divisor} / 2)`
  return {
    loses: to === 0 ? 'what is behind the point' : `digits beyond ${to} behind the point`,
    sqlite: (value) => `(${value} + ${half.replace('{}', value)}) / ${divisor}`,
    postgres,
  }
}

/** SQLite has units of the last digit: 1250 is 12.50. */
function writeDecimal(scale: number): Conversion {
  const postgres: Convert = (value) => `${value}::text`
  if (scale === 0) return { sqlite: (value) => `cast(${value} as text)`, postgres }
  return {
    sqlite: (value) => {
      const fraction = `substr('${'0'.repeat(scale)}' || (abs(${value}) % ${power(scale)}), -${scale})`
      return `iif(${value} < 0, '-', '') || (abs(${value}) / ${power(scale)}) || '.' || ${fraction}`
    },
    postgres,
  }
}

function choose(before: readonly string[], { values }: OneOfDescription): Conversion {
  const isWidened = before.length > 0 && before.every((one) => values.includes(one))
  if (isWidened) return { sqlite: asIs, postgres: asIs }
  const convert: Convert = (value) => `case when ${value} in (${values.map(quoteText).join(', ')}) then ${value} end`
  return { loses: `values other than ${values.join(', ')}`, sqlite: convert, postgres: convert }
}

/** The way from one field's values to another's; undefined where there is none, so that the column is made anew. */
export function conversion(from: StoredField, to: StoredField): Conversion | undefined {
  const [before, after] = [valueKind(from), valueKind(to)]
  if (isDeepStrictEqual(before, after)) return { sqlite: asIs, postgres: asIs }
  const way = `${before.kind}>${after.kind}`
  return simple[way] ?? closer[way]?.(before, after)
}
