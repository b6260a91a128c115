// What `layer9/lint` is in a browser: an error that says so.
import { refuse } from './errors.ts'

const refused: never = refuse('layer9/lint')

export { refused as default }
