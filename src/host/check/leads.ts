// Files that lie in no layer (a `lib/` beside `app/`, a linked package) are seen through: importing one is importing
// all layers' files that it leads to, or a barrel outside would launder every rule.
import { sep } from 'node:path'
import type { Layer } from './layers.ts'
import type { Project } from './project.ts'

/** A file of a layer that is reached through files of none. */
export interface Lead {
  readonly path: string
  readonly layer: Layer
  /** The files on the way, the first being the one that was imported. */
  readonly chain: readonly string[]
  /** Whether some step of the way is erased. */
  readonly typeOnly: boolean
}

/** Whether a file is the project's own, or linked into it, and not an installed package's. */
export function isForeign(path: string): boolean {
  // The types that are generated name routes; a module among them is somebody's own.
  const isGenerated = path.includes(`${sep}.layer9${sep}`) && path.endsWith('.d.ts')
  return !path.includes(`${sep}node_modules${sep}`) && !isGenerated
}

/** The files of layers that a file outside all layers leads to, each once: by a value if any way is one. */
export function leadsOf(start: string, project: Project): Lead[] {
  const found = new Map<string, Lead>()
  const seen = new Set<string>()
  const waiting = [{ path: start, chain: [start], typeOnly: false }]
  for (const { path, chain, typeOnly } of waiting) {
    const state = `${typeOnly}:${path}`
    if (seen.has(state)) continue
    seen.add(state)
    // What packages give by condition counts on both sides.
    for (const { reference, target } of [...project.links(path), ...project.links(path, true)]) {
      const next = { chain, typeOnly: typeOnly || reference.typeOnly }
      const layer = project.layerOfTarget(target)
      const goal = target.kind === 'file' ? target.path : target.kind === 'entry' ? `layer9/${target.name}` : undefined
      if (goal === undefined) continue
      if (layer) {
        if (found.get(goal)?.typeOnly !== false) found.set(goal, { path: goal, layer, ...next })
      } else if (target.kind === 'file' && isForeign(goal))
        waiting.push({ ...next, path: goal, chain: [...chain, goal] })
    }
  }
  return [...found.values()]
}
