// The public names: what the package's entries export, against the list that is checked in. A change of the interface
// then shows as a change of that list, and none happens by accident.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'vite'
import type { Offence } from './style-figures.ts'

/** Entries and the names they export, types with `type ` before them, sorted. */
export type PublicNames = Readonly<Record<string, readonly string[]>>

interface PackageJson {
  readonly exports: Readonly<Record<string, string | { readonly default?: string }>>
}

/** The package's entries, and where their sources are: `layer9/api` is `src/6-api/index.ts`. */
export function readEntries(root: string): Readonly<Record<string, string>> {
  const json = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as PackageJson
  const entries: Record<string, string> = {}
  for (const [entry, target] of Object.entries(json.exports)) {
    const file = typeof target === 'string' ? undefined : target.default
    if (!file?.startsWith('./dist/')) continue
    entries[entry.replace('.', 'layer9')] = file.replace('./dist/', 'src/').replace(/\.js$/, '.ts')
  }
  return entries
}

/** The names that the package's entries export now. */
export function readPublicNames(root: string): PublicNames {
  const names = Object.entries(readEntries(root)).map(([entry, path]): [string, string[]] => {
    const source = join(root, path)
    return [entry, existsSync(source) ? exportedNames(source) : []]
  })
  return Object.fromEntries(names)
}

/** What one module exports; `*` for names that are not written out. */
export function exportedNames(file: string): string[] {
  const { module } = parseSync(file, readFileSync(file, 'utf8'))
  const entries = module.staticExports.flatMap((statement) => statement.entries)
  const names = entries.map(({ exportName, isType }) => {
    const name = exportName.kind === 'Default' ? 'default' : (exportName.name ?? '*')
    return isType ? `type ${name}` : name
  })
  return [...new Set(names)].sort((left, right) => (left < right ? -1 : 1))
}

/** Names that are new, gone, or not written out. */
export function nameOffences(now: PublicNames, listed: PublicNames): Offence[] {
  const found: Offence[] = []
  for (const entry of new Set([...Object.keys(now), ...Object.keys(listed)])) {
    const names = now[entry]
    if (!names) found.push({ place: entry, what: 'is no entry any more' })
    else if (names.length === 0) found.push({ place: entry, what: 'exports nothing' })
    if (names?.includes('*')) found.push({ place: entry, what: 'does not write out its names' })
    for (const name of names ?? [])
      if (!listed[entry]?.includes(name)) found.push({ place: entry, what: `exports ${name}, which is not listed` })
    for (const name of listed[entry] ?? [])
      if (!names?.includes(name)) found.push({ place: entry, what: `no longer exports ${name}` })
  }
  return found
}
