// Rule 3: whether a module, taken as a browser would take it, reaches a module of Node.
import type { Project } from './project.ts'

/** The way from a module to a module of Node. */
export interface PlatformReach {
  /** With its `node:`. */
  readonly builtin: string
  /** The files from the first one asked for to the one that imports it. */
  readonly chain: readonly string[]
}

/** Walks module graphs of packages and of files outside all layers, each file once for all questions. */
export class PlatformWalk {
  readonly #project: Project
  readonly #clean = new Set<string>()
  readonly #reached = new Map<string, PlatformReach>()

  constructor(project: Project) {
    this.#project = project
  }

  /** The shortest way from a file to a module of Node, or undefined when there is none. */
  reach(start: string): PlatformReach | undefined {
    const known = this.#reached.get(start)
    if (known || this.#clean.has(start)) return known
    const found = this.#search(start)
    if (found) this.#reached.set(start, found)
    return found
  }

  /** Breadth first. A search that ends without a find has proved every file it saw clean. */
  #search(start: string): PlatformReach | undefined {
    const cameFrom = new Map<string, string | undefined>([[start, undefined]])
    for (const path of cameFrom.keys()) {
      for (const { reference, target } of this.#project.links(path, true)) {
        if (reference.typeOnly || reference.guarded) continue
        if (target.kind === 'builtin') return { builtin: target.name, chain: wayTo(path, cameFrom) }
        const isNew = target.kind === 'file' && !cameFrom.has(target.path) && !this.#clean.has(target.path)
        // A file of a layer answers for itself.
        if (isNew && !this.#project.layerOf(target.path)) cameFrom.set(target.path, path)
      }
    }
    for (const path of cameFrom.keys()) this.#clean.add(path)
    return undefined
  }

  /** To be called when files changed. */
  forget(): void {
    this.#clean.clear()
    this.#reached.clear()
  }
}

function wayTo(path: string, cameFrom: ReadonlyMap<string, string | undefined>): string[] {
  const way: string[] = []
  for (let at: string | undefined = path; at !== undefined; at = cameFrom.get(at)) way.unshift(at)
  return way
}
