import { action, query } from 'layer9/api'
import { href, redirect } from 'layer9/contracts'
import { everyone } from 'layer9/middleware'
import { NewPost, PostId, Search } from '~/contracts/post'
import { signedIn, visitor } from '~/middleware/session'
import * as posts from '~/services/posts'

export const listPosts = query({
  access: everyone,
  input: Search,
  handler: ({ input }) => ({ ...posts.searchPosts(input), topics: posts.countTopics() }),
})

export const getPost = query({
  access: visitor,
  input: PostId,
  handler: ({ input, context }) => ({
    ...posts.getPost(input.id),
    liked: posts.isLikedBy(input.id, context.person),
  }),
})

export const createPost = action({
  access: signedIn,
  input: NewPost,
  handler: ({ input, context }) => {
    const post = posts.publish(context.person, input)
    redirect(href('/posts/[id]', { id: post.id }))
  },
})

export const likePost = action({
  access: signedIn,
  input: PostId,
  handler: ({ input, context }) => posts.toggleLike(input.id, context.person),
})
