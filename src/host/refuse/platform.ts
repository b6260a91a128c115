// What `layer9/platform` is in a browser: an error that says so.
import { refuse } from './errors.ts'

const refused: never = refuse('layer9/platform')

export {
  refused as addReplyHeader,
  refused as contextKey,
  refused as createLog,
  refused as currentRequest,
  refused as disposeAll,
  refused as drawLine,
  refused as env,
  refused as etagOf,
  refused as findPrimary,
  refused as findRequest,
  refused as fromRequest,
  refused as isThenable,
  refused as joinPrimary,
  refused as json,
  refused as log,
  refused as matchesEtag,
  refused as noPageReply,
  refused as onDispose,
  refused as openRequest,
  refused as outcomeReply,
  refused as pickPublic,
  refused as problem,
  refused as publicVariables,
  refused as redirectReply,
  refused as runRequest,
  refused as serveDrivers,
  refused as text,
  refused as toReply,
  refused as toResponse,
}
