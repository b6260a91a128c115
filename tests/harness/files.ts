// Writes the files that a test made, where it is to look at them.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A file to write: its path in the folder, and what it holds. */
export interface WrittenFile {
  readonly file: string
  readonly text: string
}

/** Writes a folder anew: what it held before is gone. */
export function writeFiles(folder: string, files: readonly WrittenFile[]): void {
  rmSync(folder, { recursive: true, force: true })
  for (const { file, text } of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
}
