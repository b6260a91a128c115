// The door for the browser. The navigation script is a chunk of its own; what starts roots is loaded when there are any.
export { type Load, type Merge, type Roots, refresh, startNavigation } from './navigate.ts'
export { start } from './roots.ts'
