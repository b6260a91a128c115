// The build's door of the contracts: how the compilers of all layers read what a module exports, and tell where an error
// is and what was meant.
export { type ModuleExport, type ModuleExports, readExports } from './module-exports.ts'
export { nearest } from './nearest.ts'
export { placeOf } from './place-of.ts'
export { showingPlace } from './showing-place.ts'
