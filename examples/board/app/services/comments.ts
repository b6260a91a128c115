import type { Comment } from '~/contracts/comment'
import type { Person } from '~/contracts/person'
import { getPerson } from '~/services/people'
import { countComment, getPost } from '~/services/posts'
import { seeds } from '~/services/seed'

const hour = 60 * 60 * 1000

// Post id → its comments, oldest first. Seeded ones follow their post by two hours each.
const stored = new Map<string, Comment[]>(
  seeds.map((seed, index) => {
    const id = String(index + 1)
    const begin = getPost(id).createdAt.getTime()
    const comments = (seed.comments ?? []).map(([person, body], position) => ({
      id: `${id}-${position + 1}`,
      author: getPerson(person),
      body,
      createdAt: new Date(begin + (position + 1) * 2 * hour),
    }))
    return [id, comments]
  }),
)

/** All comments of a post, oldest first. @throws NotFound when there is no such post */
export function listComments(postId: string): Comment[] {
  getPost(postId)
  return [...(stored.get(postId) ?? [])]
}

/** @throws NotFound when there is no such post */
export function addComment(author: Person, comment: { postId: string; body: string }): Comment {
  const { postId, body } = comment
  countComment(postId)
  const added = { id: crypto.randomUUID(), author, body, createdAt: new Date() }
  stored.set(postId, [...(stored.get(postId) ?? []), added])
  return added
}
