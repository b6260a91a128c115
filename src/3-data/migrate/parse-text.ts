// Texts that look like a value become one, and others `null`. Both databases take the same texts: SQLite by functions,
// Postgres by patterns, since a cast that fails would end the statement.
import { quoteText } from '../columns.ts'
import type { Conversion } from './conversion.ts'

interface Reading {
  /** What a text is not when it is lost. */
  readonly what: string
  /** The condition under which SQLite takes it, and the value that it takes. */
  readonly sqlite: (text: string) => readonly [condition: string, value: string]
  /** The condition for Postgres, and the type. */
  readonly postgres: (text: string) => string
  readonly type: string
}

function parser({ what, sqlite, postgres, type }: Reading): Conversion {
  return {
    loses: `values that are no ${what}`,
    sqlite: (text) => {
      const [condition, value] = sqlite(text)
      return `case when ${condition} then ${value} end`
    },
    postgres: (text) => `case when ${postgres(text)} then ${text}::${type} end`,
  }
}

const matches =
  (pattern: string) =>
  (text: string): string =>
    `${text} ~ ${quoteText(pattern)}`

/** The text without its sign, and whether it has at most one. */
const unsigned = (text: string): string => `ltrim(${text}, '-')`
const oneSign = (text: string): string => `length(${text}) - length(${unsigned(text)}) <= 1`

const hex = (digits: number): string => '[0-9a-f]'.repeat(digits)
const uuid = [8, 4, 4, 4, 12].map(hex).join('-')

const dayPattern = '[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])'
const timePattern = 'T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\\.[0-9]{3}Z'

/** Postgres refuses days that a month does not have, so they are counted first. The inner case: `and` has no order. */
const isDay =
  (pattern: string) =>
  (text: string): string => {
    const month = `(substr(${text}, 1, 7) || '-01')::date`
    const days = `extract(day from ${month} + interval '1 month' - interval '1 day')`
    const isForm = `${text} ~ ${quoteText(pattern)} and ${text} >= '0001'`
    return `case when ${isForm} then substr(${text}, 9, 2)::integer <= ${days} else false end`
  }

/** Readings that need no more than the text. */
export const parsers: Readonly<Record<string, Conversion>> = {
  'text>id': parser({
    what: 'ids',
    sqlite: (text) => [`${text} glob '${uuid}'`, text],
    postgres: matches('^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
    type: 'uuid',
  }),
  'text>integer': parser({
    what: 'whole numbers',
    sqlite: (text) => [isNumber(text, 18, 0), `cast(${text} as integer)`],
    postgres: matches('^-?[0-9]{1,18}$'),
    type: 'bigint',
  }),
  'text>number': parser({
    what: 'numbers',
    sqlite: (text) => [isNumber(text, 15, 15), `cast(${text} as real)`],
    postgres: matches('^-?[0-9]{1,15}(\\.[0-9]{1,15})?$'),
    type: 'double precision',
  }),
  'text>boolean': parser({
    what: 'true or false',
    sqlite: (text) => [`${text} in ('true', 'false')`, `${text} = 'true'`],
    postgres: matches('^(true|false)$'),
    type: 'boolean',
  }),
  'text>date': parser({
    what: 'days',
    sqlite: (text) => [`date(${text}) is ${text} and ${text} >= '0001'`, text],
    postgres: isDay(`^${dayPattern}$`),
    type: 'date',
  }),
  'text>timestamp': parser({
    what: 'moments',
    sqlite: (text) => [
      `strftime('%Y-%m-%dT%H:%M:%fZ', ${text}) is ${text} and ${text} >= '0001'`,
      `cast(round(unixepoch(${text}, 'subsec') * 1000) as integer)`,
    ],
    postgres: isDay(`^${dayPattern}${timePattern}$`),
    type: 'timestamptz',
  }),
}

/** Digits with a sign and a point, or without: so many before the point at most, and so many behind it. */
function isNumber(text: string, before: number, behind: number): string {
  const digits = unsigned(text)
  if (behind === 0)
    return `${oneSign(text)} and ${digits} not glob '*[^0-9]*' and length(${digits}) between 1 and ${before}`
  const [whole, fraction] = halves(digits)
  return [
    oneSign(text),
    `${whole} not glob '*[^0-9]*' and length(${whole}) between 1 and ${before}`,
    `(instr(${digits}, '.') = 0 or ${fraction} not glob '*[^0-9]*' and length(${fraction}) between 1 and ${behind})`,
  ].join(' and ')
}

/** What is before the point and what is behind it. */
function halves(text: string): readonly [string, string] {
  const padded = `${text} || '.'`
  return [`substr(${text}, 1, instr(${padded}, '.') - 1)`, `substr(${text}, instr(${padded}, '.') + 1)`]
}

/** Decimals, of which SQLite stores units: the digits without the point are read as a whole number, so none is lost. */
export function parseDecimal(scale: number): Conversion {
  const fraction = scale === 0 ? '' : `(\\.[0-9]{1,${scale}})?`
  return parser({
    what: `numbers with at most ${scale} digits behind the point`,
    sqlite: (text) => {
      const [whole, behind] = halves(text)
      const units = `${whole} || substr(${behind} || '${'0'.repeat(scale)}', 1, ${scale})`
      return [isNumber(text, 18 - scale, scale), `cast(${units} as integer)`]
    },
    postgres: matches(`^-?[0-9]{1,${18 - scale}}${fraction}$`),
    type: `numeric(19, ${scale})`,
  })
}
