import { type Infer, NotFound } from 'layer9/contracts'
import type { Person } from '~/contracts/person'
import type { NewPost, Post, PostPage, PostSummary, Search, Topic } from '~/contracts/post'
import { getPerson } from '~/services/people'
import { seeds } from '~/services/seed'

const pageSize = 8
const excerptLength = 150
const day = 24 * 60 * 60 * 1000

interface StoredPost extends Omit<Post, 'likes'> {
  /** Who liked it; the seeds' likes have no names. */
  likedBy: Set<string>
  seededLikes: number
}

// In memory: the board begins anew with each start of the process. Newest first.
const stored: StoredPost[] = seeds.map((seed, index) => ({
  id: String(index + 1),
  topic: seed.topic,
  title: seed.title,
  body: seed.body,
  author: getPerson(seed.author),
  createdAt: new Date(Date.now() - seed.days * day),
  comments: seed.comments?.length ?? 0,
  likedBy: new Set(),
  seededLikes: seed.likes,
}))

const toPost = ({ likedBy, seededLikes, ...post }: StoredPost): Post => ({ ...post, likes: seededLikes + likedBy.size })

function toSummary(post: StoredPost): PostSummary {
  const { body, ...rest } = toPost(post)
  const text = body.replaceAll(/\s+/g, ' ')
  const cut = text.lastIndexOf(' ', excerptLength)
  return { ...rest, excerpt: text.length <= excerptLength ? text : `${text.slice(0, cut)}…` }
}

/** One page of the board, newest first; `q` is looked for in title, text and author. */
export function searchPosts({ q, topic, page }: Infer<typeof Search>): PostPage {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  const matches = stored.filter((post) => (!topic || post.topic === topic) && containsAll(post, words))
  const pages = Math.max(1, Math.ceil(matches.length / pageSize))
  const shown = Math.min(page, pages)
  const posts = matches.slice((shown - 1) * pageSize, shown * pageSize).map(toSummary)
  return { posts, total: matches.length, page: shown, pages }
}

function containsAll(post: StoredPost, words: readonly string[]): boolean {
  const text = `${post.title} ${post.body} ${post.author.name}`.toLowerCase()
  return words.every((word) => text.includes(word))
}

/** How many notices each topic has. */
export function countTopics(): Partial<Record<Topic, number>> {
  const counts: Partial<Record<Topic, number>> = {}
  for (const { topic } of stored) counts[topic] = (counts[topic] ?? 0) + 1
  return counts
}

/** @throws NotFound when there is no such post */
export const getPost = (id: string): Post => toPost(findStored(id))

/** Whether this person liked the post. */
export const isLikedBy = (id: string, person: Person | undefined): boolean =>
  person !== undefined && findStored(id).likedBy.has(person.id)

export function publish(author: Person, post: Infer<typeof NewPost>): Post {
  const added: StoredPost = {
    ...post,
    id: crypto.randomUUID(),
    author,
    createdAt: new Date(),
    comments: 0,
    likedBy: new Set(),
    seededLikes: 0,
  }
  stored.unshift(added)
  return toPost(added)
}

/** Likes the post, or takes the like back. */
export function toggleLike(id: string, person: Person): { likes: number; liked: boolean } {
  const { likedBy, seededLikes } = findStored(id)
  const liked = !likedBy.delete(person.id)
  if (liked) likedBy.add(person.id)
  return { likes: seededLikes + likedBy.size, liked }
}

/** Counts one more comment. */
export function countComment(id: string): void {
  findStored(id).comments += 1
}

function findStored(id: string): StoredPost {
  const post = stored.find((each) => each.id === id)
  if (!post) throw new NotFound('post')
  return post
}
