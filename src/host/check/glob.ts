// Files that a pattern of import.meta.glob or a template in new URL(…) stands for.
import { dirname, isAbsolute, join, matchesGlob, resolve } from 'node:path'
import type { Disk } from './disk.ts'
import { filesBelow, packages } from './walk.ts'

/** What turns a pattern's beginning into an absolute one: aliases, and `/` for the project's root. */
export type Anchor = (pattern: string) => string

/**
 * The files that patterns stand for, as seen from a file: those that fit one, without those that fit one with `!`.
 * Cost: one walk below the part of each pattern that has no wildcard.
 */
export function filesOfPatterns(
  patterns: readonly string[],
  from: string,
  options: { disk: Disk; anchor: Anchor },
): string[] {
  const absolute = (pattern: string) => {
    const anchored = options.anchor(pattern)
    return isAbsolute(anchored) ? anchored : resolve(dirname(from), anchored)
  }
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!')).map(absolute)
  const unwanted = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => absolute(pattern.slice(1)))
  const found = new Set<string>()
  for (const pattern of wanted) {
    const [start, rest] = splitPattern(pattern)
    for (const file of filesThroughLinks(start, options.disk)) {
      const fits = matchesGlob(file, join(start, rest)) && !unwanted.some((other) => matchesGlob(file, other))
      if (fits && file !== from) found.add(file)
    }
  }
  return [...found]
}

/** All files below a folder, and below those that links in it lead to: once each, for a link may lead upwards. */
function filesThroughLinks(start: string, disk: Disk): string[] {
  const found: string[] = []
  const seen = new Set([disk.real(start)])
  const waiting = [start]
  const onLink = (link: string): void => {
    if (disk.isFile(link)) found.push(link)
    else if (!seen.has(disk.real(link))) waiting.push(link)
    seen.add(disk.real(link))
  }
  for (const folder of waiting) found.push(...filesBelow(folder, disk, { skip: packages, onLink }))
  return found
}

/** The folder before the first wildcard, and what follows. `**` that touches other letters means any of them. */
function splitPattern(pattern: string): [start: string, rest: string] {
  const parts = pattern.split('/')
  const first = parts.findIndex((part) => /[*?{[(!]/.test(part))
  if (first < 0) return [dirname(pattern), parts.at(-1) ?? '']
  const rest = parts.slice(first).map((part) => (part === '**' ? part : part.replaceAll('**', '*')))
  return [parts.slice(0, first).join('/') || '/', rest.join('/')]
}
