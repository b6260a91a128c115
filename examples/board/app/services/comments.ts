import type { Infer } from 'layer9/contracts'
import type { NewComment, ShownComment } from '~/contracts/comment'
import type { Person } from '~/contracts/person'
import { db } from '~/data/db'
import { checkPost } from '~/services/posts'

/** All comments of a post, oldest first. @throws NotFound when there is no such post */
export async function listComments(postId: string): Promise<ShownComment[]> {
  await checkPost(postId)
  const rows = await db
    .selectFrom('comments')
    .innerJoin('people', 'people.id', 'comments.authorId')
    .select(['comments.id', 'comments.body', 'comments.createdAt', 'people.name', 'people.address'])
    .where('comments.postId', '=', postId)
    .orderBy('comments.createdAt')
    .orderBy('comments.id')
    .execute()
  return rows.map(({ name, address, ...comment }) => ({ ...comment, author: { name, address } }))
}

/** @throws NotFound when there is no such post */
export async function addComment(author: Person, { postId, body }: Infer<typeof NewComment>): Promise<ShownComment> {
  return await db.transaction().execute(async () => {
    await checkPost(postId)
    const { id, createdAt } = await db
      .insertInto('comments')
      .values({ postId, body, authorId: author.id })
      .returning(['id', 'createdAt'])
      .executeTakeFirstOrThrow()
    return { id, body, createdAt, author: { name: author.name, address: author.address } }
  })
}
