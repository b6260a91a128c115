// A violation as programs are given it: its way out as words, and as what can be applied.
import type { Checker } from './checker.ts'
import type { Repair } from './edit.ts'
import type { Violation } from './violation.ts'

/** A violation in `layer9 check --json` and `layer9 why --json`. */
export interface ReportedViolation extends Omit<Violation, 'fix'> {
  /** What a program can apply so that this rule is no longer broken; null where it takes a person. */
  readonly fix: Repair | null
  /** The rule and the way out, in words. */
  readonly wayOut: string
}

/** Adds what can be applied. */
export function withRepair({ fix: wayOut, ...violation }: Violation, checker: Checker): ReportedViolation {
  return { ...violation, wayOut, fix: checker.repairOf({ ...violation, fix: wayOut }) }
}

/** What a repair does, in one sentence: the shortest legal way out. */
export function describeRepair({ edits, move }: Repair): string {
  const files = new Set(edits.map(({ file }) => file))
  if (!move) return `Import types alone: \`import type\` in ${[...files].join(', ')}.`
  const others = files.size - (files.has(move.from) ? 1 : 0)
  const rest = others === 0 ? '' : `, and change what imports it (${others === 1 ? '1 file' : `${others} files`})`
  return `Move ${move.from} to ${move.to}${rest}.`
}
