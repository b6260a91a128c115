import type { PageProps } from 'layer9/routes'
import { Code } from '~/components/Code'

export const head = () => ({ title: 'From page to page: Layer9' })

export default function NavigationPage(_props: PageProps<'/navigation'>) {
  return (
    <div class="prose">
      <h1>From page to page</h1>
      <p class="lead">
        There is one way to render a page: the document. A link is a link, a form is a form, and both work without
        JavaScript. With it, the same document is fetched and merged into the page that is shown, so that what both have
        stays as it is.
      </p>

      <h2>Links and layouts</h2>
      <p>
        Nothing is imported for it. The layout below stays when its links are followed: the count in its button goes on,
        and <code>aria-current</code> is that of the new page.
      </p>
      <Code file="app/routes/layout.tsx">{`
import type { LayoutProps } from 'layer9/routes'
import { Clicks } from '~/components/Clicks'

const links = [
  ['/', 'Home'],
  ['/report', 'Report'],
  ['/write', 'Write'],
] as const

export default function Layout({ children, path }: LayoutProps<'/'>) {
  return (
    <>
      <nav>
        {links.map(([url, name]) => (
          <a
            key={url}
            href={url}
            aria-current={path === url ? 'page' : undefined}
          >
            {name}
          </a>
        ))}
      </nav>
      <Clicks />
      <main>{children}</main>
    </>
  )
}
`}</Code>
      <Code file="app/components/Clicks.tsx">{`
import { useState } from 'layer9/components'

export function Clicks() {
  const [count, setCount] = useState(0)
  return (
    <button type="button" onClick={() => setCount(count + 1)}>
      {count} clicks
    </button>
  )
}
`}</Code>
      <Code file="app/routes/index.tsx">{`
export const head = { title: 'Home' }

export default function Home() {
  return (
    <>
      <h1>Home</h1>
      <a href="/report" data-layer9-prefetch="visible">
        The report of today
      </a>
    </>
  )
}
`}</Code>
      <p>
        Taken over are links to pages of the app. What is no page (an endpoint, a file) the server marks, and the
        browser loads it as ever, so no endpoint runs twice. So it does with <code>target</code>, <code>download</code>,{' '}
        <code>data-layer9-reload</code>, other origins, and clicks that open a tab. After a navigation the focus is on{' '}
        <code>autofocus</code>, the place that the link names, or <code>main</code>, and the title is announced.
      </p>
      <p>
        Every page loads a script of less than a kilobyte that listens, and what starts its live components. What
        fetches and merges is loaded when a link is first pointed at, touched, focused or clicked. Where it cannot be
        had, links and forms are the browser&rsquo;s. <code>navigation: false</code> in <code>layer9.config.ts</code>{' '}
        leaves all of it out.
      </p>

      <h2>What a merge keeps</h2>
      <p>
        A layout or page with the values of its parameters is a <em>segment</em>: <code>/posts/1</code> and{' '}
        <code>/posts/2</code> are two. Segments that both documents have are made equal to the new one, node by node; a
        live component that both have gets its new props and keeps its state. Segments that differ are replaced whole,
        and what ran in them is stopped. What people typed, chose or opened stays, and so does an element with{' '}
        <code>data-layer9-keep</code>. In lists give items a <code>key</code>.
      </p>
      <p>
        A document of another build, an answer that is no document, and a network that fails are full loads. Error pages
        are merged like others.
      </p>

      <h2>Before the click</h2>
      <p>
        The document of a link is asked for when the pointer rests on it, at a touch, and on focus; with{' '}
        <code>data-layer9-prefetch="visible"</code> when it comes into view, and never with{' '}
        <code>data-layer9-prefetch="none"</code>. There is a budget: two at a time, eight documents and 256 KB a page,
        and nothing for visitors who save data. Five documents are kept for 30 seconds, and none once an action ran.
      </p>

      <h2>Back</h2>
      <p>
        The last ten pages are kept as they were left. Going back shows one at once, where it stood and with what was
        typed; what ran in it starts anew with the document that is fetched meanwhile and merged.
      </p>

      <h2>Parts that come later</h2>
      <p>
        A loader may return a promise. The page is shown without waiting for it, with a fallback in its place, and the
        rest comes in the same answer: on a full load, in a navigation, and without scripts too.
      </p>
      <Code file="app/api/report.ts">{`
import { query } from 'layer9/api'
import { everyone } from 'layer9/middleware'
import { sumUp } from '~/services/report'

export const getReport = query({ access: everyone, handler: () => sumUp() })
`}</Code>
      <Code file="app/services/report.ts">{`
export const sumUp = async () => {
  await new Promise((resolve) => setTimeout(resolve, 500))
  return { visitors: 9 }
}
`}</Code>
      <Code file="app/routes/report.tsx">{`
import { Await } from 'layer9/components'
import type { PageProps } from 'layer9/routes'
import { getReport } from '~/api/report'

export const head = { title: 'Report' }

export const loader = () => ({ report: getReport() })

export default function Report({ data }: PageProps<typeof loader>) {
  return (
    <>
      <h1>Report</h1>
      <Await value={data.report} fallback={<p>Counting…</p>}>
        {(report) => <p>{report.visitors} visitors</p>}
      </Await>
    </>
  )
}
`}</Code>
      <p>
        Whoever leaves meanwhile ends it: the connection is closed, the <code>signal</code> of loaders and requests is
        aborted, and the server renders no more of that page.
      </p>

      <h2>Unsaved work</h2>
      <p>
        <code>useLeaveGuard</code> asks before a page is left, by a link, by a form that only asks, or by the
        browser&rsquo;s buttons; when the tab is closed the browser asks in its own words. A function decides itself, at
        once or later. A false value guards nothing.
      </p>
      <Code file="app/components/Draft.tsx">{`
import { useLeaveGuard, useState } from 'layer9/components'

export function Draft() {
  const [text, setText] = useState('')
  useLeaveGuard(text !== '' && 'Leave without saving?')
  return <textarea aria-label="Text" value={text} onInput={(event) => setText(event.currentTarget.value)} />
}
`}</Code>
      <Code file="app/routes/write.tsx">{`
import { Draft } from '~/components/Draft'

export const head = { title: 'Write' }

export default function Write() {
  return (
    <>
      <h1>Write</h1>
      <Draft />
    </>
  )
}
`}</Code>

      <h2>View transitions</h2>
      <p>
        A link with <code>data-layer9-transition</code> shows its page in a view transition. So do all pages with the
        configuration below. Visitors who want less motion see none, nor do browsers that have none.
      </p>
      <Code>{`
// layer9.config.ts
import { defineConfig } from 'layer9/config'

export default defineConfig({ navigation: { viewTransitions: true } })
`}</Code>

      <h2>Forms and actions</h2>
      <p>
        A <code>Form</code> sends the request that the browser would send, and the answer is merged. A document that was
        asked for before an action had settled is thrown away and asked for again, so no page shows less than was done.
      </p>

      <h2>Another visitor</h2>
      <p>
        A cookie that says who the visitor is, is set with <code>session: true</code>. An answer that gives it another
        value, or ends it, is a full load in this tab and in all others, and what the browser kept of the site is thrown
        away.
      </p>
      <Code file="app/api/session.ts">{`
import { action } from 'layer9/api'
import { redirect } from 'layer9/contracts'
import { cookie, everyone } from 'layer9/middleware'

export const leave = action({
  access: everyone,
  handler: () => {
    cookie.clear('session', { session: true })
    redirect('/')
  },
})
`}</Code>
    </div>
  )
}
