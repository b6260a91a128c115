// The door for builds: what the host makes of the names and texts of route files, before any of them runs.
export { checkRouteExports, readGuardNames } from './route-exports.ts'
export { checkRouteTypes, routeTypes } from './route-types.ts'
export { type Folder, isRouteFile, layoutId, type Page, type RouteTree, readTree, type Segment } from './tree.ts'
export { findUnlinked, type LinkSource } from './unlinked.ts'
