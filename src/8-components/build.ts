// The door of the compiler: runs while an app is built or developed.
export { findRefused, type ModuleText } from './compile/check.ts'
export { compileErrors } from './compile/errors.ts'
export { type FoundComponent, findComponentAt, findComponentNamed } from './compile/find-component.ts'
export { findLiveElement, type LiveElement } from './compile/live-element.ts'
export {
  analyseModule,
  type CompiledModule,
  type CompileOptions,
  type ComponentAnalysis,
  compileModule,
  type ModuleAnalysis,
  placeAttribute,
} from './compile/module.ts'
export { type JsxPluginOptions, jsxPlugin } from './compile/plugin.ts'
export { type ModuleUses, type PlainUse, readUses, type Use } from './compile/uses.ts'
