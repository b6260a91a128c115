// The rules for the framework's own source: a layer is entered through its doors, and a door holds names only.
import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parseSync } from 'vite'
import { isTest, type Layer } from './layers.ts'
import type { Project } from './project.ts'
import { type Breach, violationAt } from './report.ts'
import type { Violation } from './violation.ts'

/** The doors that any layer may have, named after where they run. */
const doorNames = new Set(['index.ts', 'server.ts', 'browser.ts', 'build.ts'])

interface Place {
  readonly path: string
  readonly layer: Layer
}

/** The breach of an import that passes a door by, or that enters its own layer through one. */
export function breachOfDoor(from: Place, to: Place, project: Project): Breach | undefined {
  if (project.mode !== 'source' || isTest(from.path, project.mode) || to.layer.number > 9) return undefined
  const sameLayer = from.layer.number === to.layer.number
  const breaks = sameLayer ? isNamedDoor(to.path, project) : !isDoor(to.path, project)
  return breaks ? { code: 'LAYER_DOOR', to: to.layer, target: to.path } : undefined
}

/** A file that other layers may import: one of the four, or an entry of the package. */
function isDoor(path: string, project: Project): boolean {
  return isNamedDoor(path, project) || packageEntries(project).some((entry) => entry.source === path)
}

/** One of the four doors, which lie directly in the folder of a layer. */
function isNamedDoor(path: string, project: Project): boolean {
  return dirname(dirname(path)) === project.territory && doorNames.has(basename(path))
}

/** An entry of the package: the file in `src/` that it is built from, and the same for browsers where it differs. */
export interface PackageEntry {
  /** `.`, `./components/server`, … */
  readonly name: string
  readonly source: string
  readonly browserSource?: string
}

/** The package's entries, from its `exports`. */
export function packageEntries(project: Project): PackageEntry[] {
  const json = project.disk.json(join(project.root, 'package.json')) as
    | { exports?: Record<string, unknown> }
    | undefined
  const toSource = (file: string) => join(project.root, file.replace(/^\.\/dist\//, 'src/').replace(/\.js$/, '.ts'))
  return Object.entries(json?.exports ?? {}).flatMap(([name, target]) => {
    const { default: main, browser } = (typeof target === 'object' ? target : {}) as {
      default?: string
      browser?: string
    }
    if (!main?.startsWith('./dist/')) return []
    return [{ name, source: toSource(main), ...(browser && { browserSource: toSource(browser) }) }]
  })
}

/** A violation for each door of the framework that holds code, or names not written out. */
export function judgeDoor(path: string, project: Project): Violation[] {
  if (project.mode !== 'source' || !isNamedDoor(path, project) || project.layerOf(path)?.number === 10) return []
  const { program } = parseSync(path, readFileSync(path, 'utf8'))
  const odd = program.body.find((statement) => {
    if (statement.type !== 'ExportNamedDeclaration') return true
    // `export {}` is a door with nothing behind it yet.
    return !statement.source && (statement.declaration !== null || statement.specifiers.length > 0)
  })
  if (!odd) return []
  // Only the head of a statement is underlined: a door's code may be a hundred lines.
  const place = {
    start: odd.start,
    end: odd.start + 1,
    form: 'import',
    specifier: null,
    typeOnly: false,
    names: [],
  } as const
  return [violationAt(path, place, { code: 'LAYER_DOOR_CODE', project })]
}
