// The layer rules over a whole project, and over one file of it as it changes.
import { basename, dirname, join } from 'node:path'
import { judgeBrowserGraph } from './browser-graph.ts'
import { circles } from './cycles.ts'
import { judgeDoor } from './doors.ts'
import { isTest, layerNamed } from './layers.ts'
import { isForeign } from './leads.ts'
import { PlatformWalk } from './platform.ts'
import { type Mode, Project, type ProjectOptions } from './project.ts'
import type { ReferenceForm } from './reference.ts'
import { violationAt, violationOf } from './report.ts'
import { judgeFile } from './rules.ts'
import { isScanned } from './scan.ts'
import type { Violation } from './violation.ts'
import { filesBelow } from './walk.ts'

/** A file of a layer. */
export interface CheckedFile {
  /** Relative to the project, with `/`. */
  readonly path: string
  /** 1 to 9; 10 is the host; undefined for tests and files in no layer. */
  readonly layer: number | undefined
}

/** One import between files of the project. */
export interface CheckedEdge {
  readonly from: string
  readonly to: string
  readonly form: ReferenceForm
  readonly typeOnly: boolean
}

/** What a check has found. */
export interface CheckResult {
  /** Sorted by file and line. */
  readonly violations: readonly Violation[]
  readonly files: readonly CheckedFile[]
  readonly edges: readonly CheckedEdge[]
}

/** How a project is checked. */
export interface CheckOptions extends Omit<ProjectOptions, 'mode'> {
  /** Default `app`. */
  readonly mode?: Mode
}

/**
 * Checks the layer rules of a whole project once. Nothing is thrown for a broken rule: violations are data.
 *
 * @example
 * const { violations } = await checkLayers({ root: process.cwd() })
 * for (const violation of violations) console.error(drawViolation(violation))
 */
export async function checkLayers(options: CheckOptions): Promise<CheckResult> {
  return await new Checker(options).checkAll()
}

/**
 * The rules over a project that is being worked on: a development server and a build hold one, ask it about each file
 * that they take in, and tell it what has changed.
 */
export class Checker {
  readonly #project: Project
  readonly #platform: PlatformWalk
  #cycles: ReadonlyMap<string, readonly Violation[]> | undefined

  constructor({ mode = 'app', ...options }: CheckOptions) {
    this.#project = new Project({ ...options, mode })
    this.#platform = new PlatformWalk(this.#project)
  }

  /** Everything: each file of `app/` (or `src/`), the folders themselves, circles. */
  async checkAll(): Promise<CheckResult> {
    const project = this.#project
    const files = this.#files()
    await project.scanAll(files)
    const ground = { project, platform: this.#platform }
    const perFile = files.flatMap((path) => [...judgeFile(path, ground), ...judgeDoor(path, project)])
    const cycles = [...this.#findCycles(files).values()].flat()
    const violations = [...this.#judgeFolders(), ...perFile, ...cycles, ...judgeBrowserGraph(project, this.#platform)]
    project.save()
    return {
      violations: sorted(violations),
      files: files.map((path) => ({
        path: project.relative(path),
        layer: isTest(path) ? undefined : project.layerOf(path)?.number,
      })),
      edges: files.flatMap((path) => this.#edges(path)),
    }
  }

  /**
   * The violations of one file, circles through it included. The file is read again if it has changed since.
   * For a file outside the project, of no layer or a test there are none.
   */
  checkFile(path: string): readonly Violation[] {
    const real = this.#project.disk.real(path)
    if (!this.#project.layerOf(real)) return []
    const own = judgeFile(real, { project: this.#project, platform: this.#platform })
    this.#cycles ??= this.#findCycles(this.#files())
    return sorted([...own, ...(this.#cycles.get(real) ?? [])])
  }

  /** The violations of the folders under `app/` alone: one that is no layer, a file that lies beside them. */
  checkFolders(): readonly Violation[] {
    return this.#judgeFolders()
  }

  /** To be told when a file was added, changed or removed. */
  changed(path: string): void {
    this.#project.forget(path)
    this.#platform.forget()
    this.#cycles = undefined
  }

  #files(): string[] {
    const { territory, disk, mode } = this.#project
    const skip = mode === 'source' ? new Set(['fixtures']) : undefined
    return filesBelow(territory, disk, skip).filter(isScanned).sort()
  }

  #edges(path: string): CheckedEdge[] {
    const project = this.#project
    return project.links(path).flatMap(({ reference: { form, typeOnly }, target }) => {
      if (target.kind !== 'file' || !isForeign(target.path)) return []
      return [{ from: project.relative(path), to: project.relative(target.path), form, typeOnly }]
    })
  }

  /** Circles by the real path of every file that is on one; each is reported at its first file, in the order of names. */
  #findCycles(files: readonly string[]): ReadonlyMap<string, readonly Violation[]> {
    const project = this.#project
    const graph = this.#graph(files)
    // Inside one folder of an app modules may be as close as they like; in the framework's source nowhere.
    const counts = (from: string, to: string) => project.mode === 'source' || dirname(from) !== dirname(to)
    const found = new Map<string, Violation[]>()
    for (const circle of circles(graph, counts)) {
      const [from = '', to = ''] = circle
      const link = project.links(from).find(({ target }) => target.kind === 'file' && target.path === to)
      if (!link) continue
      const breach = { code: 'LAYER_CYCLE', to: project.layerOf(to), target: to, chain: circle } as const
      found.set(from, [...(found.get(from) ?? []), violationAt(project, from, link.reference, breach)])
    }
    return found
  }

  /** What the files import of each other, and what lies on the way outside all layers. */
  #graph(files: readonly string[]): Map<string, Set<string>> {
    const graph = new Map<string, Set<string>>()
    const waiting = files.filter((path) => !isTest(path))
    for (const path of waiting) {
      if (graph.has(path)) continue
      const targets = new Set<string>()
      graph.set(path, targets)
      for (const { target } of this.#project.links(path)) {
        if (target.kind !== 'file' || !isForeign(target.path) || isTest(target.path)) continue
        targets.add(target.path)
        if (!graph.has(target.path)) waiting.push(target.path)
      }
    }
    return graph
  }

  /** Folders directly under `app/` (or `src/`) that are no layer, and files beside them. */
  #judgeFolders(): Violation[] {
    const { territory, disk, mode } = this.#project
    return [...disk.entries(territory)].flatMap(([name]) => {
      const path = join(territory, name)
      if (disk.isFolder(path)) {
        const known = mode === 'app' ? layerNamed(name) : this.#project.layerOf(join(path, 'x'))
        return known ? [] : [violationOf(this.#project, path, 'LAYER_UNKNOWN_FOLDER')]
      }
      const isCode = isScanned(name) && !isTest(name) && !/\.d\.[mc]?ts$/.test(basename(name))
      return isCode ? [violationOf(this.#project, path, 'LAYER_NO_FOLDER')] : []
    })
  }
}

function sorted(violations: readonly Violation[]): Violation[] {
  const order = (left: Violation, right: Violation) =>
    compare(left.file, right.file) || left.line - right.line || left.column - right.column
  return [...violations].sort(order)
}

/** By code unit: the same order on every machine. */
function compare(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}
