// What `layer9/config` is in a browser: an error that says so.
import { refuse } from './errors.ts'

const refused: never = refuse('layer9/config')

export { refused as defineConfig, refused as resolveConfig }
