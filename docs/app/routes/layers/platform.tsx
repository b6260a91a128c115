import type { PageProps } from 'layer9/routes'
import { Code } from '~/components/Code'
import { LayerPage } from '~/components/LayerPage'

export const head = () => ({ title: '2 · platform · Layer9' })

export default function PlatformPage(_props: PageProps<'/layers/platform'>) {
  return (
    <LayerPage name="platform">
      <p class="lead">
        Where the app runs: its log, what belongs to the current request, clients of other services. The rest of the
        server knows the platform by what it offers, not by what it is.
      </p>

      <h2>Settings</h2>
      <p>
        What the process has to be given is declared in <code>app/platform/env.ts</code>, by the same{' '}
        <a href="/fields">fields</a> as contracts. Each variable is read as its field says: <code>3000</code> is a
        number, <code>true</code> and <code>1</code> are yes, a list has commas. An empty variable is one that is not
        set. The result is typed and frozen.
      </p>
      <Code file="app/platform/env.ts">{`
import { array, email, integer, text, url } from 'layer9/contracts'
import { env } from 'layer9/platform'

export const settings = env({
  SITE_URL: url().default('http://localhost:3000'),
  PAGE_SIZE: integer({ min: 1, max: 100 }).default(20),
  STRIPE_KEY: text({ min: 20 }),
  REPORT_TO: array(email()),
  SENTRY_URL: url({ help: 'errors are sent there' }).optional(),
})
`}</Code>
      <p>
        That file is loaded before the rest of the app, so that a process that lacks something ends before it listens,
        and <code>layer9 dev</code> says so on every page. One message lists everything, and never a value, which may be
        a password:
      </p>
      <Code output>{`
ENV_INVALID  3 environment variables are missing or wrong:
    PAGE_SIZE is wrong: it takes a whole number of 1 to 100
    STRIPE_KEY is missing: it takes a text of 20 characters or more
    REPORT_TO is missing: it takes a list, with commas between, of which each is an email address
  Fix: Set PAGE_SIZE, STRIPE_KEY, REPORT_TO where the process is started, and start it again.   More: layer9 explain ENV_INVALID
`}</Code>
      <p>
        <code>layer9 build</code> needs none of them: one build serves all environments. Layers above the wire cannot
        import the platform, so settings never reach the browser; what anyone may see has{' '}
        <a href="#public">names of its own</a>. Layer9 reads no <code>.env</code> file; Node does:{' '}
        <code>node --env-file=.env node_modules/layer9/bin/layer9.js dev</code> as the <code>dev</code> script.
      </p>

      <h2>Log</h2>
      <p>
        Lines in development, JSON in production: one object a line, with <code>time</code>, <code>level</code>,{' '}
        <code>msg</code> and what else there is, errors with their stacks under <code>err</code>. Every request has a
        line with <code>method</code>, <code>path</code>, <code>status</code> and <code>milliseconds</code>. Data goes
        beside the message, never into it, so that a machine can count what people can read.
      </p>
      <Code file="app/platform/weather.ts">{`
import { log } from 'layer9/platform'

export async function fetchForecast(place: string) {
  const url = new URL('https://weather.example/forecast')
  url.searchParams.set('place', place)
  const response = await fetch(url)
  if (response.ok) return await response.text()
  log.warn('no forecast', { place, status: response.status })
}
`}</Code>

      <h2>The current request</h2>
      <p>
        <code>contextKey</code> is a typed place that each request has for itself. Whatever runs below the request can
        read it, without handing it through every function.
      </p>
      <Code file="app/platform/tenant.ts">{`
import { contextKey } from 'layer9/platform'

const tenant = contextKey<string>('tenant')

export const useTenantOf = (host: string) =>
  tenant.set(host.split('.')[0] ?? 'main')
export const currentTenant = () => tenant.get() ?? 'main'
`}</Code>

      <h2>Closing what was opened</h2>
      <p>
        A connection or timer that a module opens is closed by <code>onDispose</code>: when the server stops, and in
        development before the module is replaced.
      </p>
      <Code file="app/platform/clock.ts">{`
import { log, onDispose } from 'layer9/platform'

const timer = setInterval(() => log.debug('still here'), 60_000)
onDispose(() => clearInterval(timer))
`}</Code>

      <h2>Configuration</h2>
      <p>
        <code>layer9.config.ts</code> is optional, and so is each of its options: <code>base</code>, <code>host</code>,{' '}
        <code>port</code>, <code>origins</code>, <code>cors</code>, <code>trustProxy</code>, <code>allowedHosts</code>,{' '}
        <code>navigation</code>, <code>webAssembly</code>, <code>workers</code>, <code>limits</code>,{' '}
        <code>budgets</code> and <code>vite</code>. The variables <code>HOST</code>, <code>PORT</code> and{' '}
        <code>WORKERS</code> win. An option that does not exist is an error that names the nearest one. A running{' '}
        <code>layer9 dev</code> takes up what is changed there. <a href="/production">In production</a> tells what they
        are for.
      </p>
      <Code file="layer9.config.ts">{`
import { defineConfig } from 'layer9/config'

export default defineConfig({
  base: '/board/',
  trustProxy: true, // behind a proxy that sets X-Forwarded-*
  limits: { body: 5 * 1024 * 1024, requestsPerMinute: 300 },
  // bytes a page, compressed; more fails the build
  budgets: { '*': { script: 20_000 } },
})
`}</Code>

      <p>
        An app at <code>/board/</code> is written as one at <code>/</code>: <code>href</code> and <code>redirect</code>{' '}
        put the base in front, <code>path</code> of a page is without it, and <code>appBase()</code> of{' '}
        <code>layer9/contracts</code> is for files of <code>public/</code>.
      </p>

      <h2 id="public">Configuration that anyone may see</h2>
      <p>
        Variables whose names begin with <code>PUBLIC_</code> are read when the server starts, and reach the browser as
        data in every document: one build serves staging and production. <code>publicEnv</code>, from{' '}
        <code>layer9/contracts</code>, reads them in any layer, on both sides. No other variable leaves the server.
      </p>
      <Code file="app/components/Support.tsx">{`
import { publicEnv } from 'layer9/contracts'

export function Support() {
  const mail = publicEnv('PUBLIC_SUPPORT_MAIL') ?? 'help@example.com'
  return <a href={'mailto:' + mail}>{mail}</a>
}
`}</Code>

      <h2>Not there yet</h2>
      <p>A cache, file storage and messages between processes of an app.</p>
    </LayerPage>
  )
}
