// The door for the browser. What listens on every page is a chunk of its own, and so are the navigation, loaded when it
// is first wanted, what starts roots, loaded when there are any, and what reads tagged props, when there are such.
export { holdEvents, replay } from './early.ts'
export { reloadKept } from './kept-forms.ts'
export { wait } from './later.ts'
export { startNavigation, startRoots } from './listen.ts'
export type { Merge } from './merge.ts'
export { follow, goBack, hint, refresh, submit } from './navigate.ts'
export { type Reading, read, receive } from './receive.ts'
export { type Load, type Roots, settle, start } from './roots.ts'
export { callWith, followSlots, isKept, type Next, readProps, type Starter } from './tagged.ts'
