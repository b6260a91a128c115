import type { PageProps } from 'layer9/routes'
import { Code } from '~/components/Code'

export const head = () => ({ title: 'See and check the layers: Layer9' })

export default function RulesPage(_props: PageProps<'/rules'>) {
  return (
    <div class="prose">
      <h1>See and check the layers</h1>
      <p class="lead">
        The rules are looked at whenever an app is developed, built or checked. These commands show what they see.
      </p>

      <h2>The ladder</h2>
      <p>
        <code>layer9 layers</code> draws an app: how much lies in each layer, how many imports lead from one to another,
        how many of them are of types alone, which are refused. <code>--json</code> gives the same as data. Its exit
        code is 0 whatever it shows; <code>layer9 check</code> is the one that fails.
      </p>
      <Code output>{`
 9 routes        8 files    293 lines  → components 11, api 6, contracts 2
 8 components   18 files   1141 lines  → state 2, api 4, contracts 9 (4 types)
 7 state         1 file       7 lines  → contracts 1
  ─── the wire ─────────────────────────────────────────────────────────────────
 6 api           3 files    100 lines  → middleware 3, services 4, contracts 4
`}</Code>

      <h2>One file</h2>
      <p>
        <code>layer9 why FILE</code> tells a file&rsquo;s layer, where it runs, who imports it, which of its components
        are live and by what, and, after a build, which scripts and pages it went into. Where an import of it is
        refused, the rule and the way out follow.
      </p>
      <Code output={true}>{`
app/components/LikeButton.tsx
  layer       components, 8
  runs        on the server and in the browser
  build       wNtDtYjTdg
  in browsers /_layer9/assets/LikeButton-PCA_KZKg.js
  pages       /posts/[id]
  components  LikeButton is live: line 14 calls useState
  imported by app/routes/posts/[id].tsx:8 (routes, 9)
`}</Code>

      <h2>For programs</h2>
      <p>
        <code>layer9 check --json</code> writes all that a person would be told. Each violation has <code>code</code>,
        place, both layers and <code>wayOut</code>, the way out in words; and <code>fix</code>, which a program can
        apply so that the rule is no longer broken. It is <code>null</code> where only a person can tell what is meant.
      </p>
      <p>
        Every command that tells something has <code>--json</code>. Where it cannot do its work, the document is{' '}
        <code>{'{ "ok": false, "errors": […] }'}</code>, each error with its code, message, fix and places. Exit codes:
        0 all is well, 1 something is wrong with the app, 2 the command was not understood or there is no app here.
      </p>
      <Code>{`
interface Fix {
  /** Sorted by file and place, without overlaps; places count in UTF-16 code units. */
  edits: { file: string; start: number; end: number; text: string }[]
  /** A file that goes elsewhere, after the edits. */
  move?: { from: string; to: string }
}
`}</Code>
      <p>
        Make the edits from the last to the first, then the move, then check again: a fix is for the files as they were
        checked, so it is one at a time. There are two kinds. An import of values that is used for types alone becomes{' '}
        <code>import type</code>. A file that lies too high goes down to where both may use it, or what imports it goes
        up, with all imports under <code>app</code> rewritten; never from the server to where browsers are given it.
      </p>
      <p>
        <code>layer9 check --sarif</code> writes the same findings as SARIF 2.1.0, the form that code hosts take to show
        them beside the lines of a change. Paths are relative to the folder that was checked; a move of a file, for
        which SARIF has no form, is in the words alone.
      </p>
    </div>
  )
}
