import { type Infer, NotFound } from 'layer9/contracts'
import { search } from 'layer9/data'
import type { Person } from '~/contracts/person'
import type { NewPost, PostSummary, Search, ShownPost, Topic } from '~/contracts/post'
import { db } from '~/data/db'

const pageSize = 8
const excerptLength = 150

/** Posts with their author and their counts; what of them is asked follows. */
const shown = () =>
  db
    .selectFrom('posts')
    .innerJoin('people', 'people.id', 'posts.authorId')
    .select(({ selectFrom, fn }) => [
      'posts.id',
      'posts.topic',
      'posts.title',
      'posts.body',
      'posts.createdAt',
      'people.name',
      'people.address',
      selectFrom('comments')
        .whereRef('comments.postId', '=', 'posts.id')
        .select(fn.countAll<number>().as('count'))
        .as('comments'),
      selectFrom('posts_likedBy')
        .whereRef('posts_likedBy.posts', '=', 'posts.id')
        .select(fn.countAll<number>().as('count'))
        .as('likes'),
    ])

type ShownRow = Awaited<ReturnType<ReturnType<typeof shown>['executeTakeFirstOrThrow']>>

const toShown = ({ name, address, comments, likes, ...post }: ShownRow): ShownPost => ({
  ...post,
  author: { name, address },
  comments: comments ?? 0,
  likes: likes ?? 0,
})

function toSummary({ body, ...rest }: ShownPost): PostSummary {
  const text = body.replaceAll(/\s+/g, ' ')
  const cut = text.lastIndexOf(' ', excerptLength)
  return { ...rest, excerpt: text.length <= excerptLength ? text : `${text.slice(0, cut)}…` }
}

/** The posts that fit: of this topic, with each of these words in title or text. */
function matching({ q, topic }: Pick<Infer<typeof Search>, 'q' | 'topic'>) {
  const query = shown().where(search('posts', q))
  return topic ? query.where('posts.topic', '=', topic) : query
}

/** One page of the board, newest first; `q` is looked for in title and text. */
export async function searchPosts(wanted: Infer<typeof Search>) {
  const found = matching(wanted)
  const { total } = await found
    .clearSelect()
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const pages = Math.max(1, Math.ceil(total / pageSize))
  const page = Math.min(wanted.page, pages)
  const rows = await found
    .orderBy('posts.createdAt', 'desc')
    .orderBy('posts.id', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  return { posts: rows.map((row) => toSummary(toShown(row))), total, page, pages }
}

/** How many notices each topic has. */
export async function countTopics(): Promise<Partial<Record<Topic, number>>> {
  const rows = await db
    .selectFrom('posts')
    .select(({ fn }) => ['topic', fn.countAll<number>().as('count')])
    .groupBy('topic')
    .execute()
  return Object.fromEntries(rows.map(({ topic, count }) => [topic, count]))
}

/** @throws NotFound when there is no such post */
export const getPost = async (id: string): Promise<ShownPost> =>
  toShown(await shown().where('posts.id', '=', id).executeTakeFirstOrThrow(notFound))

/** @throws NotFound when there is no such post */
export async function checkPost(id: string): Promise<void> {
  await db.selectFrom('posts').select('id').where('id', '=', id).executeTakeFirstOrThrow(notFound)
}

const notFound = () => new NotFound('post')

/** Whether this person liked the post. */
export async function isLikedBy(id: string, person: Person | undefined): Promise<boolean> {
  if (!person) return false
  const like = await likeOf(id, person).executeTakeFirst()
  return like !== undefined
}

const likeOf = (id: string, person: Person) =>
  db.selectFrom('posts_likedBy').select('posts').where('posts', '=', id).where('likedBy', '=', person.id)

/** Puts a notice up; gives its id. */
export async function publish(author: Person, post: Infer<typeof NewPost>): Promise<string> {
  const added = await db
    .insertInto('posts')
    .values({ ...post, authorId: author.id })
    .returning('id')
    .executeTakeFirstOrThrow()
  return added.id
}

/** Likes the post, or takes the like back. @throws NotFound when there is no such post */
export async function toggleLike(id: string, person: Person): Promise<{ likes: number; liked: boolean }> {
  return await db.transaction().execute(async () => {
    await checkPost(id)
    const taken = await db
      .deleteFrom('posts_likedBy')
      .where('posts', '=', id)
      .where('likedBy', '=', person.id)
      .executeTakeFirstOrThrow()
    const liked = taken.numDeletedRows === 0n
    if (liked)
      await db
        .insertInto('posts_likedBy')
        .values({ posts: id, likedBy: person.id })
        .onConflict((on) => on.doNothing())
        .execute()
    const { likes } = await getPost(id)
    return { likes, liked }
  })
}
