// All that the rules know of one file: for `layer9 why`.
import { join, resolve } from 'node:path'
import type { Checker } from './checker.ts'
import { isServerLayer, isTest, type Layer, layerNumbered } from './layers.ts'
import type { Mode } from './project.ts'
import { checkProjects, type ProjectsOptions } from './projects.ts'
import { type ReportedViolation, withRepair } from './reported.ts'
import type { Violation } from './violation.ts'

/** Where the code of a layer runs; `stubs`: on the server, and browsers get a stub that calls it. */
export type Runs = 'server' | 'both' | 'stubs'

/** An import of the file by another one. */
export interface Importer {
  readonly file: string
  readonly line: number
  /** Undefined for tests, which belong to no layer. */
  readonly layer: Layer | undefined
  readonly typeOnly: boolean
  /** Whether a rule refuses it. */
  readonly refused: boolean
}

/** One file as the rules see it. Paths are relative to the project, with `/`. */
export interface Inspection {
  /** The folder of the project, absolute. */
  readonly root: string
  readonly mode: Mode
  readonly file: string
  readonly layer: Layer | undefined
  readonly test: boolean
  /** Undefined where there is no layer. */
  readonly runs: Runs | undefined
  /** Direct ones, in the order of files and lines. */
  readonly importers: readonly Importer[]
  /** Of the file itself, and of those that import it or lead to it, each with what a program can do about it. */
  readonly violations: readonly ReportedViolation[]
}

/** A file that is none of a project's, with what may have been meant. */
export interface NotFound {
  readonly known: readonly string[]
}

/** What to look at. */
export interface InspectOptions extends ProjectsOptions {
  /** As it was typed: from the folder of the command, from the root, or `~/…`. */
  readonly file: string
}

/** Looks a file up in the projects of a folder; undefined when there is no project at all. */
export async function inspectFile(options: InspectOptions): Promise<Inspection | NotFound | undefined> {
  const { root, file } = options
  const known: string[] = []
  const projects = await checkProjects(options)
  for (const { folder, mode, root: at, result, checker } of projects) {
    const paths = result.files.map(({ path }) => path)
    known.push(...paths.map((path) => join(folder, path)))
    const found = candidates({ file, root: resolve(root), at }).map((path) => checker.relative(path))
    const path = found.find((candidate) => paths.includes(candidate))
    if (path !== undefined) return { root: at, ...inspect(path, { checker, mode, all: result.violations, at }) }
  }
  return projects.length === 0 ? undefined : { known }
}

/** The paths that may be meant, the likeliest first. */
function candidates({ file, root, at }: { file: string; root: string; at: string }): string[] {
  if (file.startsWith('~/')) return [join(at, 'app', file.slice(2))]
  return [resolve(file), resolve(root, file), resolve(at, file)]
}

function inspect(
  file: string,
  { checker, mode, all, at }: { checker: Checker; mode: Mode; all: readonly Violation[]; at: string },
): Omit<Inspection, 'root'> {
  const number = checker.layerOf(resolve(at, file))
  const layer = number === undefined ? undefined : layerNumbered(number)
  const violations = all.filter((one) => concerns(one, file)).map((one) => withRepair(one, checker))
  const importers = checker.importersOf(resolve(at, file)).map(({ layer: from, typeOnly, ...place }): Importer => {
    const refused = violations.some((one) => one.file === place.file && one.line === place.line && one.file !== file)
    return {
      file: place.file,
      line: place.line,
      layer: from === undefined ? undefined : layerNumbered(from),
      typeOnly,
      refused,
    }
  })
  return { mode, file, layer, test: isTest(file, mode), runs: layer && runsOf(layer), importers, violations }
}

/** Whether a violation is the file's own, of an import of it, or of one that leads to it or around through it. */
function concerns({ file, target, chain = [] }: Violation, path: string): boolean {
  return file === path || target === path || chain.includes(path) || path.startsWith(`${file}/`)
}

function runsOf(layer: Layer): Runs {
  if (layer.number === 6) return 'stubs'
  return isServerLayer(layer) || layer.number > 9 ? 'server' : 'both'
}
