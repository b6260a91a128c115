// A plain component that gets a value of state through a function: the compiler, which looks at one module at a time,
// takes it for plain, and what it shows would stay as the server saw it. Seen here with the whole project before us.
import { readFileSync } from 'node:fs'
import { type ModuleUses, type PlainUse, readUses, type Use } from '../../8-components/build.ts'
import { isOurs } from '../draw-any-error.ts'
import { isTest } from './layers.ts'
import { isForeign } from './leads.ts'
import type { Project } from './project.ts'
import { violationAt } from './report.ts'
import { isCode } from './scan.ts'
import type { Violation } from './violation.ts'

/** A name of a module. */
interface Place {
  readonly path: string
  readonly name: string
}

/** The way from a call to the state layer: the modules on it, and the one of state at its end. */
interface Way {
  /** Undefined where the name is one of state itself. */
  readonly chain?: readonly string[]
  readonly target: string
}

const nothing: ModuleUses = { names: new Map(), exports: new Map(), stars: [], plain: [] }

/** One violation for each name in a plain component that is one of state, and for each call that reads state. */
export function judgeHiddenState(project: Project): Violation[] {
  if (project.mode !== 'app') return []
  const reaching = modulesThatReachState(project)
  const search = new StateSearch(project)
  const components = project.files.filter((path) => {
    return /\.[jt]sx$/.test(path) && !isTest(path) && isAbove(project, path) && reaching.has(path)
  })
  return components.flatMap((path) => {
    const found = new Map<number, Violation>()
    for (const one of search.usesOf(path).plain) {
      const way = one.called ? search.find(path, one.use) : search.findValue(path, one.use)
      if (way && !found.has(one.span.start)) found.set(one.span.start, toViolation(path, one, { ...way, project }))
    }
    return [...found.values()]
  })
}

function toViolation(path: string, { component, use, span }: PlainUse, way: Way & { project: Project }): Violation {
  const reference = { ...span, form: 'import', specifier: use.name, typeOnly: false, names: [component] } as const
  const to = way.project.layerOfTarget(
    way.target.startsWith('layer9/')
      ? { kind: 'entry', name: way.target.slice(7) }
      : { kind: 'file', path: way.target },
  )
  return violationAt(path, reference, { code: 'LAYER_HIDDEN_STATE', to, ...way })
}

const isAbove = (project: Project, path: string): boolean => (project.layerOf(path)?.number ?? 0) >= 8

/** Modules from which imports of values lead to state, directly or not: no other need be read. */
function modulesThatReachState(project: Project): Set<string> {
  const importers = new Map<string, string[]>()
  const found = new Set<string>()
  const seen = new Set(project.files.filter((path) => isCode(path) && !isTest(path) && isAbove(project, path)))
  for (const path of seen) {
    for (const { reference, target } of project.links(path)) {
      if (reference.typeOnly) continue
      if (project.layerOfTarget(target)?.number === 7) found.add(path)
      if (target.kind !== 'file' || !isFollowed(project, target.path)) continue
      importers.set(target.path, [...(importers.get(target.path) ?? []), path])
      seen.add(target.path)
    }
  }
  for (const path of found) for (const importer of importers.get(path) ?? []) found.add(importer)
  return found
}

/** Components, routes, and files of no layer: contracts and api cannot lead to state. */
function isFollowed(project: Project, path: string): boolean {
  const layer = project.layerOf(path)
  return isCode(path) && (layer ? layer.number >= 8 : isForeign(path))
}

class StateSearch {
  readonly #project: Project
  readonly #uses = new Map<string, ModuleUses>()

  constructor(project: Project) {
    this.#project = project
  }

  /** Whether a name is one of state itself, whatever its module is called by. */
  findValue(from: string, use: Use): Way | undefined {
    const meant = this.#meaning(from, use)
    return typeof meant === 'string' ? { target: meant } : undefined
  }

  /** Breadth first, so that the shortest way is shown. */
  find(from: string, called: Use): Way | undefined {
    const cameFrom = new Map<string, { place: Place; before: string | undefined }>()
    const waiting: { path: string; use: Use; before: string | undefined }[] = [
      { path: from, use: called, before: undefined },
    ]
    for (const { path, use, before } of waiting) {
      const meant = this.#meaning(path, use)
      if (typeof meant === 'string') {
        const chain = wayTo(before, cameFrom)
        return { target: meant, ...(chain.length > 0 && { chain }) }
      }
      const key = meant && `${meant.path}#${meant.name}`
      if (!key || cameFrom.has(key)) continue
      cameFrom.set(key, { place: meant, before })
      for (const next of this.usesOf(meant.path).names.get(meant.name) ?? [])
        waiting.push({ path: meant.path, use: next, before: key })
    }
    return undefined
  }

  /** A name of state (the file that it lies in), the top-level name of a module that may be followed, or nothing. */
  #meaning(path: string, { name, source }: Use): Place | string | undefined {
    // A component that a function hands out is a root of its own where it is placed.
    if (source === undefined) return /^\p{Lu}/u.test(name) ? undefined : { path, name }
    const link = this.#project
      .links(path)
      .find(({ reference }) => reference.specifier === source && !reference.typeOnly)
    if (!link) return undefined
    const { target } = link
    if (this.#project.layerOfTarget(target)?.number === 7)
      return target.kind === 'entry' ? `layer9/${target.name}` : target.kind === 'file' ? target.path : undefined
    if (target.kind !== 'file' || /^\p{Lu}/u.test(name) || !isFollowed(this.#project, target.path)) return undefined
    return this.#exported(target.path, name)
  }

  #exported(path: string, name: string, seen = new Set<string>()): Place | string | undefined {
    if (seen.has(path)) return undefined
    seen.add(path)
    const { exports, stars } = this.usesOf(path)
    const own = exports.get(name)
    if (own) return this.#meaning(path, own)
    for (const source of stars) {
      const link = this.#project.links(path).find(({ reference }) => reference.specifier === source)
      if (link?.target.kind !== 'file') continue
      const { path: starred } = link.target
      const isState = this.#project.layerOf(starred)?.number === 7
      if (isState && this.usesOf(starred).exports.has(name)) return starred
      if (isState || !isFollowed(this.#project, starred)) continue
      const found = this.#exported(starred, name, seen)
      if (found) return found
    }
    return undefined
  }

  usesOf(path: string): ModuleUses {
    const known = this.#uses.get(path)
    if (known) return known
    const uses = this.#read(path)
    this.#uses.set(path, uses)
    return uses
  }

  #read(path: string): ModuleUses {
    try {
      return readUses(readFileSync(path, 'utf8'), this.#project.relative(path))
    } catch (error) {
      // LAYER_UNREADABLE says so.
      if (isOurs(error)) return nothing
      throw error
    }
  }
}

/** The modules on the way, each once. */
function wayTo(
  last: string | undefined,
  cameFrom: ReadonlyMap<string, { place: Place; before: string | undefined }>,
): string[] {
  const way: string[] = []
  for (let at = last && cameFrom.get(last); at; at = at.before ? cameFrom.get(at.before) : undefined) {
    if (way[0] !== at.place.path) way.unshift(at.place.path)
  }
  return way
}
