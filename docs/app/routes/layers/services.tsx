import type { PageProps } from 'layer9/routes'
import { Code } from '~/components/Code'
import { LayerPage } from '~/components/LayerPage'

export const head = () => ({ title: '4 · services · Layer9' })

export default function ServicesPage(_props: PageProps<'/layers/services'>) {
  return (
    <LayerPage name="services">
      <p class="lead">
        What the business does. Functions that could be called from a page, from a job and from a test alike, because
        they know nothing of requests.
      </p>

      <h2>A service</h2>
      <p>
        It takes what it needs and returns what it made. When it cannot, it throws an outcome of the contracts; which
        status a browser gets for that is not its business.
      </p>
      <Code file="app/services/posts.ts">{`
import { type Infer, NotFound } from 'layer9/contracts'
import { BoardFull } from '~/contracts/limits'
import type { NewPost, Post } from '~/contracts/post'

const most = 1000
const posts: Post[] = []

export const recentPosts = (count: number): Post[] => posts.slice(0, count)

export function getPost(id: string): Post {
  const post = posts.find((each) => each.id === id)
  if (!post) throw new NotFound('post')
  return post
}

export function publish(author: string, post: Infer<typeof NewPost>): Post {
  if (posts.length === most) throw new BoardFull(most)
  const added = { ...post, id: crypto.randomUUID(), author, createdAt: new Date(), likes: 0 }
  posts.unshift(added)
  return added
}

export function like(id: string): number {
  const post = getPost(id)
  post.likes += 1
  return post.likes
}
`}</Code>

      <h2>May</h2>
      <p>
        Import data, platform and contracts. It may not import guards, queries or pages: who may pass, and how it is
        asked for, is decided above it.
      </p>

      <h2>Not there yet</h2>
      <p>Accounts and sign-in, jobs in the background, and mail.</p>
    </LayerPage>
  )
}
