// What every candidate holds when it is measured: 100 users and 10,000 posts, the same rows everywhere.

/** Who writes posts. */
export interface User {
  readonly id: string
  readonly name: string
}

/** A post: an id, a reference, texts, a boolean, a number, a moment. */
export interface Post {
  readonly id: string
  readonly authorId: string
  readonly title: string
  readonly body: string
  readonly isPinned: boolean
  readonly votes: number
  readonly createdAt: Date
}

/** A post beside the name of its author. */
export interface Joined {
  readonly id: string
  readonly title: string
  readonly createdAt: Date
  readonly name: string
}

const userCount = 100
const postCount = 10_000

/** An id in the form of those that the framework makes. */
const idOf = (kind: number, number: number): string =>
  `01900000-0000-7000-8${String(kind).padStart(3, '0')}-${number.toString(16).padStart(12, '0')}`

/** All users. */
export const users: readonly User[] = Array.from({ length: userCount }, (_, at) => ({
  id: idOf(1, at),
  name: `Writer ${at}`,
}))

/** The post of that number. Those from 10,000 on are the ones that are inserted. */
export const postOf = (at: number): Post => ({
  id: idOf(2, at),
  authorId: users[(at * 7) % userCount]!.id,
  title: `The ${at}th thing to say`,
  body: `It is said in ${at} words. `.repeat(6),
  isPinned: at % 5 === 0,
  votes: (at * 31) % 1000,
  createdAt: new Date(Date.UTC(2026, 0, 1) + at * 60_000),
})

/** All posts, the oldest first. */
export const posts: readonly Post[] = Array.from({ length: postCount }, (_, at) => postOf(at))

/** The newest posts, as a list shows them. */
export const newest = (size: number): Post[] => posts.slice(-size).reverse()

/** The newest 20 posts of a writer, with his name. */
export const joinedOf = ({ id, name }: User): Joined[] =>
  posts
    .filter((post) => post.authorId === id)
    .slice(-20)
    .reverse()
    .map((post) => ({ id: post.id, title: post.title, createdAt: post.createdAt, name }))
