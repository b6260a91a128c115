// What `layer9/api` is in a browser: an error that says so.
import { refuse } from './errors.ts'

const refused: never = refuse('layer9/api')

export {
  refused as action,
  refused as createApi,
  refused as definitionOf,
  refused as endpoint,
  refused as guardsDecided,
  refused as isEndpoint,
  refused as query,
  refused as readForm,
  refused as register,
}
