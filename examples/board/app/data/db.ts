import { entity, id, reference, text, timestamp } from 'layer9/contracts'
import { database, table } from 'layer9/data'
import { Comment } from '~/contracts/comment'
import { Person } from '~/contracts/person'
import { Post } from '~/contracts/post'

/** Who is signed in. Nobody but the server needs to know of it, so it is no contract. */
const Session = entity('sessions', {
  id: id(),
  /** The SHA-256 of what the cookie holds: who reads the table cannot sign in with it. */
  tokenHash: text({ max: 64 }).unique(),
  personId: reference('people', { onDelete: 'cascade' }),
  createdAt: timestamp().default('now'),
})

export const db = database({
  people: table(Person),
  posts: table(Post, { index: [['createdAt'], ['topic', 'createdAt']], search: ['title', 'body'] }),
  comments: table(Comment, { index: [['postId', 'createdAt']] }),
  sessions: table(Session),
})
