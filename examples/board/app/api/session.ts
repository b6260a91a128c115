import { action, query } from 'layer9/api'
import { Invalid, redirect } from 'layer9/contracts'
import { cookie, everyone } from 'layer9/middleware'
import { ChooseTheme, SignIn, themes } from '~/contracts/session'
import { sessionCookie, themeCookie, visitor } from '~/middleware/session'
import { demoPeople, findDemoPerson } from '~/services/people'
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

export const listDemoPeople = query({ access: everyone, handler: async () => await demoPeople() })

export const signIn = action({
  access: everyone,
  input: SignIn,
  handler: async ({ input }) => {
    const person = await findDemoPerson(input.person)
    if (!person) throw new Invalid({ person: 'Choose one of the neighbours below.' })
    const token = await beginSession(person.id)
    cookie.set(sessionCookie, token, { session: true })
    redirect(input.to)
  },
})

export const signOut = action({
  access: visitor,
  handler: async ({ context }) => {
    await endSession(context.token)
    cookie.clear(sessionCookie, { session: true })
    redirect('/')
  },
})

export const chooseTheme = action({
  access: everyone,
  input: ChooseTheme,
  handler: ({ input }) => cookie.set(themeCookie, input.theme, { maxAge: year, httpOnly: false }),
})
