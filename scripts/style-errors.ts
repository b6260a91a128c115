// The error catalogues: every code is unique, has a fix, and is asserted by a test.

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ErrorEntry } from '../src/1-contracts/index.ts'
import type { Offence } from './style-figures.ts'

const catalogue = Symbol.for('layer9.catalogue')

/** A code and the file whose catalogue it stands in. */
export interface FoundCode {
  readonly code: string
  readonly file: string
  readonly entry: Partial<ErrorEntry<unknown>>
}

/** All codes of the catalogues in the given files, relative to `root`. */
export async function readCodes(root: string, files: readonly string[]): Promise<FoundCode[]> {
  const found: FoundCode[] = []
  for (const file of files) {
    const module = (await import(pathToFileURL(join(root, file)).href)) as Record<string, unknown>
    for (const value of Object.values(module)) {
      if (typeof value !== 'object' || value === null || !(catalogue in value)) continue
      const entries = (value as Record<symbol, Record<string, ErrorEntry<unknown>>>)[catalogue] ?? {}
      for (const [code, entry] of Object.entries(entries)) found.push({ code, file, entry })
    }
  }
  return found
}

/** Codes that stand in two catalogues, lack a fix, or that no test names. `evidence`: the text of all tests. */
export function codeOffences(codes: readonly FoundCode[], evidence: string): Offence[] {
  const found: Offence[] = []
  const homes = new Map<string, string>()
  const named = new Set(evidence.match(/\b[A-Z][A-Z\d]*(?:_[A-Z\d]+)*\b/g))
  for (const { code, file, entry } of codes) {
    const home = homes.get(code)
    if (home !== undefined) found.push({ place: file, what: `${code} stands in ${home} too` })
    homes.set(code, file)
    if (typeof entry.fix !== 'function') found.push({ place: file, what: `${code} has no fix` })
    if (!named.has(code)) found.push({ place: file, what: `${code} is asserted by no test` })
  }
  return found
}
