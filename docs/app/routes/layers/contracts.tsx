import type { PageProps } from 'layer9/routes'
import { Code } from '~/components/Code'
import { LayerPage } from '~/components/LayerPage'

export const head = () => ({ title: '1 · contracts · Layer9' })

export default function ContractsPage(_props: PageProps<'/layers/contracts'>) {
  return (
    <LayerPage name="contracts">
      <p class="lead">
        What both sides agree on, and what both may see: types, schemas, outcomes, links, and rules that are pure
        functions. It is the one layer that everything may import, so it imports nothing but itself.
      </p>

      <h2>Types and schemas</h2>
      <p>
        A type says what a thing is, a schema what may come in. Any schema library that speaks{' '}
        <a href="https://standardschema.dev">Standard Schema</a> will do; the examples use valibot. A message of the
        schema is what people read beside the field. Layer9 has fields of its own too, from which types, validation and
        tables follow: <a href="/fields">Fields and contracts</a>.
      </p>
      <Code file="app/contracts/post.ts">{`
import * as v from 'valibot'

export interface Post {
  id: string
  title: string
  body: string
  author: string
  createdAt: Date
  likes: number
}

export const NewPost = v.object({
  title: v.pipe(v.string(), v.trim(), v.nonEmpty('Write a title.'), v.maxLength(120)),
  body: v.pipe(v.string(), v.trim(), v.nonEmpty('Write something.'), v.maxLength(5000)),
})

export const PostId = v.object({ id: v.string() })
`}</Code>

      <h2>Outcomes</h2>
      <p>
        What can go otherwise than well is part of the contract. An outcome is thrown where it is found, has a status
        and a stable code, and arrives in the browser as the same class. <code>NotFound</code>,{' '}
        <code>Unauthorized</code>, <code>Forbidden</code>, <code>Conflict</code>, <code>Invalid</code> and{' '}
        <code>TooManyRequests</code> are there; an <code>Outcome</code> of your own says the rest.
      </p>
      <Code file="app/contracts/limits.ts">{`
import { Outcome } from 'layer9/contracts'

export class BoardFull extends Outcome {
  constructor(limit: number) {
    super({ status: 409, code: 'BOARD_FULL', message: 'The board is full.', data: { limit } })
  }
}
`}</Code>
      <p>
        An error that is no outcome is nobody's contract: strangers see a code and an id, and the log has the rest under
        that id.
      </p>

      <h2>Links</h2>
      <p>
        <code>href</code> makes a path of a route and its parameters. Both are typed from the files in{' '}
        <code>app/routes</code>: a link to a page that is gone does not compile. Every value is encoded.
      </p>
      <Code file="app/contracts/links.ts">{`
import { href } from 'layer9/contracts'
import type { Post } from '~/contracts/post'

export const linkTo = (post: Post) => href('/posts/[id]', { id: post.id }, { hash: 'replies' })
`}</Code>

      <h2>May not</h2>
      <p>
        Contracts run everywhere, so they know of no file system, no window and no database. What the browser must not
        see does not belong here.
      </p>
    </LayerPage>
  )
}
