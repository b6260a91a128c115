// The build's door of the contracts: what browsers get of them; and how the compilers of all layers read what a module
// exports.
export { checkContracts } from './compile/check.ts'
export { contractBuildErrors } from './compile/errors.ts'
export { type EvaluateOptions, evaluateContracts } from './compile/evaluate.ts'
export { type ContractsPluginOptions, contractsPlugin } from './compile/plugin.ts'
export { type ModuleExport, type ModuleExports, readExports } from './module-exports.ts'
