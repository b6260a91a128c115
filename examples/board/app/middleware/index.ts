import { guards } from 'layer9/middleware'
import { signedIn } from '~/middleware/session'

/** The rules that pages may name. */
export const access = guards({ signedIn })
