// Rules 1 to 3, one file at a time. Rule 4 needs the whole graph: cycles.ts.
import { breachOfDoor } from './doors.ts'
import { isAboveWire, isForBrowsers, isServerLayer, isTest, type Layer } from './layers.ts'
import { isForeign, leadsOf } from './leads.ts'
import type { PlatformWalk } from './platform.ts'
import type { Link, Project } from './project.ts'
import type { Reference } from './reference.ts'
import { type Breach, violationAt } from './report.ts'
import type { Violation } from './violation.ts'

/** What the rules look at. */
export interface Ground {
  readonly project: Project
  readonly platform: PlatformWalk
}

/** The violations of one file of a layer by its own references, in the order of the file. */
export function judgeFile(path: string, ground: Ground): Violation[] {
  const { project } = ground
  const from = project.layerOf(path)
  const scan = project.scan(path)
  if (!from || !scan || isTest(path)) return []
  const found: Violation[] = []
  const { fault } = scan
  if (fault) {
    const whole: Reference = { ...fault, form: 'import', specifier: null, typeOnly: false, names: [] }
    found.push(violationAt(project, path, whole, { code: 'LAYER_UNREADABLE', reason: fault.message }))
  }
  for (const reference of scan.references) {
    // The host must load what an app's build made: in the framework's own source a computed import is no fault.
    if (reference.specifier !== null || project.mode === 'source') continue
    found.push(violationAt(project, path, reference, { code: 'LAYER_COMPUTED_IMPORT' }))
  }
  const reported = new Set<Reference>()
  for (const link of project.links(path)) {
    if (reported.has(link.reference)) continue
    const breach = breachOf(link, { path, layer: from }, ground)
    if (!breach) continue
    reported.add(link.reference)
    found.push(violationAt(project, path, link.reference, breach))
  }
  return found.sort((left, right) => left.line - right.line || left.column - right.column)
}

/** The rule that one link breaks, the most telling first. */
function breachOf(link: Link, from: { path: string; layer: Layer }, ground: Ground): Breach | undefined {
  const { project } = ground
  const { target, reference } = link
  if (target.kind === 'builtin') {
    const forbidden = project.mode === 'app' && isForBrowsers(from.layer) && !reference.typeOnly
    return forbidden ? { code: 'LAYER_PLATFORM', target: target.name } : undefined
  }
  const to = project.layerOfTarget(target)
  const goal = target.kind === 'entry' ? `layer9/${target.name}` : target.path
  if (goal !== undefined && target.kind === 'file' && isTest(goal)) return { code: 'LAYER_TEST_IMPORT', target: goal }
  if (to && goal !== undefined) {
    const code = brokenRule(from.layer, to, reference.typeOnly, project.mode === 'app')
    if (code) return { code, to, target: goal }
    return target.kind === 'file' ? breachOfDoor(from, { path: goal, layer: to }, project) : undefined
  }
  return target.kind === 'file' ? breachThrough(link, target.path, { from, ground }) : undefined
}

/** Rules 1 and 2 for a pair of layers. */
function brokenRule(
  from: Layer,
  to: Layer,
  typeOnly: boolean,
  wire: boolean,
): 'LAYER_UPWARD' | 'LAYER_WIRE' | undefined {
  if (to.number > from.number) return 'LAYER_UPWARD'
  return wire && isAboveWire(from) && isServerLayer(to) && !typeOnly ? 'LAYER_WIRE' : undefined
}

/** What an import breaks by way of files outside all layers, or of a package. */
function breachThrough(
  { reference }: Link,
  start: string,
  { from, ground }: { from: { layer: Layer }; ground: Ground },
): Breach | undefined {
  const { project, platform } = ground
  if (isForeign(start)) {
    for (const lead of leadsOf(start, project)) {
      const typeOnly = reference.typeOnly || lead.typeOnly
      const code = brokenRule(from.layer, lead.layer, typeOnly, project.mode === 'app')
      if (code) return { code, to: lead.layer, target: lead.path, chain: lead.chain }
    }
  }
  if (project.mode !== 'app' || !isForBrowsers(from.layer) || reference.typeOnly) return undefined
  const reached = platform.reach(start)
  return reached && { code: 'LAYER_PLATFORM', target: reached.builtin, chain: reached.chain }
}
