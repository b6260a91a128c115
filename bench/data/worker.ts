// One candidate in a process of its own, which does so many of one thing when it is told to, and says what CPU time that
// took: `node worker.ts MODULE URL`.
import type { Candidate, Open } from './candidate.ts'
import { postOf, posts, users } from './rows.ts'

/** What is told to do. */
export type Order =
  | { readonly measure: Operation; readonly times: number }
  | { readonly check: true }
  | { readonly end: true }

/** What can be measured. */
export type Operation = 'insert' | 'key' | 'list-100' | 'list-1000' | 'join' | 'update' | 'transaction'

/** What a candidate answers when it is checked. */
export interface Answers {
  readonly key: unknown
  readonly list: unknown
  readonly join: unknown
  /** The row that was inserted, without its id. */
  readonly inserted: unknown
  /** The row that was updated. */
  readonly updated: unknown
  /** What the transaction read. */
  readonly transaction: unknown
}

let next = posts.length

/** The post that is inserted next, in a form that all can take. */
function nextPost() {
  const { id: _, ...post } = postOf(next++)
  return post
}

/** Far apart, so that each is in another place of the file. */
const at = <Item>(items: readonly Item[], number: number): Item => items[(number * 7919) % items.length]!

const operations: Record<Operation, (candidate: Candidate, number: number) => unknown> = {
  insert: (candidate) => candidate.insert(nextPost()),
  key: (candidate, number) => candidate.key(at(posts, number).id),
  'list-100': (candidate) => candidate.list(100),
  'list-1000': (candidate) => candidate.list(1000),
  join: (candidate, number) => candidate.join(at(users, number).id),
  update: (candidate, number) => candidate.update(at(posts, number).id, `Title ${number}`, number),
  transaction: (candidate, number) => candidate.transaction(nextPost(), at(posts, number).id, number),
}

/** Microseconds of CPU of one operation. */
async function measure(candidate: Candidate, { measure: name, times }: { measure: Operation; times: number }) {
  const run = operations[name]
  const before = process.cpuUsage()
  for (let number = 0; number < times; number++) {
    const running = run(candidate, number) as { then?: unknown } | undefined
    // What is done at once is not waited for.
    if (typeof running?.then === 'function') await running
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / times
}

async function answer(candidate: Candidate): Promise<Answers> {
  const plain = (result: unknown) => structuredClone(candidate.plain ? candidate.plain(result) : result)
  const first = await candidate.insert(nextPost())
  const inserted = plain(await candidate.key(String(first))) as Record<string, unknown>
  delete inserted['id']
  const [key, list, join] = [
    await candidate.key(posts[1]!.id),
    await candidate.list(100),
    await candidate.join(users[3]!.id),
  ]
  await candidate.update(posts[2]!.id, 'Changed', 7)
  return {
    key: plain(key),
    // Without the row that was inserted.
    list: (plain(list) as unknown[]).slice(1),
    join: plain(join),
    inserted,
    updated: plain(await candidate.key(posts[2]!.id)),
    transaction: plain(await candidate.transaction(nextPost(), posts[4]!.id, 12)),
  }
}

const [module, url] = process.argv.slice(2)
const { open } = (await import(module!)) as { open: Open }
const candidate = await open(url!, { users, posts })

process.on('message', async (order: Order) => {
  if ('end' in order) {
    await candidate.close()
    process.exit(0)
  }
  try {
    process.send!({ value: 'check' in order ? await answer(candidate) : await measure(candidate, order) })
  } catch (error) {
    process.send!({ error: error instanceof Error ? error.stack : String(error) })
  }
})
process.send!({ value: 'ready' })
