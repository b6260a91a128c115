import { action, query } from 'layer9/api'
import { Invalid, redirect } from 'layer9/contracts'
import { cookie, everyone } from 'layer9/middleware'
import { ChooseTheme, SignIn, themes } from '~/contracts/session'
import { sessionCookie, themeCookie, visitor } from '~/middleware/session'
import { demoPeople } from '~/services/people'
import { beginSession, endSession } from '~/services/sessions'

const year = 365 * 24 * 60 * 60

/** Who looks, and how they like it. */
export const getVisitor = query({
  access: visitor,
  handler: ({ context }) => ({
    person: context.person ?? null,
    theme: themes.find((theme) => theme === context.theme) ?? null,
  }),
})

export const listDemoPeople = query({ access: everyone, handler: () => demoPeople() })

export const signIn = action({
  access: everyone,
  input: SignIn,
  handler: ({ input }) => {
    const token = beginSession(input.person)
    if (!token) throw new Invalid({ person: 'Choose one of the neighbours below.' })
    cookie.set(sessionCookie, token, { session: true })
    redirect(input.to)
  },
})

export const signOut = action({
  access: visitor,
  handler: ({ context }) => {
    endSession(context.token)
    cookie.clear(sessionCookie, { session: true })
    redirect('/')
  },
})

export const chooseTheme = action({
  access: everyone,
  input: ChooseTheme,
  handler: ({ input }) => cookie.set(themeCookie, input.theme, { maxAge: year, httpOnly: false }),
})
