// The server's door of the contracts: how errors tell where something is, and what was meant. It loads no compiler, so
// commands and servers may use it.
export { nearest } from './nearest.ts'
export { placeOf } from './place-of.ts'
export { showingPlace } from './showing-place.ts'
