// One project as the rules see it: which layer a file is in, what it refers to, what that leads to. Everything is
// remembered until a file changes.
import { readFileSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { Disk } from './disk.ts'
import { filesOfPatterns } from './glob.ts'
import { type Layer, layerOfAppPath, layerOfEntry, layerOfSourcePath } from './layers.ts'
import { packageAround } from './package.ts'
import type { Reference, Scan } from './reference.ts'
import { type Alias, Resolver, type Target } from './resolve.ts'
import { isScanned, scanFile, scanFileAsync } from './scan.ts'
import { readScans, type StampedScan, writeScans } from './scan-cache.ts'
import { filesBelow } from './walk.ts'

/** Whose rules hold: those of an app, or those of the framework's own `src/`. */
export type Mode = 'app' | 'source'

/** What happened to a file, in Vite's words. */
export type Change = 'create' | 'update' | 'delete'

/** How a project is read. */
export interface ProjectOptions {
  /** The folder that holds `app/`, or for `source` the one that holds `src/`. Absolute. */
  readonly root: string
  readonly mode: Mode
  /** Where scans are kept between runs, a file; default: nowhere. */
  readonly cache?: string
  /** Aliases of the app's Vite configuration, beside `~`. */
  readonly aliases?: readonly Alias[]
}

/** A reference together with one thing that it leads to; a pattern has one link for each file. */
export interface Link {
  readonly reference: Reference
  readonly target: Target
}

/** A link out of the folder whose files have layers: what it leads to is in the layer where the link stands. */
interface Mount {
  readonly link: string
  readonly real: string
}

/** Folders that are passed over: packages, and in the framework's own source the broken apps of its tests. */
const skipped: Readonly<Record<Mode, ReadonlySet<string>>> = {
  app: new Set(['node_modules']),
  source: new Set(['node_modules', 'fixtures']),
}

/** How many files are read at once: enough for the parser's threads, few enough to keep memory flat. */
const batch = 64

/** The files of one project and what they refer to. */
export class Project {
  readonly root: string
  readonly mode: Mode
  readonly disk: Disk = new Disk()
  readonly #aliases: readonly Alias[]
  #resolver: Resolver
  readonly #cacheFile: string | undefined
  readonly #scans: Map<string, StampedScan>
  readonly #links = new Map<string, readonly Link[]>()
  readonly #browserLinks = new Map<string, readonly Link[]>()
  readonly #layers = new Map<string, Layer | undefined>()
  /** Files whose size and time were looked at since they last may have changed. */
  readonly #fresh = new Set<string>()
  readonly #assumed = new Map<string, string>()
  #scansChanged = false
  #files: { readonly paths: readonly string[]; readonly mounts: readonly Mount[] } | undefined

  /** `former`: a project of the same folder, whose scans are believed where the files are as they were. */
  constructor({ root, mode, cache, aliases }: ProjectOptions, former?: Project) {
    this.root = this.disk.real(root)
    this.mode = mode
    this.#cacheFile = cache
    this.#scans = former ? former.#scans : cache ? readScans(cache) : new Map()
    this.#aliases = aliases ?? []
    this.#resolver = new Resolver(this.root, this.disk, this.#aliases)
  }

  /** The folder whose files have layers. */
  get territory(): string {
    return join(this.root, this.mode === 'app' ? 'app' : 'src')
  }

  /** All files that have layers, and whose references are read: by their real paths, in the order of names. */
  get files(): readonly string[] {
    return this.#walk().paths
  }

  #walk(): { readonly paths: readonly string[]; readonly mounts: readonly Mount[] } {
    if (this.#files) return this.#files
    const options = { skip: skipped[this.mode] }
    const links: string[] = []
    const paths = filesBelow(this.territory, this.disk, { ...options, onLink: (link) => links.push(link) })
    const found = links.map((link) => ({ link, real: this.disk.real(link) }))
    // A link to a folder above would make a layer of the whole project.
    const mounts = found.filter(
      ({ real }) => !this.#isInside(real) && !`${this.territory}${sep}`.startsWith(real + sep),
    )
    for (const { real } of mounts) {
      if (this.disk.isFile(real)) paths.push(real)
      else paths.push(...filesBelow(real, this.disk, options))
    }
    this.#files = { paths: [...new Set(paths)].filter(isScanned).sort(), mounts }
    return this.#files
  }

  #isInside(path: string): boolean {
    return path.startsWith(this.territory + sep)
  }

  /** Whether a file lies in `app/` (or `src/`), or is linked into it. */
  isOwn(path: string): boolean {
    return this.#isInside(path) || this.#mountOf(path) !== undefined
  }

  #mountOf(path: string): Mount | undefined {
    return this.#walk().mounts.find(({ real }) => path === real || path.startsWith(real + sep))
  }

  /** A path as messages show it: relative to the project, with `/`. */
  relative(path: string): string {
    const shown = path.startsWith(this.root + sep) ? path.slice(this.root.length + 1) : path
    return sep === '/' ? shown : shown.replaceAll(sep, '/')
  }

  /** The layer of a file, by where it really lies; undefined for tests, packages and what is outside. */
  layerOf(path: string): Layer | undefined {
    if (this.#layers.has(path)) return this.#layers.get(path)
    const layer = this.#findLayer(path)
    this.#layers.set(path, layer)
    return layer
  }

  #findLayer(path: string): Layer | undefined {
    if (path.includes(`${sep}node_modules${sep}`)) return this.#frameworkLayer(path)
    const mount = this.#isInside(path) ? undefined : this.#mountOf(path)
    const place = mount ? mount.link + path.slice(mount.real.length) : path
    if (!this.#isInside(place)) return this.#frameworkLayer(path)
    const shown = this.relative(place)
    return this.mode === 'app' ? layerOfAppPath(shown) : layerOfSourcePath(shown)
  }

  #frameworkLayer(path: string): Layer | undefined {
    // The framework itself, reached by a path instead of by its name.
    const around = packageAround(path, this.disk)
    return around?.json.name === 'layer9' ? layerOfSourcePath(path.slice(around.folder.length + 1)) : undefined
  }

  /** The layer of an entry of this package. */
  layerOfTarget(target: Target): Layer | undefined {
    if (target.kind === 'entry') return layerOfEntry(target.name)
    if (target.kind === 'file') return this.layerOf(target.path)
    return target.kind === 'none' && target.path ? this.layerOf(target.path) : undefined
  }

  /** The references of a file; read again only when its size or time has changed. `undefined`: there is no such file. */
  scan(path: string): Scan | undefined {
    const known = this.#scans.get(path)
    if (known && this.#fresh.has(path)) return known.scan
    const stamp = stampOf(path)
    if (stamp === undefined || !isScanned(path)) return undefined
    if (known?.stamp !== stamp) return this.#remember(path, stamp, scanFile(path, readFileSync(path, 'utf8')))
    this.#fresh.add(path)
    return known.scan
  }

  /** Has a file looked at again, should it have changed without word of it. */
  refresh(path: string): void {
    this.#fresh.delete(path)
    this.#assumed.delete(path)
  }

  /** Takes a file to hold what an editor has not saved yet, until it is refreshed; false: it holds that already. */
  assume(path: string, text: string): boolean {
    if (stampOf(path) && readFileSync(path, 'utf8').replace(/^\uFEFF/, '') === text) return false
    this.#assumed.set(path, text)
    // Of no state that the file on the disk could be in.
    this.#remember(path, 'assumed', scanFile(path, text))
    return true
  }

  /** What a file holds. */
  text(path: string): string {
    return this.#assumed.get(path) ?? readFileSync(path, 'utf8')
  }

  /** Reads many files with the parser's own threads. */
  async scanAll(paths: readonly string[]): Promise<void> {
    for (let first = 0; first < paths.length; first += batch) {
      await Promise.all(paths.slice(first, first + batch).map(async (path) => await this.#scanAsync(path)))
    }
  }

  async #scanAsync(path: string): Promise<void> {
    const stamp = stampOf(path)
    if (stamp === undefined) return
    if (this.#scans.get(path)?.stamp === stamp) this.#fresh.add(path)
    else this.#remember(path, stamp, await scanFileAsync(path, readFileSync(path, 'utf8')))
  }

  #remember(path: string, stamp: string, scan: Scan): Scan {
    this.#scans.set(path, { stamp, scan })
    this.#fresh.add(path)
    this.#links.delete(path)
    this.#browserLinks.delete(path)
    this.#scansChanged = true
    return scan
  }

  /** What a file refers to, resolved; `browser` takes the conditions of a browser. */
  links(path: string, browser = false): readonly Link[] {
    const scan = this.scan(path)
    const known = browser ? this.#browserLinks : this.#links
    const found = known.get(path)
    if (found) return found
    const links = (scan?.references ?? []).flatMap((reference) => this.#resolve(reference, path, browser))
    known.set(path, links)
    return links
  }

  #resolve(reference: Reference, from: string, browser: boolean): Link[] {
    const { specifier, patterns, form } = reference
    if (specifier === null) return []
    if (patterns) {
      // In the framework's own source an address with gaps is a file that the host chooses, as with computed imports.
      if (form === 'url' && this.mode === 'source') return []
      const anchor = (pattern: string) => this.#resolver.anchor(pattern)
      const files = filesOfPatterns(patterns, from, { disk: this.disk, anchor })
      return files.map((path) => ({ reference, target: { kind: 'file', path: this.disk.real(path) } }))
    }
    if (form === 'builtin')
      return [{ reference, target: { kind: 'builtin', name: `node:${specifier.replace(/^node:/, '')}` } }]
    const besideSheet = form === 'style' || form === 'worker' || form === 'url'
    if (besideSheet && /^[\w@-]/.test(specifier)) {
      const beside = this.#resolver.resolve(`./${specifier}`, from, browser)
      if (beside.kind === 'file') return [{ reference, target: beside }]
    }
    return [{ reference, target: this.#resolver.resolve(specifier, from, browser) }]
  }

  /**
   * To be told when a file was added, changed or removed: what was remembered of it is dropped. What a file's imports
   * lead to depends on which files there are and on JSON (package.json, tsconfig.json), not on what the others hold.
   */
  forget(path: string, change: Change): void {
    this.#scans.delete(path)
    this.#fresh.delete(path)
    this.#links.delete(path)
    this.#browserLinks.delete(path)
    const isJson = path.endsWith('.json')
    if (change === 'update' && !isJson) return
    this.disk.forget(path)
    this.#links.clear()
    this.#browserLinks.clear()
    this.#layers.clear()
    this.#files = undefined
    if (isJson) this.#resolver = new Resolver(this.root, this.disk, this.#aliases)
  }

  /** Keeps the scans for the next run. Returns at once when nothing changed. */
  save(): void {
    // What was not asked about in this run has gone, or is no longer imported.
    const current = () => [...this.#scans].filter(([path]) => this.#fresh.has(path))
    if (this.#cacheFile && this.#scansChanged) writeScans(this.#cacheFile, current())
    this.#scansChanged = false
  }
}

/** Size and time of a file; a change of either means that it is read again. */
function stampOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false })
  return found?.isFile() ? `${found.size}:${found.mtimeMs}` : undefined
}
