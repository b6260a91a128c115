import { action, query } from 'layer9/api'
import { everyone } from 'layer9/middleware'
import { NewComment } from '~/contracts/comment'
import { PostId } from '~/contracts/post'
import { signedIn } from '~/middleware/session'
import * as comments from '~/services/comments'

export const listComments = query({
  access: everyone,
  input: PostId,
  handler: async ({ input }) => await comments.listComments(input.id),
})

export const addComment = action({
  access: signedIn,
  input: NewComment,
  handler: async ({ input, context }) => await comments.addComment(context.person, input),
})
