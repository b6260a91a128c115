// Finding what a package's name, a subpath of it, or a `#name` of the package itself stands for.
// Node.js, "Modules: Packages" and the resolution algorithm of "Modules: ECMAScript modules".
import { dirname, join } from 'node:path'
import type { Disk } from './disk.ts'

/** What of a package.json resolution reads. */
export interface PackageJson {
  readonly name?: string
  readonly exports?: unknown
  readonly imports?: unknown
  readonly main?: string
  readonly module?: string
  readonly browser?: string | Readonly<Record<string, string | false>>
}

/** A package found on disk. */
export interface FoundPackage {
  /** Folder of its package.json. */
  readonly folder: string
  readonly json: PackageJson
}

/** Conditions under which Vite resolves for a browser, and for the server. */
export const browserConditions: ReadonlySet<string> = new Set(['browser', 'module', 'import', 'default', 'production'])
export const serverConditions: ReadonlySet<string> = new Set(['node', 'module', 'import', 'default', 'production'])

/** Splits `@scope/name/sub/path` into the package's name and `./sub/path`, or `.` when there is none. */
export function splitPackageName(specifier: string): { name: string; subpath: string } {
  const parts = specifier.split('/')
  const length = specifier.startsWith('@') ? 2 : 1
  const rest = parts.slice(length).join('/')
  return { name: parts.slice(0, length).join('/'), subpath: rest ? `./${rest}` : '.' }
}

/** The package a file belongs to: the nearest package.json above it. */
export function packageAround(file: string, disk: Disk): FoundPackage | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const json = disk.json(join(folder, 'package.json')) as PackageJson | undefined
    if (json) return { folder, json }
    if (dirname(folder) === folder) return undefined
  }
}

/** The package of a name as seen from a file: itself by its own name, else the nearest in a node_modules above. */
export function findPackage(name: string, from: string, disk: Disk): FoundPackage | undefined {
  const own = packageAround(from, disk)
  if (own?.json.name === name && own.json.exports !== undefined) return own
  for (let folder = dirname(from); ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name)
    if (disk.isFolder(candidate)) {
      const json = disk.json(join(candidate, 'package.json')) as PackageJson | undefined
      return { folder: candidate, json: json ?? {} }
    }
    if (dirname(folder) === folder) return undefined
  }
}

/**
 * The file that a subpath of a package names, still to be completed with an extension where the package has no
 * `exports`. False: the package switches it off for browsers (`"browser": { "fs": false }`).
 */
export function packageTarget(
  found: FoundPackage,
  subpath: string,
  conditions: ReadonlySet<string>,
): string | false | undefined {
  const { json, folder } = found
  if (json.exports !== undefined && json.exports !== null) {
    const target = matchMap(normalizeExports(json.exports), subpath, conditions)
    return target === undefined ? undefined : join(folder, target)
  }
  const forBrowser = conditions.has('browser')
  const entry = (forBrowser && typeof json.browser === 'string' ? json.browser : undefined) ?? json.module ?? json.main
  const relative = subpath === '.' ? (entry ?? 'index') : subpath
  const replaced = forBrowser ? browserReplacement(json, relative) : undefined
  return replaced === false ? false : join(folder, replaced ?? relative)
}

/** What `#name` stands for inside a package: a path below its folder, or the name of another package. */
export function packageImport(
  found: FoundPackage,
  specifier: string,
  conditions: ReadonlySet<string>,
): string | undefined {
  const { imports } = found.json
  return isRecord(imports) ? matchMap(imports, specifier, conditions) : undefined
}

/**
 * The `browser` field as a map: what a module of this package is replaced by for browsers.
 * https://github.com/defunctzombie/package-browser-field-spec
 */
export function browserReplacement(json: PackageJson, wanted: string): string | false | undefined {
  if (!isRecord(json.browser)) return undefined
  const map = json.browser as Readonly<Record<string, string | false>>
  const bare = wanted.replace(/^\.\//, '')
  for (const form of [wanted, `./${bare}`, `./${bare}.js`, `./${bare}/index.js`]) {
    const found = map[form]
    if (found !== undefined) return found
  }
  return undefined
}

/** `exports` may be one target or a map of conditions: both stand for `.`. */
function normalizeExports(exports: unknown): Readonly<Record<string, unknown>> {
  if (!isRecord(exports)) return { '.': exports }
  return Object.keys(exports).some((key) => key.startsWith('.')) ? exports : { '.': exports }
}

/** Exact keys first, then the pattern with the longest part before its `*`. */
function matchMap(
  map: Readonly<Record<string, unknown>>,
  wanted: string,
  conditions: ReadonlySet<string>,
): string | undefined {
  if (Object.hasOwn(map, wanted)) return pickTarget(map[wanted], conditions)
  const patterns = Object.keys(map).filter((key) => key.includes('*') || key.endsWith('/'))
  patterns.sort((left, right) => prefixOf(right).length - prefixOf(left).length)
  for (const pattern of patterns) {
    const prefix = prefixOf(pattern)
    const suffix = pattern.includes('*') ? pattern.slice(prefix.length + 1) : ''
    const fits = wanted.length >= prefix.length + suffix.length && wanted.startsWith(prefix) && wanted.endsWith(suffix)
    if (!fits) continue
    const gap = wanted.slice(prefix.length, wanted.length - suffix.length)
    const target = pickTarget(map[pattern], conditions)
    return target?.includes('*')
      ? target.replaceAll('*', gap)
      : target && `${target}${pattern.endsWith('/') ? gap : ''}`
  }
  return undefined
}

function prefixOf(pattern: string): string {
  return pattern.includes('*') ? pattern.slice(0, pattern.indexOf('*')) : pattern
}

/** The first condition, in the package's own order, that holds. */
function pickTarget(target: unknown, conditions: ReadonlySet<string>): string | undefined {
  if (typeof target === 'string') return target
  if (Array.isArray(target)) {
    for (const item of target) {
      const picked = pickTarget(item, conditions)
      if (picked !== undefined) return picked
    }
    return undefined
  }
  if (!isRecord(target)) return undefined
  for (const [condition, inner] of Object.entries(target)) {
    if (!conditions.has(condition)) continue
    const picked = pickTarget(inner, conditions)
    if (picked !== undefined) return picked
  }
  return undefined
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
