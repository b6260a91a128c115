// What `layer9/routes/server` is in a browser: an error that says so.
import { refuse } from './errors.ts'

const refused: never = refuse('layer9/routes/server')

export { refused as createApp }
