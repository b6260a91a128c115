import type { PageProps } from 'layer9/routes'
import { Code } from '~/components/Code'
import { LayerPage } from '~/components/LayerPage'

export const head = () => ({ title: '8 · components · Layer9' })

export default function ComponentsPage(_props: PageProps<'/layers/components'>) {
  return (
    <LayerPage name="components">
      <p class="lead">
        What people see. Components are functions; the compiler makes templates of their JSX, so that an update touches
        what can change and nothing else.
      </p>

      <h2>Live and plain</h2>
      <p>
        Nothing is annotated. A component that calls a hook, writes a handler (<code>onClick</code>, and an{' '}
        <code>onDone</code> of a component too) or a ref, or uses a signal is <em>live</em>. Every other one is{' '}
        <em>plain</em>: it runs on the server, and the browser gets its HTML. <a href="/rules">layer9 why</a> tells of a
        file which it is, and by what line.
      </p>
      <Code file="app/components/LikeButton.tsx">{`
import { useState } from 'layer9/components'
import { likePost } from '~/api/posts'

export function LikeButton({ id, likes }: { id: string; likes: number }) {
  const [shown, setShown] = useState(likes)

  async function like() {
    setShown(shown + 1) // at once; the server's answer corrects it
    try {
      setShown((await likePost({ id })).likes)
    } catch {
      setShown(shown)
    }
  }

  return (
    <button type="button" onClick={like}>
      Like ({shown})
    </button>
  )
}
`}</Code>
      <p>
        Attributes and events have their native names: <code>class</code>, <code>for</code>; <code>onInput</code> is
        input, <code>onChange</code> is change. Hooks have React's names and meaning: <code>useState</code>,{' '}
        <code>useReducer</code>, <code>useEffect</code>, <code>useLayoutEffect</code>, <code>useRef</code>,{' '}
        <code>useMemo</code>, <code>useCallback</code>, <code>useContext</code>, <code>useId</code>; and{' '}
        <a href="/navigation">useLeaveGuard</a>. React's libraries do not run here.
      </p>
      <Code file="app/components/Clock.tsx">{`
import { useEffect, useState } from 'layer9/components'

export function Clock() {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  return <p>Here for {seconds} s</p>
}
`}</Code>

      <h2>When a root starts</h2>
      <p>
        What is clicked, sent or typed before a root runs is kept for it. <code>root</code> makes one by hand: of a
        component out of a package that was not compiled, and to say when it starts. <code>visible</code> waits until it
        comes near the window, <code>idle</code> until the browser has nothing else to do; whoever touches it starts it
        as well. With <code>client</code> the server shows the fallback alone, for what cannot run there.
      </p>
      <Code file="app/components/LazyLikes.tsx">{`
import { lazy, root } from 'layer9/components'
import { LikeButton } from '~/components/LikeButton'

export const LateLikes = root(LikeButton, { start: 'visible' })

export const Picture = lazy(() => import('~/components/Picture'), <p>Drawing…</p>)
`}</Code>
      <Code file="app/components/Picture.tsx">{`
export default function Picture({ of }: { of: string }) {
  return <p>A picture of {of}.</p>
}
`}</Code>
      <p>
        <code>lazy</code> loads a component&rsquo;s module when it is first shown in the browser. On the server it is a
        component as any other: in a plain page it becomes a root if it is live, and costs nothing if it is not.
      </p>
      <p>
        An element that is handed to a root is a slot: the server writes it, the root places it, once. Taken out, its
        nodes and the state of the roots in it are kept, and their effects rest until it is back.
      </p>

      <h2>Forms</h2>
      <p>
        A <code>Form</code> sends the request that the browser would send, so it works before any script is there. When
        the server refuses the input, what was typed comes back with the messages of the schema. <code>values</code> and{' '}
        <code>errors</code> have the names of the action's input: a misspelt one is an error of types. The{' '}
        <code>name</code> of a field is a text, which nobody compares with them. With JavaScript the answer is merged
        into the page, and the first field with <code>aria-invalid="true"</code> gets the focus. All of{' '}
        <code>values</code> is text, as it was sent: <code>{"values['size.width']"}</code> of a field inside of another
        one, and <code>{"values.gift === 'on'"}</code> of a checkbox. Of several under one name it is the first.
      </p>
      <Code file="app/components/PostForm.tsx">{`
import { Form, Submit } from 'layer9/components'
import { createPost } from '~/api/posts'

export function PostForm() {
  return (
    <Form action={createPost}>
      {({ values, errors, message }) => (
        <>
          {message && <p role="alert">{message}</p>}
          <label>
            Title
            <input
              name="title"
              value={values.title ?? ''}
              aria-invalid={errors.title ? 'true' : undefined}
            />
          </label>
          <p role="alert">{errors.title}</p>
          <label>
            Text
            <textarea name="body">{values.body ?? ''}</textarea>
          </label>
          <p role="alert">{errors.body}</p>
          <Submit>Publish</Submit>
        </>
      )}
    </Form>
  )
}
`}</Code>

      <h2>What comes later</h2>
      <p>
        A loader may return a promise. <code>Await</code> shows what it brings, and a fallback until then: the page is
        sent and works without it, and the value follows in the same answer, whichever of several is ready first.
        Without scripts it is shown at the end of the page. When a link leads to the page again, what was shown stays
        until the new value comes. In a live component it waits for a promise that is made there, as by calling a query;
        a promise of the loader stays in the plain page.
      </p>
      <p>
        The guards of a query that is awaited decide before the page is sent, so who may not see it gets the answer that
        the guard gives. What fails later is the business of the error boundary around it, and cookies can no longer be
        set. In a table, a <code>select</code> or an SVG nothing can follow later: there the rest of the page waits.
      </p>
      <Code file="app/components/Forecast.tsx">{`
import { Await } from 'layer9/components'

export function Forecast({ text }: { text: Promise<string | undefined> }) {
  return (
    <Await value={text} fallback={<p>Looking at the sky…</p>}>
      {(forecast) => <p>{forecast ?? 'No forecast today.'}</p>}
    </Await>
  )
}
`}</Code>

      <h2>What many components need</h2>
      <p>
        A context is a component that hands its <code>value</code> to all inside it. Reading one makes no component
        live. A live component that reads what a plain one provides gets it as data:{' '}
        <a href="/roots">roots, slots and contexts</a> has the whole story.
      </p>
      <Code file="app/components/Avatar.tsx">{`
import { type Child, createContext, useContext } from 'layer9/components'

const Size = createContext<'small' | 'large'>('large')

export function Compact({ children }: { children: Child }) {
  return <Size value="small">{children}</Size>
}

export function Avatar({ name, online }: { name: string; online: boolean }) {
  const size = useContext(Size)
  return (
    <span class={['avatar', size, { online }]} title={name}>
      {name.slice(0, 1)}
    </span>
  )
}
`}</Code>

      <h2>When a part fails</h2>
      <p>
        An <code>ErrorBoundary</code> shows its fallback in place of what threw, and the rest of the page stays. Inside
        a live component it also catches later errors; there its fallback may be a function of the <code>error</code>{' '}
        and of <code>reset</code>, which tries the children again.
      </p>
      <Code file="app/components/Retry.tsx">{`
import { type Child, ErrorBoundary, useState } from 'layer9/components'

export function Retry({ children }: { children: Child }) {
  const [tries, setTries] = useState(1)
  return (
    <ErrorBoundary
      fallback={({ reset }) => (
        <button
          type="button"
          onClick={() => {
            setTries(tries + 1)
            reset()
          }}
        >
          Try again ({tries})
        </button>
      )}
    >
      {children}
    </ErrorBoundary>
  )
}
`}</Code>
      <Code file="app/components/SafeForecast.tsx">{`
import { ErrorBoundary } from 'layer9/components'
import { Forecast } from '~/components/Forecast'

export function SafeForecast({ text }: { text: Promise<string | undefined> }) {
  return (
    <ErrorBoundary fallback={<p role="alert">The forecast cannot be had.</p>}>
      <Forecast text={text} />
    </ErrorBoundary>
  )
}
`}</Code>
      <p>
        <code>createPortal(children, document.body)</code> shows children elsewhere in the page, as a dialog needs it;
        on the server it shows nothing.
      </p>

      <h2>Styles</h2>
      <p>
        Import a style sheet where it is used. The pages that show the component link it, with a name that changes with
        its content. A file named <code>*.module.css</code> gives its classes as an object, with names of their own.{' '}
        <code>class</code> takes a text, a list, or a record of conditions, nested as you like; <code>style</code> a
        text or a record, of which each value stays one: what would end it is left out.
      </p>

      <h2>Pictures and other files</h2>
      <p>
        What lies in <code>public/</code>, beside <code>app/</code>, is served as it is: <code>public/logo.svg</code> as{' '}
        <code>/logo.svg</code>. A picture that a component imports has a name that changes with its content. The icon of
        a site stands in the <a href="/layers/routes">head</a> of its layout.
      </p>

      <h2>WebAssembly</h2>
      <p>
        A <code>.wasm</code> file of <code>public/</code>, or one beside a component that is named by{' '}
        <code>new URL('./sum.wasm', import.meta.url)</code>, is served as <code>application/wasm</code> and compiles
        while it streams. The policy of every page forbids that until <code>layer9.config.ts</code> says{' '}
        <code>webAssembly: true</code>, which adds <code>'wasm-unsafe-eval'</code> to <code>script-src</code>;{' '}
        <code>eval</code> stays forbidden.
      </p>
      <Code file="app/components/Sum.tsx">{`
import { useState } from 'layer9/components'

type Add = (a: number, b: number) => number

export function Sum() {
  const [sum, setSum] = useState<number>()
  const add = async () => {
    const { instance } = await WebAssembly.instantiateStreaming(fetch('/sum.wasm'))
    setSum((instance.exports.add as Add)(40, 2))
  }
  return <button type="button" onClick={add}>{sum ?? 'add'}</button>
}
`}</Code>

      <h2>Not there yet</h2>
      <p>
        Fields drawn from a contract, <code>css()</code> with styles in the component, and images.
      </p>
    </LayerPage>
  )
}
