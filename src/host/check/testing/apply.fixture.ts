// Applies a repair as a program would that has nothing but the JSON of `layer9 check`.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Repair } from '../edit.ts'

/** Makes the edits from the last to the first, then the move. */
export function applyRepair(root: string, { edits, move }: Repair): void {
  for (const { file, start, end, text } of edits.toReversed()) {
    const before = readFileSync(join(root, file), 'utf8')
    writeFileSync(join(root, file), before.slice(0, start) + text + before.slice(end))
  }
  if (!move) return
  mkdirSync(dirname(join(root, move.to)), { recursive: true })
  renameSync(join(root, move.from), join(root, move.to))
}
