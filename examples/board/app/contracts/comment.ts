import { entity, id, type Row, reference, text, timestamp } from 'layer9/contracts'
import type { Author } from '~/contracts/post'

export const Comment = entity('comments', {
  id: id(),
  postId: reference('posts', { onDelete: 'cascade' }),
  authorId: reference('people', { onDelete: 'cascade' }),
  body: text({ min: 1, max: 1000, trim: true, multiline: true, label: 'Your reply' }),
  createdAt: timestamp().default('now'),
})

/** A comment as a page shows it. */
export type ShownComment = Pick<Row<typeof Comment>, 'id' | 'body' | 'createdAt'> & { author: Author }

export const NewComment = Comment.pick('postId', 'body')
