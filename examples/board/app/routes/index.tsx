import type { LoaderArgs, PageProps } from 'layer9/routes'
import { listPosts } from '~/api/posts'
import { Pager } from '~/components/Pager'
import { PostList } from '~/components/PostList'
import { SearchBar } from '~/components/SearchBar'
import { type Topic, topicNames, topics } from '~/contracts/post'

export const loader = async ({ query }: LoaderArgs<'/'>) => {
  const q = (query.get('q') ?? '').trim().slice(0, 100)
  const topic: Topic | undefined = topics.find((each) => each === query.get('topic'))
  // A page that is no number is the first one: links on other sites are old.
  const page = Math.max(1, Number.parseInt(query.get('page') ?? '', 10) || 1)
  const found = await listPosts({ q, topic, page })
  return { ...found, q, topic }
}

const titleOf = ({ q, topic }: { q: string; topic?: Topic | undefined }) =>
  q ? `“${q}”` : topic ? topicNames[topic] : 'Notices'

export const head = ({ data }: PageProps<typeof loader>) => ({ title: `${titleOf(data)} · Linden Street` })

export default function BoardPage({ data }: PageProps<typeof loader>) {
  const { q, topic, posts, total, page, pages } = data
  return (
    <>
      <div class="page-head">
        <h1>{q || topic ? titleOf(data) : 'What the street is saying'}</h1>
        <p class="quiet">
          {total === 1 ? 'One notice' : `${total} notices`}
          {q && topic ? ` in ${topicNames[topic]}` : ''}, newest first
        </p>
      </div>
      <SearchBar q={q} topic={topic} counts={data.topics} />
      {posts.length > 0 ? (
        <PostList posts={posts} />
      ) : (
        <p class="empty">
          Nothing on the board fits. Try fewer words, <a href="/">look at everything</a>, or{' '}
          <a href="/new">put up a notice</a> yourself.
        </p>
      )}
      <Pager page={page} pages={pages} query={{ q: q || undefined, topic }} />
    </>
  )
}
