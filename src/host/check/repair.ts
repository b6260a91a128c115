// What a program may do about a broken rule without asking: only what leaves the app's behaviour as it is, and mends
// the violation for certain. All else is left to words.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Repair } from './edit.ts'
import type { Reference } from './reference.ts'
import { importAsTypes } from './repair-import.ts'
import { moveFile } from './repair-move.ts'
import { positionOf } from './report.ts'
import type { Ground } from './rules.ts'
import type { Violation } from './violation.ts'

/**
 * What mends a violation, or null where only its author can tell: an import of values that is only used for types
 * becomes one of types; what lies too high goes down to where both may use it, or what uses it goes up.
 */
export function findRepair(violation: Violation, ground: Ground): Repair | null {
  const { project } = ground
  // In the framework's own source a file has its place for reasons that its imports do not tell.
  if (project.mode !== 'app') return null
  const path = resolve(project.root, violation.file)
  const { code, chain } = violation
  if (code === 'LAYER_WIRE' || code === 'LAYER_PLATFORM') {
    const reference = referenceOf(violation, path, ground)
    const edits = reference ? importAsTypes(path, reference) : undefined
    return edits ? { edits: edits.map((edit) => ({ file: violation.file, ...edit })) } : null
  }
  if (code === 'LAYER_UPWARD' && !chain) return moveFile(violation, ground) ?? null
  return null
}

function referenceOf({ line, column }: Violation, path: string, { project }: Ground): Reference | undefined {
  const text = readFileSync(path, 'utf8')
  return project.scan(path)?.references.find(({ start }) => {
    const place = positionOf(text, start)
    return place.line === line && place.column === column
  })
}
