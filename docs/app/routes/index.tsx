import type { PageProps } from 'layer9/routes'
import { Code } from '~/components/Code'
import { CounterDemo } from '~/components/CounterDemo'

export const head = () => ({ title: 'Layer9: every file has a layer' })

export default function DocsPage(_props: PageProps<'/'>) {
  return (
    <div class="prose">
      <h1 class="claim">Every file has a layer.</h1>
      <p class="lead">
        The layer decides what a file may import and where it runs. The folder says it, and the build refuses what does
        not fit. There is nothing to annotate and nothing to guess.
      </p>

      <h2>The smallest app</h2>
      <p>
        One file. The server renders it, so it is there without JavaScript; because it calls <code>useState</code>, its
        script is sent too, and the browser takes over the elements that are on the page.
      </p>
      <Code file="app/routes/index.tsx">{`
import { useState } from 'layer9/components'

export const head = { title: 'Counter' }

export default function Counter() {
  const [count, setCount] = useState(0)
  return (
    <main>
      <h1>Count: {count}</h1>
      <button type="button" onClick={() => setCount(count + 1)}>
        +1
      </button>
    </main>
  )
}
`}</Code>
      <p>Here it is. It is the only thing on this page that needs a script, and so the only one that ships:</p>
      <CounterDemo />

      <h2>Four rules</h2>
      <ol>
        <li>
          <strong>Down only.</strong> A file imports from its own layer or a lower one. Type imports count.
        </li>
        <li>
          <strong>The wire.</strong> Routes, components and state reach the server through <a href="/layers/api">api</a>{' '}
          alone. On the server that import is a function call, in the browser a typed request.
        </li>
        <li>
          <strong>No server above the wire.</strong> A package that needs Node is refused in layers 7, 8, 9 and in
          contracts.
        </li>
        <li>
          <strong>No circles</strong> between modules of different folders.
        </li>
      </ol>
      <p>
        <code>layer9 check</code>, the development server and the build hold an app to them, and say the way out:
      </p>
      <Code output>{`
LAYER_UPWARD  app/services/posts.ts:3 (services, 4) imports ~/components/Price (components, 8)
  3 | import { formatPrice } from '~/components/Price'
    |                              ^^^^^^^^^^^^^^^^^^^^
  A layer imports only from layers below it. Move formatPrice to contracts (1), where both may use it.
`}</Code>
      <p>
        <a href="/rules">See and check the layers</a> shows the commands that draw an app&rsquo;s ladder and look into
        its imports.
      </p>

      <h2>What is sent to the browser</h2>
      <p>
        A component that uses a hook, a handler or a signal is live; every other one is plain and stays on the server. A
        live component that stands in a plain page becomes a root: its module is loaded, its elements are adopted,
        nothing is drawn twice. Going to another page fetches its document, the same that any visitor gets, and merges
        it into this one, so that what is shared keeps its state. <a href="/roots">Roots, slots and contexts</a> says
        what crosses.
      </p>

      <h2>Read on</h2>
      <p>
        The pages of the layers build one small app, a board on which people post. Begin at the bottom, with{' '}
        <a href="/layers/contracts">contracts</a>, or at the top, with <a href="/layers/routes">routes</a>.{' '}
        <a href="/production">In production</a> tells how a finished app is run.
      </p>
    </div>
  )
}
