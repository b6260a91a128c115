// From a specifier to what it stands for: what counts is the file it leads to, not how it is written.
import { isBuiltin } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Disk } from './disk.ts'
import {
  browserConditions,
  browserReplacement,
  findPackage,
  packageAround,
  packageImport,
  packageTarget,
  serverConditions,
  splitPackageName,
} from './package.ts'
import { type PathMapping, pathMappings } from './tsconfig.ts'

/** What a specifier stands for. */
export type Target =
  /** A file, by its real path; `package` when it was reached by a package's name. */
  | { readonly kind: 'file'; readonly path: string; readonly package?: string }
  /** A module of Node itself, with its `node:`. */
  | { readonly kind: 'builtin'; readonly name: string }
  /** An entry of this package, without the package's name: `components/server`. */
  | { readonly kind: 'entry'; readonly name: string }
  /** Nothing on disk: a virtual module, an address, or a file that is missing (with the path where it would be). */
  | { readonly kind: 'none'; readonly path?: string }

/** An alias as Vite has it: a prefix or a pattern, and what stands in its place. */
export interface Alias {
  readonly find: string | RegExp
  readonly replacement: string
}

/** Vite's order of extensions, so that of two candidates the one that would run is judged; then what only types have. */
const extensions = [
  '',
  '.mjs',
  '.js',
  '.mts',
  '.ts',
  '.jsx',
  '.tsx',
  '.json',
  '.cjs',
  '.cts',
  '.d.ts',
  '.css',
  '.scss',
  '.less',
]

/** Resolves specifiers of one project. */
export class Resolver {
  readonly root: string
  readonly #disk: Disk
  readonly #aliases: readonly Alias[]
  readonly #mappings: readonly PathMapping[]

  constructor(root: string, disk: Disk, aliases: readonly Alias[] = []) {
    this.root = root
    this.#disk = disk
    this.#aliases = [...aliases, { find: '~', replacement: join(root, 'app') }]
    this.#mappings = pathMappings(root, disk)
  }

  /** What a specifier in a file stands for; `browser` chooses the conditions of packages. */
  resolve(specifier: string, from: string, browser = false): Target {
    const bare = withoutQuery(specifier)
    return this.#resolve(this.#aliased(bare), from, browser)
  }

  /** Puts a path in place of an alias or of a leading slash at the beginning of a pattern. */
  anchor(pattern: string): string {
    return pattern.startsWith('/') ? join(this.root, pattern) : this.#aliased(pattern)
  }

  #resolve(specifier: string, from: string, browser: boolean): Target {
    if (specifier === '' || /^(?:data|https?|virtual|blob):|^\0|^\/\//.test(specifier)) return { kind: 'none' }
    if (specifier.startsWith('file:')) return this.#file(fileURLToPath(specifier))
    if (/^\.\.?(?:\/|$)/.test(specifier)) return this.#relative(resolve(dirname(from), specifier), from, browser)
    if (specifier.startsWith('/')) return this.#absolute(specifier, browser)
    if (specifier.startsWith('#')) return this.#packageImport(specifier, from, browser)
    if (specifier.startsWith('node:')) return { kind: 'builtin', name: specifier }
    return this.#mapped(specifier) ?? this.#package(specifier, from, browser)
  }

  #aliased(specifier: string): string {
    for (const { find, replacement } of this.#aliases) {
      if (typeof find !== 'string') {
        if (find.test(specifier)) return specifier.replace(find, replacement)
      } else if (specifier === find || specifier.startsWith(find.endsWith('/') ? find : `${find}/`)) {
        return replacement + specifier.slice(find.length)
      }
    }
    return specifier
  }

  /** Vite reads `/x` as a path below the project first, then as one of the disk; `/@fs/` always as the latter. */
  #absolute(specifier: string, browser: boolean): Target {
    const ofDisk = specifier.replace(/^\/@fs\//, '/')
    const below = this.#file(join(this.root, specifier), browser)
    return specifier === ofDisk && below.kind === 'file' ? below : this.#file(ofDisk, browser)
  }

  #relative(path: string, from: string, browser: boolean): Target {
    const found = this.#file(path, browser)
    if (!browser || found.kind !== 'file') return found
    const around = packageAround(found.path, this.#disk)
    if (!around || !from.startsWith(around.folder)) return found
    const replaced = browserReplacement(around.json, `./${found.path.slice(around.folder.length + 1)}`)
    if (replaced === false) return { kind: 'none' }
    return replaced === undefined ? found : this.#file(join(around.folder, replaced))
  }

  #packageImport(specifier: string, from: string, browser: boolean): Target {
    const around = packageAround(from, this.#disk)
    const target = around && packageImport(around, specifier, browser ? browserConditions : serverConditions)
    if (!around || target === undefined) return { kind: 'none' }
    const own = target.startsWith('./') ? this.#file(join(around.folder, target)) : undefined
    return own ?? this.#resolve(target, join(around.folder, 'package.json'), browser)
  }

  /** tsconfig's `paths`: the longest prefix wins, the first target that exists counts. */
  #mapped(specifier: string): Target | undefined {
    let best: { mapping: PathMapping; gap: string; length: number } | undefined
    for (const mapping of this.#mappings) {
      const [prefix = '', suffix] = mapping.pattern.split('*')
      const exact = suffix === undefined
      const fits = exact ? specifier === prefix : specifier.startsWith(prefix) && specifier.endsWith(suffix)
      const length = exact ? Number.POSITIVE_INFINITY : prefix.length
      if (!fits || (best && best.length >= length)) continue
      best = { mapping, gap: exact ? '' : specifier.slice(prefix.length, specifier.length - suffix.length), length }
    }
    if (!best) return undefined
    const { mapping, gap } = best
    return mapping.targets.map((target) => this.#file(target.replace('*', gap))).find(({ kind }) => kind === 'file')
  }

  #package(specifier: string, from: string, browser: boolean): Target {
    const { name, subpath } = splitPackageName(specifier)
    if (browser) {
      const around = packageAround(from, this.#disk)
      const replaced = around && browserReplacement(around.json, specifier)
      if (replaced === false) return { kind: 'none' }
      if (around && replaced !== undefined && replaced !== specifier) {
        return this.#resolve(replaced, join(around.folder, 'package.json'), browser)
      }
    }
    if (name === 'layer9') return { kind: 'entry', name: subpath.replace(/^\.\/?/, '') }
    const found = findPackage(name, from, this.#disk)
    if (!found) return isBuiltin(specifier) ? { kind: 'builtin', name: `node:${specifier}` } : { kind: 'none' }
    // Another name for this package (`"nine": "npm:layer9"`) is this package.
    if (found.json.name === 'layer9') return { kind: 'entry', name: subpath.replace(/^\.\/?/, '') }
    const target = packageTarget(found, subpath, browser ? browserConditions : serverConditions)
    if (typeof target !== 'string') return { kind: 'none' }
    const file = this.#file(target)
    return file.kind === 'file' ? { ...file, package: name } : file
  }

  #file(path: string, browser = false): Target {
    const found = this.#complete(path, browser)
    if (found === undefined && path.includes('%')) {
      const decoded = this.#complete(decodeOrSelf(path), browser)
      if (decoded !== undefined) return { kind: 'file', path: this.#disk.real(decoded) }
    }
    return found === undefined ? { kind: 'none', path } : { kind: 'file', path: this.#disk.real(found) }
  }

  /** The file that a path without its extension names; a folder stands for its package's entry or its index. */
  #complete(path: string, browser: boolean): string | undefined {
    const plain = this.#disk.firstFile(path, extensions)
    if (plain !== undefined) return plain
    const source = sourceOfOutput(path).find((candidate) => this.#disk.isFile(candidate))
    if (source !== undefined || !this.#disk.isFolder(path)) return source
    const json = this.#disk.json(join(path, 'package.json')) as Record<string, unknown> | undefined
    for (const name of [...entriesOf(json, browser), 'index']) {
      const inner = this.#disk.firstFile(join(path, name), extensions)
      if (inner) return inner
    }
    return undefined
  }
}

/** What the package.json of a folder says to load of it, in Vite's order; for browsers one field more. */
function entriesOf(json: Record<string, unknown> | undefined, browser: boolean): string[] {
  const fields = [...(browser ? ['browser'] : []), 'module', 'jsnext:main', 'jsnext', 'main']
  return fields.flatMap((field) => (typeof json?.[field] === 'string' ? [json[field]] : []))
}

/** TypeScript lets `./x.js` name the source `./x.ts`. */
function sourceOfOutput(path: string): string[] {
  const found = /\.([mc]?)js(x?)$/.exec(path)
  if (!found) return []
  const stem = path.slice(0, found.index)
  return found[2] ? [`${stem}.tsx`] : [`${stem}.${found[1]}ts`, `${stem}.tsx`]
}

/** Vite's queries (`?raw`, `?url`, `?worker`) choose what is made of a file, not which file it is. */
function withoutQuery(specifier: string): string {
  // A leading `#` is a package import; one further on is a fragment.
  return specifier.replace(/\?.*$/s, '').replace(/(?<=.)#.*$/s, '')
}

function decodeOrSelf(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
