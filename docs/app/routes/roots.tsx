import type { PageProps } from 'layer9/routes'
import { Code } from '~/components/Code'

export const head = () => ({ title: 'Roots, slots and contexts: Layer9' })

export default function RootsPage(_props: PageProps<'/roots'>) {
  return (
    <div class="prose">
      <h1>Roots, slots and contexts</h1>
      <p class="lead">
        A page is HTML. What is interactive in it are roots: the places where a live component stands among plain ones.
        The browser loads their modules, takes over the nodes that are there, and runs them.
      </p>

      <h2>A root</h2>
      <p>
        Nothing marks it. This component calls a hook, so it is <a href="/layers/components">live</a>; shown by a plain
        page it is a root, and all that it shows inside is an ordinary tree of components.
      </p>
      <Code file="app/components/Likes.tsx">{`
import { useState } from 'layer9/components'
import type { Post } from '~/contracts/post'

export function Likes({ post: { title, likes } }: { post: Post }) {
  const [count, setCount] = useState(likes)
  return (
    <button type="button" onClick={() => setCount(count + 1)}>
      Like {title} ({count})
    </button>
  )
}
`}</Code>
      <p>
        Its props are sent with the page, as data: text, numbers, dates, lists, maps and objects of these. Of them only
        what the parameter names is sent. Here that is <code>title</code> and <code>likes</code>, and not the text of
        the post, which stays on the server. With a rest element, or where the whole object is named too, all of it is
        sent.
      </p>
      <Code file="app/contracts/post.ts">{`
export interface Post {
  title: string
  likes: number
  text: string
}
`}</Code>

      <p>
        Queries and actions that a module of <code>app/api</code> exports can be handed over too. They are sent by name;
        in the browser the root gets the function that asks the server, as if it had imported it. What asks is loaded
        with the first call.
      </p>

      <h2>A slot</h2>
      <p>
        Elements can be handed to a root as well. The server writes them where the root places them; the browser moves
        their nodes and never looks inside. What is in a slot stays as it was: plain where it is plain, with roots of
        its own where it is not.
      </p>
      <Code file="app/components/Fold.tsx">{`
import { type Child, useState } from 'layer9/components'

export function Fold({ title, children }: { title: string; children: Child }) {
  const [isOpen, setOpen] = useState(true)
  return (
    <section>
      <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {title}
      </button>
      {isOpen && children}
    </section>
  )
}
`}</Code>
      <p>
        A slot is placed once at most. One that is not placed is sent all the same, out of sight: hiding is not
        authorising. What a visitor may not have, a loader or a plain component leaves out.
      </p>

      <h2>A context</h2>
      <p>
        A value that a plain component provides reaches a root when something in the root reads it while the server
        renders. It is sent as data, once in a page, however many roots read it, and anew with each page that is merged:
        a root that stays gets the new value. Inside a slot, a context of the root around it is live.
      </p>
      <Code file="app/components/theme.ts">{`
import { createContext } from 'layer9/components'

export const Theme = createContext('light')

/** Reaches all roots inside: a dialog may read it once it is opened. */
export const Visitor = createContext('nobody', { travels: true })
`}</Code>
      <Code file="app/components/Greeting.tsx">{`
import { useContext, useState } from 'layer9/components'
import { Theme, Visitor } from '~/components/theme'

const Name = () => <b>{useContext(Visitor)}</b>

export function Greeting() {
  const theme = useContext(Theme)
  const [isOpen, setOpen] = useState(false)
  return (
    <div class={theme}>
      <button type="button" onClick={() => setOpen(true)}>
        Who is it?
      </button>
      {isOpen && <Name />}
    </div>
  )
}
`}</Code>
      <p>
        Declare a context at the top of a module: by that name the browser knows it. One that a root reads only after a
        click, and that does not travel, has its initial value there; in development that is an error.
      </p>

      <h2>All of them on one page</h2>
      <Code file="app/routes/index.tsx">{`
import type { PageProps } from 'layer9/routes'
import { Fold } from '~/components/Fold'
import { Greeting } from '~/components/Greeting'
import { Likes } from '~/components/Likes'
import { Theme, Visitor } from '~/components/theme'

const post = { title: 'Roots', likes: 3, text: 'A page is HTML.' }

export default function Page(_props: PageProps<'/'>) {
  return (
    <Theme value="dark">
      <Visitor value="Ada">
        <h1>{post.title}</h1>
        <Likes post={post} />
        <Fold title="The post">
          <p>{post.text}</p>
          <Greeting />
        </Fold>
      </Visitor>
    </Theme>
  )
}
`}</Code>
      <p>
        Three roots, and the browser gets their three modules. The heading and the text of the post are HTML alone.
        <code>Greeting</code> is a root in a slot: it starts after the one around it, and keeps its state while the fold
        is closed.
      </p>

      <h2>Forms in a root</h2>
      <p>
        A <code>Form</code> inside a live component works as any other: when the server refuses it, the root keeps its
        state, and the form shows what was typed and what is wrong with it. A field with a <code>value</code> and no
        handler of its own starts with that value and is then the visitor&rsquo;s. Several forms of one action are told
        apart; in a list give each one an <code>id</code>.
      </p>

      <h2>What cannot cross</h2>
      <p>
        Other functions, promises and instances of classes cannot be sent. In development each is an error that names
        the component, the line and the way out. In production it is a line of the log, and that root is shown without
        its behaviour, whole; the rest of the page is as it should be.
      </p>
      <ul>
        <li>
          A prop: <a href="/errors/ROOT_PROP_NOT_DATA">ROOT_PROP_NOT_DATA</a>. Make the function inside the root; show a
          promise by an <code>Await</code> around or beside it.
        </li>
        <li>
          A context: <a href="/errors/CONTEXT_NOT_DATA">CONTEXT_NOT_DATA</a>,{' '}
          <a href="/errors/CONTEXT_WITHOUT_NAME">CONTEXT_WITHOUT_NAME</a>,{' '}
          <a href="/errors/CONTEXT_READ_LATE">CONTEXT_READ_LATE</a>.
        </li>
        <li>
          State or a handler that a plain component comes by through a function of another module:{' '}
          <a href="/errors/PLAIN_USES_STATE">PLAIN_USES_STATE</a>,{' '}
          <a href="/errors/PLAIN_HAS_HANDLER">PLAIN_HAS_HANDLER</a>.
        </li>
        <li>
          A live component that the browser cannot find: <a href="/errors/ROOT_WITHOUT_NAME">ROOT_WITHOUT_NAME</a>.
        </li>
        <li>
          An asynchronous component: <a href="/errors/COMPONENT_ASYNCHRONOUS">COMPONENT_ASYNCHRONOUS</a>. Data comes
          from loaders.
        </li>
      </ul>

      <h2>What made this element?</h2>
      <p>
        On a page of <code>layer9 dev</code> press <kbd>Alt</kbd> + <kbd>Shift</kbd> + <kbd>L</kbd> and point at
        something. The inspector outlines it and tells:
      </p>
      <ul>
        <li>the component that wrote it, with file and line, and the layer it is in;</li>
        <li>whether it is a root, a part of one, in a slot, or plain, and which hook or handler made it live;</li>
        <li>the bytes of script that the root brings, by the last build, and those of its props in this page.</li>
      </ul>
      <p>
        A click, or <kbd>Enter</kbd>, copies the place and keeps the panel there until the next click; the page does not
        hear of it. The arrow keys walk to the element around, inside, before and behind; <kbd>Esc</kbd> closes.
        Production has nothing of it.
      </p>
    </div>
  )
}
