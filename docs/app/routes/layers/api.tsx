import type { PageProps } from 'layer9/routes'
import { Code } from '~/components/Code'
import { LayerPage } from '~/components/LayerPage'

export const head = () => ({ title: '6 · api · Layer9' })

export default function ApiPage(_props: PageProps<'/layers/api'>) {
  return (
    <LayerPage name="api">
      <p class="lead">
        What crosses the wire. A query reads, an action changes; each is defined once and is a function on both sides.
        The layers above reach the server here and nowhere else.
      </p>

      <h2>Queries and actions</h2>
      <p>
        Each states who may call it, what comes in, and what is done. Input is validated before the handler runs,
        whoever calls.
      </p>
      <Code file="app/api/posts.ts">{`
import { action, query } from 'layer9/api'
import { href, redirect } from 'layer9/contracts'
import { everyone } from 'layer9/middleware'
import { NewPost, PostId } from '~/contracts/post'
import { signedIn } from '~/middleware/session'
import * as posts from '~/services/posts'

export const listPosts = query({
  access: everyone,
  handler: () => posts.recentPosts(20),
})

export const getPost = query({
  access: everyone,
  input: PostId,
  handler: ({ input }) => posts.getPost(input.id),
})

export const createPost = action({
  access: signedIn,
  input: NewPost,
  handler: ({ input, context }) => {
    const post = posts.publish(context.user, input)
    redirect(href('/posts/[id]', { id: post.id }))
  },
})

export const likePost = action({
  access: signedIn,
  route: 'POST /api/posts/[id]/likes',
  input: PostId,
  handler: ({ input }) => ({ likes: posts.like(input.id) }),
})
`}</Code>

      <h2>Four ways in, one chain</h2>
      <ol>
        <li>
          On the server, <code>await getPost({'{ id }'})</code> is a function call.
        </li>
        <li>In the browser the same line is a typed request: the build leaves only the names of this module there.</li>
        <li>
          A <code>Form</code> posts to an action without any JavaScript.
        </li>
        <li>
          With a <code>route</code> it answers to that method and path too, for programs that are not yours.
        </li>
      </ol>
      <p>
        All of them run the same guards and the same schema. What is not exported as a query or an action is not
        reachable: in the browser the module has nothing else, neither constants nor helpers, which belong into{' '}
        <a href="/layers/contracts">contracts</a>.
      </p>

      <h2>Endpoints</h2>
      <p>For what is neither: a feed, a file made on the fly, a callback of another service.</p>
      <Code file="app/api/feed.ts">{`
import { endpoint } from 'layer9/api'
import { everyone } from 'layer9/middleware'
import { recentPosts } from '~/services/posts'

export const titles = endpoint('GET /titles.txt', {
  access: everyone,
  handler: () => new Response(recentPosts(100).map((post) => post.title).join('\\n')),
})
`}</Code>

      <h2>Not there yet</h2>
      <p>A description of the routes in OpenAPI, channels over WebSockets, and uploads.</p>
    </LayerPage>
  )
}
