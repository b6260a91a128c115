// The door of the server: our own ingress on node:http.
export { type Authority, isAllowedHost, readAuthority } from './authority.ts'
export { contentTypeOf } from './content-type.ts'
export type { RequestEntry, ServerLimits, ServerOptions, ServerParts } from './options.ts'
export { logRequest } from './request-log.ts'
export { type ScanOptions, scanStatic } from './scan-static.ts'
export { createServer, type Layer9Server, type ListenAddress } from './server.ts'
export { endOnSignals } from './signals.ts'
export type { StaticFile, StaticManifest, StaticVariant } from './static.ts'
