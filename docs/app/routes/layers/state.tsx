import type { PageProps } from 'layer9/routes'
import { Code } from '~/components/Code'
import { LayerPage } from '~/components/LayerPage'
import { WordsDemo } from '~/components/WordsDemo'

export const head = () => ({ title: '7 · state · Layer9' })

export default function StatePage(_props: PageProps<'/layers/state'>) {
  return (
    <LayerPage name="state">
      <p class="lead">
        What the browser remembers beyond one component. A hook is for one component; a signal is for what several
        share, or what outlives them.
      </p>

      <h2>Signals</h2>
      <Code file="app/state/draft.ts">{`
import { computed, signal } from 'layer9/state'

export const draft = signal('')
export const words = computed(() => draft.value.split(/\\s+/).filter(Boolean).length)
`}</Code>
      <p>
        A component that reads <code>words.value</code> while it renders, renders again when it changes. A signal placed
        in JSX as it is, <code>{'{words}'}</code>, updates that text alone.
      </p>
      <Code file="app/components/WordCount.tsx">{`
import { words } from '~/state/draft'

export const WordCount = () => <small>{words} words</small>
`}</Code>

      <h2>Try it</h2>
      <p>Two components, rendered apart from each other, and one text between them:</p>
      <WordsDemo label="One" />
      <WordsDemo label="The other" />

      <h2>The layer decides</h2>
      <p>
        Using a value of this layer makes a component live: its module is sent to the browser. That is why signals have
        a layer of their own. Going to another page of the app keeps them.
      </p>

      <h2>On the server</h2>
      <p>
        A signal of a module has its first value there and is read-only: a server answers many people at once, and what
        one of them writes is not for the next. Data for a page comes from its loader.
      </p>

      <h2>Not there yet</h2>
      <p>Signals kept in the browser's storage, deep stores, resources, and the location as a signal.</p>
    </LayerPage>
  )
}
