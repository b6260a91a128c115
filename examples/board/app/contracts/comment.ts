import * as v from 'valibot'
import type { Person } from '~/contracts/person'

export interface Comment {
  id: string
  author: Person
  body: string
  createdAt: Date
}

export const NewComment = v.object({
  postId: v.pipe(v.string(), v.maxLength(40)),
  body: v.pipe(
    v.string('Write something first.'),
    v.trim(),
    v.nonEmpty('Write something first.'),
    v.maxLength(1000, 'Keep a reply within 1000 characters.'),
  ),
})
