import { toStandardJsonSchema } from '@valibot/to-json-schema'
import * as v from 'valibot'
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

export interface Post {
  id: string
  topic: Topic
  title: string
  /** Plain text; an empty line begins a new paragraph. */
  body: string
  author: Person
  createdAt: Date
  likes: number
  comments: number
}

/** A post as a list shows it: without its text, with the beginning of it. */
export type PostSummary = Omit<Post, 'body'> & { excerpt: string }

export interface PostPage {
  posts: PostSummary[]
  total: number
  page: number
  pages: number
}

/** What is left empty in a form is absent: a line of its own says so, in words of its own. */
const line = (what: string, max: number) =>
  v.pipe(
    v.optional(v.string(`Write ${what}.`), ''),
    v.trim(),
    v.nonEmpty(`Write ${what}.`),
    v.maxLength(max, `Keep ${what} within ${max} characters.`),
  )

// With a JSON Schema, which is what forms are read by.
export const NewPost = /*#__PURE__*/ toStandardJsonSchema(
  v.object({
    topic: v.picklist(topics, 'Choose a topic.'),
    title: line('a title', 120),
    body: line('your notice', 5000),
  }),
)

export const PostId = /*#__PURE__*/ toStandardJsonSchema(v.object({ id: v.pipe(v.string(), v.maxLength(40)) }))

/** What the list can be asked for. A page that is no number is the first one: links on other sites are old. */
export const Search = v.object({
  q: v.fallback(v.pipe(v.string(), v.trim(), v.maxLength(100)), ''),
  topic: v.fallback(v.optional(v.picklist(topics)), undefined),
  page: v.fallback(v.pipe(v.number(), v.integer(), v.minValue(1)), 1),
})
