// Rule 2 for the framework's own source: what its browser doors reach. Server halves of layers 7 to 9 may use what
// lies below the wire; a browser's graph may not.
import { packageEntries } from './doors.ts'
import { isServerLayer } from './layers.ts'
import type { PlatformWalk } from './platform.ts'
import type { Project } from './project.ts'
import type { Reference } from './reference.ts'
import { type Breach, violationAt } from './report.ts'
import type { Violation } from './violation.ts'

/** The violations in the graph that begins at the entries a browser is given. */
export function judgeBrowserGraph(project: Project, platform: PlatformWalk): Violation[] {
  if (project.mode !== 'source') return []
  const entries = packageEntries(project)
  const serverDoors = new Set(entries.filter((entry) => entry.browserSource).map((entry) => entry.source))
  const cameFrom = new Map<string, string | undefined>()
  for (const { source, browserSource } of entries) {
    if (!browserSource && project.disk.isFile(source)) cameFrom.set(source, undefined)
  }
  const found: Violation[] = []
  for (const path of cameFrom.keys()) {
    for (const { reference, target } of project.links(path, true)) {
      if (reference.typeOnly || target.kind === 'none') continue
      const file = target.kind === 'file' ? target.path : undefined
      const breach = breachOf({ reference, file, builtin: target.kind === 'builtin' ? target.name : undefined })
      if (breach) found.push(violationAt(path, reference, { ...breach, chain: wayTo(path), project }))
      else if (file && project.layerOf(file) && !cameFrom.has(file)) cameFrom.set(file, path)
    }
  }
  return found

  function breachOf(at: {
    reference: Reference
    file: string | undefined
    builtin: string | undefined
  }): Breach | undefined {
    if (at.builtin) return { code: 'LAYER_PLATFORM', target: at.builtin }
    if (!at.file) return undefined
    const layer = project.layerOf(at.file)
    if (!layer) {
      const reached = platform.reach(at.file)
      return reached && { code: 'LAYER_PLATFORM', target: reached.builtin }
    }
    const offWire = isServerLayer(layer) || serverDoors.has(at.file)
    return offWire ? { code: 'LAYER_WIRE', to: layer, target: at.file } : undefined
  }

  function wayTo(path: string): string[] {
    const way: string[] = []
    for (let at: string | undefined = path; at !== undefined; at = cameFrom.get(at)) way.unshift(at)
    return way
  }
}
