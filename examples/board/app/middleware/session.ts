import { Unauthorized } from 'layer9/contracts'
import { cookies, guard } from 'layer9/middleware'
import { findSession } from '~/services/sessions'

/** The cookie that names a session. */
export const sessionCookie = 'board_session'
/** The cookie that keeps the reader's choice of light or dark. */
export const themeCookie = 'board_theme'

/** Lets everybody pass and says who it is, if anybody. */
export const visitor = guard(({ request }) => {
  const jar = cookies(request)
  return { person: findSession(jar[sessionCookie]), token: jar[sessionCookie], theme: jar[themeCookie] }
})

/** Lets signed-in neighbours pass. */
export const signedIn = visitor.and(({ context }) => {
  if (!context.person) throw new Unauthorized()
  return { person: context.person }
})
