// The layer rules over a whole project, and over one file of it as it changes.
import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { judgeBrowserGraph } from './browser-graph.ts'
import { circles } from './cycles.ts'
import { judgeDoor } from './doors.ts'
import type { Repair } from './edit.ts'
import { judgeHiddenState } from './hidden-state.ts'
import { isTest, layerNamed } from './layers.ts'
import { isForeign } from './leads.ts'
import { findOutsiders, type Outsider } from './outside.ts'
import { PlatformWalk } from './platform.ts'
import { type Change, type Mode, Project, type ProjectOptions } from './project.ts'
import type { ReferenceForm } from './reference.ts'
import { findRepair } from './repair.ts'
import { positionOf, violationAt, violationOf } from './report.ts'
import { judgeFile } from './rules.ts'
import { isScanned } from './scan.ts'
import { type Changes, circlesThroughChanged, dependsOnChanged, isCaused, isRedirected } from './since.ts'
import type { Violation } from './violation.ts'

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

/** Where an import is written; lines and columns count from 1. */
export interface ImportPlace {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly length: number
  /** The line of source. */
  readonly text: string
}

/** An import of a file, and what it is imported by. */
export interface ImporterPlace extends ImportPlace {
  /** 1 to 9, or 10 for the host; undefined for a test. */
  readonly layer: number | undefined
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
 * for (const violation of violations) console.error(violation.message)
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
  #cycles: readonly (readonly string[])[] | undefined

  /** `former`: a checker of the same project, from which is taken what still holds. */
  constructor({ mode = 'app', ...options }: CheckOptions, former?: Checker) {
    this.#project = new Project({ ...options, mode }, former ? former.#project : undefined)
    this.#platform = new PlatformWalk(this.#project)
  }

  /** Everything: each file of `app/` (or `src/`), the folders themselves, circles. */
  async checkAll(): Promise<CheckResult> {
    const project = this.#project
    const { files } = project
    await project.scanAll(files)
    const ground = { project, platform: this.#platform }
    const perFile = files.flatMap((path) => [...judgeFile(path, ground), ...judgeDoor(path, project)])
    this.#cycles = this.#findCycles(files)
    const cycles = this.#cycles.flatMap((circle) => this.#judgeCycle(circle, circle[0] ?? ''))
    const violations = [...this.#judgeFolders(), ...perFile, ...cycles, ...judgeBrowserGraph(project, this.#platform)]
    project.save()
    return {
      violations: sorted(violations),
      files: files.map((path) => ({
        path: project.relative(path),
        layer: isTest(path, this.#project.mode) ? undefined : project.layerOf(path)?.number,
      })),
      edges: files.flatMap((path) => this.#edges(path)),
    }
  }

  /**
   * The violations of one file, circles through it included. The file is read again if it has changed since.
   * For a file outside the project and for a test there are none.
   *
   * @param text what an editor holds of it, where that is not saved yet
   */
  checkFile(path: string, text?: string): readonly Violation[] {
    const project = this.#project
    const real = project.disk.real(path)
    if (!project.isOwn(real) || isTest(real, project.mode)) return []
    project.refresh(real)
    if (text !== undefined && project.assume(real, text)) this.#cycles = undefined
    const misplaced = this.#judgeFolders().filter(({ file }) => `${project.relative(real)}/`.startsWith(`${file}/`))
    const own = judgeFile(real, { project, platform: this.#platform })
    this.#cycles ??= this.#findCycles(project.files)
    const cycles = this.#cycles.filter((circle) => circle.includes(real))
    return sorted([...misplaced, ...own, ...cycles.flatMap((circle) => this.#judgeCycle(circle, real))])
  }

  /** Plain components that read state through functions: a question about the whole project, asked after `checkAll`. */
  findHiddenState(): readonly Violation[] {
    return sorted(judgeHiddenState(this.#project))
  }

  /** The layer of a file, 1 to 9 (10: the host); undefined for a test and for what lies in none. */
  layerOf(path: string): number | undefined {
    return isTest(path, this.#project.mode) ? undefined : this.#project.layerOf(this.#project.disk.real(path))?.number
  }

  /** Whether a file lies in `app/` (or `src/`), or is linked into it. */
  isOwn(path: string): boolean {
    return this.#project.isOwn(this.#project.disk.real(path))
  }

  /** A path as messages show it. */
  relative(path: string): string {
    return this.#project.relative(this.#project.disk.real(path))
  }

  /** Where a file names a module, by the specifier as written: what an error about that import points at. */
  findImport(path: string, specifier: string): ImportPlace | undefined {
    const found = this.#project.scan(path)?.references.find((one) => one.specifier === specifier && !one.typeOnly)
    if (!found) return undefined
    const { line, column, lineText } = positionOf(readFileSync(path, 'utf8'), found.start)
    return { file: this.#project.relative(path), line, column, length: found.end - found.start, text: lineText }
  }

  /** Of the violations that `checkAll` found those that changed files have, or cause in others. */
  narrow(violations: readonly Violation[], changes: Changes): readonly Violation[] {
    const project = this.#project
    if (isRedirected(project, changes)) return violations
    const own = violations.filter((one) => one.code !== 'LAYER_CYCLE' && isCaused(one, changes, project))
    const circles = circlesThroughChanged(this.#graph(project.files), changes, this.#isCircle)
    return sorted([...own, ...circles.flatMap((circle) => this.#judgeCycle(circle, circle[0] ?? ''))])
  }

  /** Whether a file changed or depends on one that did; every file does where packages may lead elsewhere than before. */
  isConcerned(path: string, changes: Changes): boolean {
    return (
      isRedirected(this.#project, changes) || dependsOnChanged(this.#project.disk.real(path), changes, this.#project)
    )
  }

  /** What a program can do about a violation that this checker found; null where only a person can tell. */
  repairOf(violation: Violation): Repair | null {
    return findRepair(violation, { project: this.#project, platform: this.#platform })
  }

  /** Files of no layer that the project takes in by a path. */
  outsiders(): Outsider[] {
    return findOutsiders(this.#project)
  }

  /** Every import of a file by another one of the project, with the layer it stands in. */
  importersOf(path: string): ImporterPlace[] {
    const project = this.#project
    const real = project.disk.real(path)
    return project.files.flatMap((from) => {
      const links = project.links(from).filter(({ target }) => target.kind === 'file' && target.path === real)
      const text = links.length > 0 ? readFileSync(from, 'utf8') : ''
      return links.map(({ reference }) => {
        const { line, column, lineText } = positionOf(text, reference.start)
        const place = { line, column, length: reference.end - reference.start, text: lineText }
        return { file: project.relative(from), ...place, layer: this.layerOf(from), typeOnly: reference.typeOnly }
      })
    })
  }

  /** To be told when a file was added, changed or removed. Default: it may be any of these. */
  changed(path: string, change: Change = 'create'): void {
    this.#project.forget(path, change)
    this.#platform.forget()
    this.#cycles = undefined
  }

  #edges(path: string): CheckedEdge[] {
    const project = this.#project
    return project.links(path).flatMap(({ reference: { form, typeOnly }, target }) => {
      if (target.kind !== 'file' || !isForeign(target.path)) return []
      return [{ from: project.relative(path), to: project.relative(target.path), form, typeOnly }]
    })
  }

  /** Inside one folder of an app modules may be as close as they like; in the framework's source nowhere. */
  readonly #isCircle = (from: string, to: string): boolean =>
    this.#project.mode === 'source' || dirname(from) !== dirname(to)

  #findCycles(files: readonly string[]): readonly (readonly string[])[] {
    return circles(this.#graph(files), this.#isCircle)
  }

  /** A circle as it looks from one of the files on it. */
  #judgeCycle(circle: readonly string[], from: string): Violation[] {
    const project = this.#project
    const at = circle.indexOf(from)
    const turned = [...circle.slice(at, -1), ...circle.slice(0, at), from]
    const to = turned[1] ?? ''
    const link = project.links(from).find(({ target }) => target.kind === 'file' && target.path === to)
    if (!link) return []
    const breach = { code: 'LAYER_CYCLE', to: project.layerOf(to), target: to, chain: turned } as const
    return [violationAt(from, link.reference, { ...breach, project })]
  }

  /** What the files import of each other, and what lies on the way outside all layers. */
  #graph(files: readonly string[]): Map<string, Set<string>> {
    const graph = new Map<string, Set<string>>()
    const waiting = files.filter((path) => !isTest(path, this.#project.mode))
    for (const path of waiting) {
      if (graph.has(path)) continue
      const targets = new Set<string>()
      graph.set(path, targets)
      for (const { target } of this.#project.links(path)) {
        if (target.kind !== 'file' || !isForeign(target.path) || isTest(target.path, this.#project.mode)) continue
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
      const isCode = isScanned(name) && !isTest(name, this.#project.mode) && !/\.d\.[mc]?ts$/.test(basename(name))
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
