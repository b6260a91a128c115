// The door for the browser. The navigation script is a chunk of its own; what starts roots is loaded when there are any,
// and what reads tagged props when there are such.
export { type Load, type Merge, type Roots, refresh, startNavigation } from './navigate.ts'
export { start } from './roots.ts'
export { followSlots, type Next, readProps } from './tagged.ts'
