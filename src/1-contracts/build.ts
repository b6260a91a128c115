// The build's door of the contracts: how the compilers of all layers tell where an error is, and what was meant.
export { nearest } from './nearest.ts'
export { placeOf } from './place-of.ts'
export { showingPlace } from './showing-place.ts'
