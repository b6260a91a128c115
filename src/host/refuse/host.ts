// What `layer9/host` is in a browser: an error that says so.
import { refuse } from './errors.ts'

const refused: never = refuse('layer9/host')

export {
  refused as contentTypeOf,
  refused as createServer,
  refused as endOnSignals,
  refused as isAllowedHost,
  refused as logRequest,
  refused as outliveFaults,
  refused as readAuthority,
  refused as scanStatic,
}
