// What `layer9/testing` is in a browser: an error that says so.
import { refuse } from './errors.ts'

const refused: never = refuse('layer9/testing')

export { refused as testApp }
