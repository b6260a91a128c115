// Turns what a rule found into a violation: place, line of source, words.
import { placeOf } from '../../1-contracts/server.ts'
import { errors } from './errors.ts'
import type { Layer } from './layers.ts'
import type { Project } from './project.ts'
import type { Reference } from './reference.ts'
import type { Facts, Violation, ViolationCode } from './violation.ts'

/** What a rule knows of a breach, beside where it is. Paths may be absolute. */
export interface Breach {
  readonly code: ViolationCode
  readonly to?: Layer | undefined
  readonly target?: string
  readonly chain?: readonly string[]
  readonly reason?: string
  /** The reference takes the file itself, as text or as an address. */
  readonly asFile?: boolean
}

/** A breach, and the project whose paths it is told in. */
interface BreachIn extends Breach {
  readonly project: Project
}

/** A breach by one reference of a file. */
export function violationAt(path: string, reference: Reference, { project, ...breach }: BreachIn): Violation {
  const text = project.text(path)
  const { line, column, lineText } = positionOf(text, reference.start)
  const { code, target, chain } = breach
  const from = project.layerOf(path)
  return worded(code, {
    file: project.relative(path),
    line,
    column,
    length: reference.end - reference.start,
    ...(from && { from }),
    ...(breach.to && { to: breach.to }),
    form: reference.form,
    specifier: reference.specifier ?? '…',
    ...(target !== undefined && { target: project.relative(target) }),
    names: reference.names,
    typeOnly: reference.typeOnly,
    ...(reference.inlineType && { inlineType: true }),
    ...(breach.asFile && { asFile: true }),
    ...(chain && { chain: chain.map((step) => project.relative(step)) }),
    ...(breach.reason !== undefined && { reason: breach.reason }),
    text: lineText,
  })
}

/** A breach by a whole file or folder. */
export function violationOf(project: Project, path: string, code: ViolationCode): Violation {
  const place = { file: project.relative(path), line: 1, column: 1, length: 0 }
  return worded(code, { ...place, specifier: '', names: [], typeOnly: false, text: '' })
}

function worded(code: ViolationCode, facts: Facts): Violation {
  const error = errors[code](facts)
  return { code, ...facts, message: error.message, fix: error.fix }
}

/** Line and column, counted from 1, of an offset; and that line without its break. */
export function positionOf(text: string, offset: number): { line: number; column: number; lineText: string } {
  const { line, column } = placeOf({ file: '', code: text }, { start: offset, end: offset })
  const start = offset - column + 1
  const end = text.indexOf('\n', offset)
  return { line, column, lineText: text.slice(start, end < 0 ? undefined : end).replace(/\r$/, '') }
}
