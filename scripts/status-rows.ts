// What status/rows.json holds, and how the state of a row follows from evidence. No state is ever written by hand.
import { matchTests, type Outcome, type Results } from './results.ts'

/** What a row may rest on. Everything that is named must hold for "works". */
export interface Proof {
  /** Tests, as `matchTests` reads them: a file, a glob, `file > describe`, or `file > describe > it`. */
  tests?: readonly string[]
  /** The command that measures, e.g. `npm run bench -- server`; goes with `figures`. */
  bench?: string
  /** Rows of committed benchmark results, as `NAME/ID` (`bench/results/NAME.json`, row ID). Each must meet its mark. */
  figures?: readonly string[]
}

/** One thing that Layer9 claims to do, or is going to do. */
export interface Row {
  /** Stable; README and docs name it in their marks. */
  id: string
  /** Groups rows in STATUS.md. */
  area: string
  /** One sentence. */
  claim: string
  /** When it is due: now, with the complete frame, with contracts and data, or with a step after those. */
  step: 'first app' | 'complete frame' | 'contracts and data' | 'later'
  /** Listed first in STATUS.md, under this name: a capability a framework is expected to have. */
  capability?: string
  proof?: Proof
  /** What is missing although the evidence passes: the row is "partly". */
  partly?: string
}

/** One figure of a benchmark, as `bench/results/*.json` keeps it. */
export interface Figure {
  id: string
  value: number
  floor?: number
  ratio?: number
  /** 95% interval of the ratio, or of the value where there is none. */
  interval?: readonly [number, number]
  mark?: number | string
  met?: boolean
  unit?: string
}

/** Committed benchmark results: `NAME/ID` → figure. */
export type Figures = Readonly<Record<string, Figure>>

/** The three states, in falling order. */
export type State = 'works' | 'partly' | 'not yet'

/** A row with its state, and the reason where it is not "works". */
export interface JudgedRow extends Row {
  state: State
  reason: string
  /** How many tests stand behind it. */
  passed: number
}

interface Evidence {
  state: State
  reason: string
  passed: number
}

/**
 * Judges a row: "works" when every named test passed and every figure meets its mark, "not yet" without any passing
 * evidence, "partly" between the two.
 */
export function judgeRow(row: Row, results: Results, figures: Figures): JudgedRow {
  const { tests = [], figures: names = [] } = row.proof ?? {}
  const evidence = [
    ...tests.map((test) => judgeTest(test, results)),
    ...names.map((name) => judgeFigure(name, figures)),
  ]
  const passed = evidence.reduce((sum, each) => sum + each.passed, 0)
  return { ...row, passed, ...weigh(row, evidence) }
}

function weigh(row: Row, evidence: readonly Evidence[]): { state: State; reason: string } {
  const weak = evidence.filter((each) => each.state !== 'works')
  const reason = weak.map((each) => each.reason).join('; ')
  if (evidence.every((each) => each.state === 'not yet')) return { state: 'not yet', reason }
  if (weak.length === 0 && !row.partly) return { state: 'works', reason: '' }
  return { state: 'partly', reason: [row.partly, reason].filter(Boolean).join('; ') }
}

function judgeTest(pattern: string, results: Results): Evidence {
  const outcomes = matchTests(results, pattern)
  const count = (outcome: Outcome) => outcomes.filter((each) => each === outcome).length
  const passed = count('pass')
  if (count('fail') > 0) return { state: 'not yet', reason: `failing: ${pattern}`, passed: 0 }
  if (passed === 0) return { state: 'not yet', reason: `no test passed: ${pattern}`, passed: 0 }
  return { state: 'works', reason: '', passed }
}

function judgeFigure(name: string, figures: Figures): Evidence {
  const figure = figures[name]
  if (!figure) return { state: 'not yet', reason: `not measured: ${name}`, passed: 0 }
  if (figure.met === false) return { state: 'partly', reason: `${drawFigure(figure)}`, passed: 0 }
  return { state: 'works', reason: '', passed: 0 }
}

/** A figure in a few words: value with unit, ratio to its floor, mark. */
export function drawFigure(figure: Figure): string {
  const value = `${figure.id}: ${round(figure.value)}${figure.unit ? ` ${figure.unit}` : ''}`
  const ratio = figure.ratio === undefined ? '' : `, ${round(figure.ratio)}x the floor`
  const mark = figure.mark === undefined ? '' : `, mark ${figure.mark}${figure.met === false ? ' missed' : ''}`
  return value + ratio + mark
}

const round = (value: number): string => String(Number(value.toPrecision(3)))

/**
 * What is wrong with the rows themselves: an id twice or not in kebab-case, a claim that is no sentence, a figure
 * without the command that measures it.
 */
export function findRowFaults(rows: readonly Row[]): string[] {
  const seen = new Set<string>()
  return rows.flatMap((row) => {
    const twice = seen.has(row.id)
    seen.add(row.id)
    return [
      twice && `status/rows.json: the id "${row.id}" is there twice. Give one of them another.`,
      !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(row.id) && `status/rows.json: "${row.id}" is not kebab-case.`,
      !/^[A-Z`].*\.$/.test(row.claim) && `status/rows.json: the claim of "${row.id}" is not a sentence.`,
      row.proof?.figures && !row.proof.bench && `status/rows.json: "${row.id}" has figures, but no bench command.`,
    ].filter((fault) => typeof fault === 'string')
  })
}
