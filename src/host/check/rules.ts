// Rules 1 to 3, one file at a time. Rule 4 needs the whole graph: cycles.ts.
import { breachOfDoor } from './doors.ts'
import { isAboveWire, isForBrowsers, isServerLayer, isTest, type Layer } from './layers.ts'
import { isForeign, leadsOf } from './leads.ts'
import type { PlatformWalk } from './platform.ts'
import type { Link, Project } from './project.ts'
import { type Reference, takesFile } from './reference.ts'
import { type Breach, violationAt } from './report.ts'
import { isCode } from './scan.ts'
import type { Violation } from './violation.ts'

/** What the rules look at. */
export interface Ground {
  readonly project: Project
  readonly platform: PlatformWalk
}

interface Place {
  readonly path: string
  readonly layer: Layer
}

/** The violations of one file of a layer by its own references, in the order of the file, one for each reference. */
export function judgeFile(path: string, ground: Ground): Violation[] {
  const { project } = ground
  const layer = project.layerOf(path)
  const scan = project.scan(path)
  if (!layer || !scan || isTest(path, project.mode)) return []
  const breaches = new Map<Reference, Breach>()
  const { fault } = scan
  if (fault) {
    const whole: Reference = { ...fault, form: 'import', specifier: null, typeOnly: false, names: [] }
    breaches.set(whole, { code: 'LAYER_UNREADABLE', reason: fault.message })
  }
  for (const [reference, breach] of breachesOf({ path, layer }, scan.references, ground)) {
    if (!breaches.has(reference)) breaches.set(reference, breach)
  }
  const found = [...breaches].map(([reference, breach]) => violationAt(path, reference, { ...breach, project }))
  return found.sort((left, right) => left.line - right.line || left.column - right.column)
}

/** The breaches of a file, the most telling first where a reference has several. */
function* breachesOf(from: Place, references: readonly Reference[], ground: Ground): Generator<[Reference, Breach]> {
  const { project, platform } = ground
  const isApp = project.mode === 'app'
  // The host must load what an app's build made: in the framework's own source a computed import is no fault.
  const unknown = isApp ? references.filter(({ specifier }) => specifier === null) : []
  for (const reference of unknown) yield [reference, { code: 'LAYER_COMPUTED_IMPORT' }]
  for (const link of project.links(from.path)) {
    const breach = breachOfLayers(link, from, project)
    if (breach) yield [link.reference, breach]
  }
  if (!isApp || !isForBrowsers(from.layer)) return
  // What a browser would be given, for packages choose by condition.
  for (const link of project.links(from.path, true)) {
    const breach = breachOfLayers(link, from, project) ?? breachOfPlatform(link, platform, project)
    if (breach) yield [link.reference, breach]
  }
}

/** Rules 1 and 2, tests, doors. */
function breachOfLayers({ target, reference }: Link, from: Place, project: Project): Breach | undefined {
  if (target.kind === 'builtin') return undefined
  const to = project.layerOfTarget(target)
  const goal = target.kind === 'entry' ? `layer9/${target.name}` : target.path
  if (goal === undefined) return undefined
  if (target.kind === 'file' && isTest(goal, project.mode)) return { code: 'LAYER_TEST_IMPORT', target: goal }
  if (!to) return target.kind === 'file' ? breachThrough(goal, { reference, from, project }) : undefined
  const { typeOnly } = reference
  const asFile = target.kind === 'file' && isCode(goal) && (takesFile(reference) || reference.form === 'style')
  const code = brokenRule({ from: from.layer, to, typeOnly, asFile, project })
  if (code) return { code, to, target: goal, ...(asFile && { asFile }) }
  return target.kind === 'file' ? breachOfDoor(from, { path: goal, layer: to }, project) : undefined
}

interface Pair {
  readonly from: Layer
  readonly to: Layer
  readonly typeOnly: boolean
  /** Of a module of `api` browsers get a stub, but of its file the source. */
  readonly asFile?: boolean
  readonly project: Project
}

/** Rules 1 and 2 for a pair of layers. The wire of the framework's own source: browser-graph.ts. */
function brokenRule({ from, to, typeOnly, asFile = false, project }: Pair): Breach['code'] | undefined {
  if (to.number > from.number) return 'LAYER_UPWARD'
  const staysOnServer = isServerLayer(to) || (asFile && to.number === 6)
  const overWire = project.mode === 'app' && isAboveWire(from) && staysOnServer
  return overWire && !typeOnly ? 'LAYER_WIRE' : undefined
}

/** What an import breaks by way of files that lie in no layer. */
function breachThrough(
  start: string,
  { reference, from, project }: { reference: Reference; from: Place; project: Project },
): Breach | undefined {
  if (!isForeign(start)) return undefined
  for (const { path, layer, chain, ...lead } of leadsOf(start, project)) {
    const typeOnly = reference.typeOnly || lead.typeOnly
    const code = brokenRule({ from: from.layer, to: layer, typeOnly, project })
    if (code) return { code, to: layer, target: path, chain }
  }
  return undefined
}

/** Rule 3. A type is erased and brings nothing along. */
function breachOfPlatform({ target, reference }: Link, platform: PlatformWalk, project: Project): Breach | undefined {
  if (reference.typeOnly) return undefined
  if (target.kind === 'builtin') return { code: 'LAYER_PLATFORM', target: target.name }
  // A file of a layer answers for itself.
  if (target.kind !== 'file' || project.layerOf(target.path)) return undefined
  const reached = platform.reach(target.path)
  return reached && { code: 'LAYER_PLATFORM', target: reached.builtin, chain: reached.chain }
}
