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

      <h2>State that hides</h2>
      <p>
        Whether a component is live is told from its own body. One that gets a value of state through a function of
        another module is therefore taken for plain, and would stay as the server saw it: <code>layer9 check</code>,
        which sees the whole project, names it with the way from the call to the state.
      </p>

      <h2>What a check tells</h2>
      <p>
        Beside the rules it looks at routes and types. A page that nothing in the app links to is a hint, which fails
        nothing: what only others link to may stay as it is. <code>--since REV</code> tells only of files that changed
        since a revision of git, and of what they break in others.
      </p>

      <h2>The proof</h2>
      <p>
        After every build the finished files for browsers are searched for what is the server&rsquo;s: its modules,
        their source, the values of variables that are not public, those of <code>.env</code> files too. What is found
        ends the build. <code>.layer9/build/proof.json</code> then says what each script is made of, with the layer and
        bytes of every module. Two builds of one source have the same proof, and nothing in it changes but what browsers
        get: keep it, and a review shows what a change sends them.
      </p>
      <h2>Types by side</h2>
      <p>
        What an import cannot break, a name can: <code>window</code> in a service, <code>process</code> in a component.
        TypeScript knows the page&rsquo;s names in <code>state</code>, <code>components</code> and <code>routes</code>{' '}
        alone, Node&rsquo;s from <code>platform</code> to <code>api</code>, and in <code>contracts</code> only what both
        have and what is pure: <code>URL</code>, <code>File</code>, <code>TextEncoder</code>. Tests, the configuration
        and what lies in <code>tests/</code> know everything. A file outside of <code>app/</code> has the side of those
        who import it.
      </p>
      <Code output>{`
app/services/posts.ts(4,16): error TS2304: Cannot find name 'window'.

\`window\` is not known in services (4): it runs on the server. What touches the page
belongs in state (7), components (8) or routes (9), in a handler or an effect.
`}</Code>
      <p>
        <code>tsconfig.json</code> refers to projects that <code>dev</code>, <code>build</code> and <code>check</code>{' '}
        write into <code>.layer9</code>. Compiler options of your own go beside it and hold in all of them, but for what
        each side knows. Run <code>layer9 check</code> once after a fresh clone, before tests that read{' '}
        <code>tsconfig.json</code>, such as Vitest&rsquo;s. An app with a project of its own instead works too, without
        sides.
      </p>
      <Code>{`
{
  "files": [],
  "references": [{ "path": ".layer9" }],
  "compilerOptions": { "noUnusedLocals": true }
}
`}</Code>
      <p>
        The sides see each other through declarations. So a type that a service takes from Node without a word is not
        known to a component in an editor: write the type of what a query returns where it comes from Node.
      </p>

      <h2>In the editor</h2>
      <p>
        Types by side are TypeScript&rsquo;s own, so every editor shows them. The layer rules are shown by oxlint, with
        its extension for your editor, through the plugin <code>layer9/lint</code>: while you type, and as{' '}
        <code>layer9 check</code> would say them.
      </p>
      <Code>{`
// .oxlintrc.json
{
  "jsPlugins": ["layer9/lint"],
  "rules": { "layer9/layers": "error" }
}
`}</Code>
      <p>
        ESLint takes it too, in files that it can parse: it has no parser for TypeScript 7. A comment that silences a
        linter silences that linter; it does not change what <code>layer9 check</code>, the development server and the
        build say.
      </p>
      <Code>{`
// eslint.config.js
import layer9 from 'layer9/lint'
export default [layer9.configs.recommended]
`}</Code>

      <h2>For programs</h2>
      <p>
        <code>layer9 check --json</code> writes all that a person would be told. Each violation has <code>code</code>,
        place, both layers and <code>wayOut</code>, the way out in words; and <code>fix</code>, which a program can
        apply so that the rule is no longer broken. It is <code>null</code> where only a person can tell what is meant.
        Hints stand in <code>hints</code>, apart.
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
