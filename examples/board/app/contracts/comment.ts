import { toStandardJsonSchema } from '@valibot/to-json-schema'
import * as v from 'valibot'
import type { Person } from '~/contracts/person'

export interface Comment {
  id: string
  author: Person
  body: string
  createdAt: Date
}

export const NewComment = /*#__PURE__*/ toStandardJsonSchema(
  v.object({
    postId: v.pipe(v.string(), v.maxLength(40)),
    body: v.pipe(
      v.optional(v.string(), ''),
      v.trim(),
      v.nonEmpty('Write something first.'),
      v.maxLength(1000, 'Keep a reply within 1000 characters.'),
    ),
  }),
)
