// The door of the platform: where an app runs. Server only.
export {
  addReplyHeader,
  type ContextKey,
  contextKey,
  currentRequest,
  findRequest,
  type OpenRequest,
  openRequest,
  runRequest,
} from './context.ts'
export { disposeAll, onDispose } from './dispose.ts'
export { env, type Settings } from './env.ts'
export { etagOf, matchesEtag } from './etag.ts'
export type { Handler, Incoming, Reply } from './exchange.ts'
export { createLog, drawLine, type Log, type LogData, type LogLevel, type LogSink, log } from './log.ts'
export { noPageReply } from './no-page.ts'
export { type AskPrimary, type Channel, type Driver, findPrimary, joinPrimary, serveDrivers } from './primary.ts'
export { pickPublic, publicVariables } from './public-env.ts'
export {
  json,
  outcomeReply,
  type ProblemOptions,
  problem,
  type ReplyOptions,
  redirectReply,
  text,
} from './reply.ts'
export { isThenable } from './thenable.ts'
export { type FromRequestOptions, fromRequest, toReply, toResponse } from './web.ts'
