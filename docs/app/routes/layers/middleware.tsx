import type { PageProps } from 'layer9/routes'
import { Code } from '~/components/Code'
import { LayerPage } from '~/components/LayerPage'

export const head = () => ({ title: '5 · middleware · Layer9' })

export default function MiddlewarePage(_props: PageProps<'/layers/middleware'>) {
  return (
    <LayerPage name="middleware">
      <p class="lead">
        Who may pass. A guard looks at the request and adds what it found out, or throws. Guards hang on pages and
        procedures, never on paths, so there is no second way around them.
      </p>

      <h2>Guards</h2>
      <p>
        What a guard returns is in the <code>context</code> of every handler behind it, with its type. <code>and</code>{' '}
        puts another one behind it, which sees what the first one added.
      </p>
      <Code file="app/middleware/session.ts">{`
import { Forbidden, Unauthorized } from 'layer9/contracts'
import { guard } from 'layer9/middleware'

const names = new Map([['c0ffee', 'ada'], ['decade', 'grace']])

export const signedIn = guard(({ cookies }) => {
  const user = names.get(cookies['session'] ?? '')
  if (!user) throw new Unauthorized()
  return { user }
})

export const moderator = signedIn.and(({ context }) => {
  if (context.user !== 'ada') throw new Forbidden()
})
`}</Code>
      <p>
        <code>everyone</code> lets everybody pass. It has to be written: an action or query without a rule does not
        compile.
      </p>

      <h2>Around every request</h2>
      <p>
        <code>app/middleware/index.ts</code> is optional. It names the guards that pages may ask for, and steps that run
        before and after everything else: <code>before</code> in order, <code>after</code> in reverse. There is no{' '}
        <code>next()</code>: a step that has answered is done.
      </p>
      <Code file="app/middleware/index.ts">{`
import { chain, guards, middleware } from 'layer9/middleware'
import { moderator, signedIn } from '~/middleware/session'

export const access = guards({ signedIn, moderator })

export default chain(
  middleware({
    after: (_incoming, reply) => ({
      ...reply,
      headers: { ...reply.headers, 'x-clacks-overhead': 'GNU Terry Pratchett' },
    }),
  }),
)
`}</Code>

      <h2>Always there</h2>
      <p>
        Beneath an app's own steps run security headers (no inline script is allowed anywhere), a check of the origin of
        everything that changes state, a limit of the body and a limit of requests. They are adjusted by configuration,
        and not lost by forgetting them.
      </p>

      <h2>Other origins</h2>
      <p>
        Nobody else is let in by default. <code>layer9.config.ts</code> has two lists, and neither opens the other.{' '}
        <code>cors.origins</code> says whose scripts may read what queries, actions and endpoints answer; pages, their
        forms and files are never among it. <code>origins</code> says who may change state: send a form or a POST, PUT,
        PATCH or DELETE. Reading by a <code>GET</code> route needs the first alone. A query or action that is called by
        its name is a POST, so its caller is named in both.
      </p>
      <Code>{`
// layer9.config.ts
import { defineConfig } from 'layer9/config'

export default defineConfig({
  origins: ['https://admin.example.com'], // may send
  cors: {
    origins: ['https://admin.example.com', 'https://status.example.com'], // may read
    credentials: true, // with cookies; default false
    headers: ['authorization'], // besides content-type
    maxAge: 3600, // seconds that a browser remembers; default 600
  },
})
`}</Code>
      <p>
        <code>*</code> is refused, and <code>Origin: null</code> is always foreign. An endpoint that everybody may read
        sets <code>access-control-allow-origin</code> itself.
      </p>

      <h2>Cookies</h2>
      <p>
        A guard reads <code>cookies</code>. <code>cookie</code>, from <code>layer9/middleware</code>, has{' '}
        <code>cookie.set</code> and <code>cookie.clear</code>, which work in whatever runs for a request:{' '}
        <code>HttpOnly</code>, <code>SameSite=Lax</code> and, over https, <code>Secure</code>, unless told otherwise.
      </p>
    </LayerPage>
  )
}
