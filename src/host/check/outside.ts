// Files of no layer that an app takes in by a path: a `lib/` beside `app/`, its package.json. The rules see through them;
// TypeScript has to be told of each, and where its names are to be known.
import { relative, sep } from 'node:path'
import { isTest } from './layers.ts'
import { isForeign } from './leads.ts'
import { findPackage, splitPackageName } from './package.ts'
import type { Link, Project } from './project.ts'
import type { ReferenceForm } from './reference.ts'

/** A file that lies in no layer, with the numbers of the layers that lead to it. */
export interface Outsider {
  /** Relative to the project, with `/`. */
  readonly path: string
  readonly layers: readonly number[]
}

/** Files that TypeScript reads when they are imported. */
const isTyped = (path: string): boolean => /\.(?:[cm]?tsx?|json)$/.test(path) && !/\.d\.[cm]?ts$/.test(path)

/** All such files, in the order of their names. */
export function findOutsiders(project: Project): Outsider[] {
  const found = new Map<string, Set<number>>()
  const waiting = project.files.flatMap((path) => {
    const layer = isTest(path, project.mode) ? undefined : project.layerOf(path)
    return layer ? [{ path, layer: layer.number }] : []
  })
  for (const { path, layer } of waiting) {
    for (const next of outsideTargets(path, project)) {
      const layers = found.get(next) ?? new Set()
      if (layers.has(layer)) continue
      found.set(next, layers.add(layer))
      waiting.push({ path: next, layer })
    }
  }
  const outsiders = [...found].map(([path, layers]) => ({
    path: relative(project.root, path).replaceAll(sep, '/'),
    layers: [...layers].sort(),
  }))
  return outsiders.sort((one, other) => (one.path < other.path ? -1 : 1))
}

/** The forms in which the compiler follows a name to its file. */
const followed: ReadonlySet<ReferenceForm> = new Set([
  'import',
  'export',
  'dynamic',
  'type',
  'augmentation',
  'directive',
])

function outsideTargets(from: string, project: Project): string[] {
  return project.links(from).flatMap((link) => {
    const { target, reference } = link
    if (!followed.has(reference.form) || reference.specifier?.includes('?')) return []
    if (target.kind !== 'file' || !isTyped(target.path) || !isForeign(target.path)) return []
    if (project.layerOf(target.path) || project.isOwn(target.path)) return []
    return isOfPackage(link, from, project) ? [] : [target.path]
  })
}

/** A linked package of a workspace is the package that its name says, wherever it really lies. */
function isOfPackage({ reference: { specifier } }: Link, from: string, project: Project): boolean {
  if (specifier === null || !/^[\w@]/.test(specifier)) return false
  return findPackage(splitPackageName(specifier).name, from, project.disk) !== undefined
}
