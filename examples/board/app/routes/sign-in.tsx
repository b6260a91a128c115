import { Form } from 'layer9/components'
import type { LoaderArgs, PageProps } from 'layer9/routes'
import { listDemoPeople, signIn } from '~/api/session'
import '~/components/sign-in.css'

export const loader = async ({ query }: LoaderArgs<'/sign-in'>) => ({
  people: await listDemoPeople(),
  to: query.get('to') ?? '/',
})

export const head = () => ({ title: 'Sign in · Linden Street' })

export default function SignInPage({ data }: PageProps<typeof loader>) {
  return (
    <>
      <div class="page-head">
        <h1>Who are you today?</h1>
        <p class="quiet">This board is a demonstration: choose a neighbour, no password is asked for.</p>
      </div>
      <Form action={signIn} class="people">
        {({ errors }) => (
          <>
            <input type="hidden" name="to" value={data.to} />
            {errors.person && (
              <p class="form-message" role="alert">
                {errors.person}
              </p>
            )}
            {data.people.map((person) => (
              <button key={person.id} type="submit" name="person" value={person.handle} class="person">
                <span class="person-initial" aria-hidden="true">
                  {person.name.slice(0, 1)}
                </span>
                <span>
                  <span class="person-name">{person.name}</span>
                  <span class="person-address">{person.address}</span>
                </span>
              </button>
            ))}
          </>
        )}
      </Form>
    </>
  )
}
