import { entity, id, integer, oneOf, type Row, reference, references, schema, text, timestamp } from 'layer9/contracts'
import type { Person } from '~/contracts/person'

/** What a notice is about, in the order in which the board shows it. */
export const topics = ['events', 'lend', 'found', 'offers', 'questions'] as const
export type Topic = (typeof topics)[number]

export const topicNames: Record<Topic, string> = {
  events: 'Events',
  lend: 'Lend & borrow',
  found: 'Lost & found',
  offers: 'Give away',
  questions: 'Questions',
}

export const Post = entity('posts', {
  id: id(),
  authorId: reference('people', { onDelete: 'cascade' }),
  topic: oneOf(...topics),
  title: text({ min: 1, max: 120, trim: true, label: 'Title' }),
  /** Plain text; an empty line begins a new paragraph. */
  body: text({ min: 1, max: 5000, trim: true, multiline: true, label: 'Your notice' }),
  likedBy: references('people'),
  createdAt: timestamp().default('now'),
})

export const NewPost = Post.pick('topic', 'title', 'body')

/** Whoever wrote something, as the board names them beside it. */
export type Author = Pick<Person, 'name' | 'address'>

/** A post with all that a page shows of it. */
export type ShownPost = Omit<Row<typeof Post>, 'authorId'> & { author: Author; likes: number; comments: number }

/** A post as a list shows it: without its text, with the beginning of it. */
export type PostSummary = Omit<ShownPost, 'body'> & { excerpt: string }

/** Old links name posts that never had an id: there is no such post, which is no mistake of whoever follows them. */
export const PostId = schema({ id: text({ max: 40 }) })

export const Search = schema({
  q: text({ max: 100, trim: true }).default(''),
  topic: oneOf(...topics).optional(),
  page: integer({ min: 1 }).default(1),
})
