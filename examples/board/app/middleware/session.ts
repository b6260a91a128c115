import { Unauthorized } from 'layer9/contracts'
import { guard } from 'layer9/middleware'
import { findSession } from '~/services/sessions'

/** The cookie that names a session. */
export const sessionCookie = 'board_session'
/** The cookie that keeps the reader's choice of light or dark. */
export const themeCookie = 'board_theme'

/** Lets everybody pass and says who it is, if anybody. */
export const visitor = guard(async ({ cookies }) => {
  const token = cookies[sessionCookie]
  return { person: await findSession(token), token, theme: cookies[themeCookie] }
})

/** Lets signed-in neighbours pass. */
export const signedIn = visitor.and(({ context }) => {
  if (!context.person) throw new Unauthorized()
  return { person: context.person }
})
