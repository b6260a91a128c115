import { Await, Form } from 'layer9/components'
import { href } from 'layer9/contracts'
import type { LoaderArgs, PageProps } from 'layer9/routes'
import { listComments } from '~/api/comments'
import { getPost, likePost } from '~/api/posts'
import { getVisitor } from '~/api/session'
import { CommentForm, Comments } from '~/components/Comments'
import { LikeButton } from '~/components/LikeButton'
import { PostDate } from '~/components/PostDate'
import { topicNames } from '~/contracts/post'
import '~/components/post.css'

export const loader = async ({ params }: LoaderArgs<'/posts/[id]'>) => {
  const [post, visitor] = await Promise.all([getPost({ id: params.id }), getVisitor()])
  return { post, signedIn: visitor.person !== null, comments: listComments({ id: params.id }) }
}

export const head = ({ data }: PageProps<typeof loader>) => ({ title: `${data.post.title} · Linden Street` })

export default function PostPage({ data, path }: PageProps<typeof loader>) {
  const { post, signedIn } = data
  const signInHref = href('/sign-in', {}, { query: { to: path } })
  return (
    <>
      <article class="post">
        <header>
          <p class="posts-topic">
            <a href={href('/', {}, { query: { topic: post.topic } })}>{topicNames[post.topic]}</a>
          </p>
          <h1>{post.title}</h1>
          <p class="post-byline">
            {post.author.name}, {post.author.address}
            <span aria-hidden="true"> · </span>
            <PostDate date={post.createdAt} />
          </p>
        </header>
        <div class="prose">
          {post.body.split(/\n\s*\n/).map((paragraph) => (
            <p>{paragraph}</p>
          ))}
        </div>
        {signedIn ? (
          <Form action={likePost}>
            <input type="hidden" name="id" value={post.id} />
            <LikeButton id={post.id} likes={post.likes} liked={post.liked} />
          </Form>
        ) : (
          <p class="quiet">
            {post.likes === 1 ? 'One neighbour likes this.' : `${post.likes} neighbours like this.`}{' '}
            <a href={signInHref}>Sign in</a> to be one of them.
          </p>
        )}
      </article>
      <section class="replies" aria-labelledby="replies">
        <h2 id="replies">Replies</h2>
        <Await value={data.comments} fallback={<p class="quiet">Reading the replies …</p>}>
          {(list) => <Comments list={list} />}
        </Await>
        {signedIn ? (
          <CommentForm postId={post.id} />
        ) : (
          <p class="sign-in-hint">
            <a href={signInHref}>Sign in</a> to write a reply.
          </p>
        )}
      </section>
    </>
  )
}
