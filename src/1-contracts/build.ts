// The build's door of the contracts: how the compilers of all layers tell where an error is.
export { placeOf } from './place-of.ts'
export { showingPlace } from './showing-place.ts'
