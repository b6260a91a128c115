import type { PageProps } from 'layer9/routes'
import { Code } from '~/components/Code'
import { LayerPage } from '~/components/LayerPage'

export const head = () => ({ title: '9 · routes · Layer9' })

export default function RoutesPage(_props: PageProps<'/layers/routes'>) {
  return (
    <LayerPage name="routes">
      <p class="lead">
        What URL shows what. A file is a page, a folder a part of the path; layouts wrap what lies beside and below
        them.
      </p>

      <h2>A page</h2>
      <p>
        The loader runs on the server, and its result is <code>data</code>. It gets <code>params</code>,{' '}
        <code>path</code>, <code>query</code> (a <code>URLSearchParams</code>), <code>request</code> and{' '}
        <code>signal</code>. <code>head</code> says what stands in the head of the document. Neither reaches the
        browser, nor does what only they import.
      </p>
      <Code file="app/routes/posts/[id].tsx">{`
import type { LoaderArgs, PageProps } from 'layer9/routes'
import { getPost } from '~/api/posts'
import { LikeButton } from '~/components/LikeButton'

export const loader = async ({ params }: LoaderArgs<'/posts/[id]'>) => ({
  post: await getPost({ id: params.id }),
})

export const head = ({ data }: PageProps<typeof loader>) => ({
  title: data.post.title,
})

export default function PostPage({ data }: PageProps<typeof loader>) {
  const { id, title, body, likes } = data.post
  return (
    <article>
      <h1>{title}</h1>
      <p>{body}</p>
      <LikeButton id={id} likes={likes} />
    </article>
  )
}
`}</Code>

      <h2>Files</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Is</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>
              <code>index.tsx</code>
            </td>
            <td>the page of its folder</td>
          </tr>
          <tr>
            <td>
              <code>posts/[id].tsx</code>
            </td>
            <td>a page with a parameter</td>
          </tr>
          <tr>
            <td>
              <code>[[lang]]/index.tsx</code>
            </td>
            <td>a parameter that may be absent</td>
          </tr>
          <tr>
            <td>
              <code>[...rest].tsx</code>
            </td>
            <td>everything below</td>
          </tr>
          <tr>
            <td>
              <code>(group)/</code>
            </td>
            <td>a folder that is not part of the path</td>
          </tr>
          <tr>
            <td>
              <code>layout.tsx</code>
            </td>
            <td>what surrounds the pages of its folder</td>
          </tr>
          <tr>
            <td>
              <code>error.tsx</code>
            </td>
            <td>what is shown when something below throws</td>
          </tr>
          <tr>
            <td>
              <code>not-found.tsx</code>
            </td>
            <td>what is shown with a 404</td>
          </tr>
        </tbody>
      </table>

      <h2>Layouts</h2>
      <Code file="app/routes/layout.tsx">{`
import type { LayoutProps } from 'layer9/routes'
import { WordCount } from '~/components/WordCount'

export default function BoardLayout({ children, path }: LayoutProps<'/'>) {
  return (
    <>
      <header>
        <a href="/" aria-current={path === '/' ? 'page' : undefined}>
          Board
        </a>
        <WordCount />
      </header>
      <main>{children}</main>
    </>
  )
}
`}</Code>
      <Code file="app/routes/index.tsx">{`
import { href } from 'layer9/contracts'
import type { PageProps } from 'layer9/routes'
import { listPosts } from '~/api/posts'
import { PostForm } from '~/components/PostForm'

export const loader = async () => ({ posts: await listPosts() })

export default function BoardPage({ data }: PageProps<typeof loader>) {
  return (
    <>
      <ul>
        {data.posts.map((post) => (
          <li key={post.id}>
            <a href={href('/posts/[id]', { id: post.id })}>{post.title}</a>
          </li>
        ))}
      </ul>
      <PostForm />
    </>
  )
}
`}</Code>

      <h2>The head</h2>
      <p>
        <code>head</code> is an object, or a function that gets what the page gets. Its fields: <code>title</code>,{' '}
        <code>description</code>, <code>lang</code>, <code>dir</code>, <code>meta</code> and <code>links</code> (lists
        of attributes). What a page says goes before what its layouts say.
      </p>

      <h2>When something throws</h2>
      <p>
        The nearest <code>error.tsx</code> is shown in the layouts around it. It learns the code and the status; a
        message only of outcomes such as <code>NotFound</code>, for everything else an id under which the log has the
        error. <code>not-found.tsx</code> gets the same. Both may export a <code>head</code>; without a title they have
        one that says what happened.
      </p>
      <Code file="app/routes/error.tsx">{`
import type { ErrorProps } from 'layer9/routes'

export default function ErrorPage({ error }: ErrorProps) {
  return (
    <>
      <h1>{error.message ?? 'That did not work'}</h1>
      {error.id && <p>If you write to us, name {error.id}.</p>}
    </>
  )
}
`}</Code>

      <h2>Going from page to page</h2>
      <p>
        A plain link is the link. With JavaScript the next document is fetched, the same that any visitor gets, and
        merged: layouts that both have stay where they are, and what is live in them keeps its state. Without JavaScript
        the browser loads the page. <a href="/navigation">From page to page</a> tells all of it.
      </p>
      <p>
        Items of a list keep their nodes, and what is live in them, by their <code>key</code>; without one by their{' '}
        <code>id</code>, else by their place. A field that someone changed or types in stays as it is; all others show
        what the document says. What is open, scrolled or playing is the browser's. What scripts put into a page stays
        among the children of <code>body</code>, in live components, and in an element with{' '}
        <code>data-layer9-keep</code>, which a merge does not touch.
      </p>
      <p>
        A page with other parameters is another page, and begins anew; with another query it is the same one. Where the
        query tells two apart, say so: with names, or with a function of what a loader gets.
      </p>
      <Code file="app/routes/search.tsx">{`
import type { Identity, LoaderArgs, PageProps } from 'layer9/routes'

export const identity: Identity = ['tab']

export const loader = ({ query }: LoaderArgs<'/search'>) => ({ tab: query.get('tab') ?? 'posts' })

export default function SearchPage({ data }: PageProps<typeof loader>) {
  return <h1>Search in {data.tab}</h1>
}
`}</Code>

      <h2>Who may see it</h2>
      <p>
        <code>export const access = 'signedIn'</code> names a guard of the <a href="/layers/middleware">middleware</a>.
        It stands before the loaders of the page, or of everything below a layout. A name that no guard has is refused
        by <code>layer9 check</code> and the build, as is a page without a component.
      </p>

      <h2>Who may store it</h2>
      <p>
        A browser may keep a page for its visitor, and asks each time whether it is still so. Where nobody is to store
        it, on a disk or in memory, say so in the page, or in a layout for all below it:
      </p>
      <Code file="app/routes/account.tsx">{`
import type { PageProps } from 'layer9/routes'

export const store = false

export default function AccountPage(_props: PageProps<'/account'>) {
  return <h1>Your account</h1>
}
`}</Code>
      <p>
        It holds for its error pages and for its forms that were refused as well, and going back to it shows nothing
        before its document has been fetched anew. An answer that sets a cookie is never stored, wherever it comes from.
      </p>

      <h2>Not there yet</h2>
      <p>Pages made at build time, pages that are kept and renewed, and live pages.</p>
    </LayerPage>
  )
}
