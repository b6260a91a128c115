// The door of the layer rules: what the command line, the development server and the build use.
export { canaryPlugin } from './canary.ts'
export {
  type CheckedEdge,
  type CheckedFile,
  Checker,
  type CheckOptions,
  type CheckResult,
  checkLayers,
} from './checker.ts'
export { drawViolation } from './draw.ts'
export type { Repair, TextEdit } from './edit.ts'
export { errors, type Leak } from './errors.ts'
export { type Importer, type Inspection, inspectFile, type Runs } from './inspect.ts'
export { type Arrow, drawLadder, type Ladder, measureLadder, type Rung } from './ladder.ts'
export { describeLayer, layerOfAppPath } from './layers.ts'
export type { Outsider } from './outside.ts'
export { type LayersPluginOptions, layersPlugin } from './plugin.ts'
export type { Mode } from './project.ts'
export { checkProjects, type FoundProject, type ProjectsOptions } from './projects.ts'
export { layerFinder, type OutputItem, type ProveOptions, proveBrowser } from './prove.ts'
export { describeRepair, type ReportedViolation } from './reported.ts'
export type { Alias } from './resolve.ts'
export { type CheckedProject, type RunCheckOptions, type RunCheckResult, runCheck } from './run.ts'
export type { Changes } from './since.ts'
export { type Facts, ruleTitles, type Violation, type ViolationCode } from './violation.ts'
