import { action, query } from 'layer9/api'
import { href, redirect } from 'layer9/contracts'
import { everyone } from 'layer9/middleware'
import { NewPost, PostId, Search } from '~/contracts/post'
import { signedIn, visitor } from '~/middleware/session'
import * as posts from '~/services/posts'

export const listPosts = query({
  access: everyone,
  input: Search,
  handler: async ({ input }) => ({ ...(await posts.searchPosts(input)), topics: await posts.countTopics() }),
})

export const getPost = query({
  access: visitor,
  input: PostId,
  handler: async ({ input, context }) => ({
    ...(await posts.getPost(input.id)),
    liked: await posts.isLikedBy(input.id, context.person),
  }),
})

export const createPost = action({
  access: signedIn,
  input: NewPost,
  handler: async ({ input, context }) => {
    const id = await posts.publish(context.person, input)
    redirect(href('/posts/[id]', { id }))
  },
})

export const likePost = action({
  access: signedIn,
  input: PostId,
  handler: async ({ input, context }) => await posts.toggleLike(input.id, context.person),
})
