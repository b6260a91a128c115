// Puts the measures of all files together and holds them against the limits.
import type { MeasuredFile } from './style-measure.ts'

/** A figure over all source, and whether it keeps within its limit. */
export interface Figure {
  readonly name: string
  readonly value: string
  readonly limit: string
  readonly ok: boolean
}

/** One place that breaks a limit. */
export interface Offence {
  readonly place: string
  readonly what: string
}

/** Median, the value that 90% keep within, and the largest. */
interface Spread {
  readonly median: number
  readonly p90: number
  readonly max: number
}

/** The limits, in scripts/style.limits.json. Exceptions name a file, or `file#function`, with the reason. */
export interface Limits {
  readonly fileLines: Spread
  readonly functionLines: Spread
  readonly parameters: { readonly max: number }
  readonly anyPerThousandLines: number
  readonly castsPerThousandLines: number
  readonly commentShare: { readonly least: number; readonly most: number }
  readonly testLinesPerLine: number
  readonly longerFiles: Readonly<Record<string, string>>
  readonly longerFunctions: Readonly<Record<string, string>>
  readonly moreParameters: Readonly<Record<string, string>>
}

/** Measured files by their path. */
export type Measured = ReadonlyMap<string, MeasuredFile>

/** The figures over all files. `testLines`: lines of the tests that belong to them. */
export function figures(measured: Measured, testLines: number, limits: Limits): Figure[] {
  const files = [...measured.values()]
  const lines = sum(files.map((file) => file.lines))
  const fileLines = spread(files.map((file) => file.lines))
  const functionLines = spread(files.flatMap((file) => file.functions.map((found) => found.lines)))
  const perThousand = (count: number) => (count / Math.max(1, lines)) * 1000
  const anys = perThousand(sum(files.map((file) => file.anys)))
  const casts = perThousand(sum(files.map((file) => file.casts)))
  const comments = sum(files.map((file) => file.commentLines)) / Math.max(1, lines)
  const tests = testLines / Math.max(1, lines)
  const { least, most } = limits.commentShare
  const share = (value: number) => `${(value * 100).toFixed(1)}%`
  return [
    { name: 'files / lines', value: `${files.length} / ${lines}`, limit: '', ok: true },
    atMost('file, median lines', fileLines.median, limits.fileLines.median),
    atMost('file, 90% within', fileLines.p90, limits.fileLines.p90),
    atMost('function, median lines', functionLines.median, limits.functionLines.median),
    atMost('function, 90% within', functionLines.p90, limits.functionLines.p90),
    atMost('any per 1,000 lines', anys, limits.anyPerThousandLines),
    atMost('casts per 1,000 lines', casts, limits.castsPerThousandLines),
    {
      name: 'comment lines',
      value: share(comments),
      limit: `${share(least)} to ${share(most)}`,
      ok: comments >= least && comments <= most,
    },
    {
      name: 'test lines per line',
      value: tests.toFixed(2),
      limit: `≥ ${limits.testLinesPerLine}`,
      ok: tests >= limits.testLinesPerLine,
    },
  ]
}

/** Every single place that breaks a limit and is no listed exception, and every exception that is none any more. */
export function offences(measured: Measured, limits: Limits): Offence[] {
  const found: Offence[] = []
  const used = new Set<string>()
  const exceeds = (key: string, allowed: Readonly<Record<string, string>>): boolean => {
    used.add(key)
    return !(key in allowed)
  }
  for (const [path, file] of measured) {
    if (file.lines > limits.fileLines.max && exceeds(path, limits.longerFiles))
      found.push({ place: path, what: `${file.lines} lines` })
    for (const line of file.putOff) found.push({ place: `${path}:${line}`, what: 'puts something off' })
    for (const { name, line, lines, parameters } of file.functions) {
      const key = `${path}#${name}`
      const place = `${path}:${line}`
      if (lines > limits.functionLines.max && exceeds(key, limits.longerFunctions))
        found.push({ place, what: `${name} has ${lines} lines` })
      if (parameters > limits.parameters.max && exceeds(key, limits.moreParameters))
        found.push({ place, what: `${name} has ${parameters} parameters` })
    }
    const forbidden = /(?:^|\/)(utils?|helpers?|common|misc)(?:\/|\.[^/]*$)|_v\d+\./.exec(path)
    if (forbidden) found.push({ place: path, what: 'is named after no subject' })
  }
  const listed = [limits.longerFiles, limits.longerFunctions, limits.moreParameters].flatMap((list) =>
    Object.keys(list),
  )
  const stale = listed
    .filter((key) => !used.has(key))
    .map((key) => ({ place: key, what: 'is listed as an exception and needs none' }))
  return [...found, ...stale]
}

function atMost(name: string, value: number, limit: number): Figure {
  return {
    name,
    value: Number.isInteger(value) ? String(value) : value.toFixed(1),
    limit: `≤ ${limit}`,
    ok: value <= limit,
  }
}

/** For an even number of values the median is the lower of the two in the middle: a length that occurs. */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((left, right) => left - right)
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
  return { median: at(0.5), p90: at(0.9), max: sorted.at(-1) ?? 0 }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
