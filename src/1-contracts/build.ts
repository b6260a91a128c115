// The build's door of the contracts: how the compilers of all layers tell Vite where an error is.
export { showingPlace } from './showing-place.ts'
