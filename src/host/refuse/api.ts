// What `layer9/api` is in a browser: an error that says so.
import { errors } from './errors.ts'

throw errors.SERVER_DOOR_IN_BROWSER({ door: 'layer9/api' })
