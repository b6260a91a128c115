import { href } from 'layer9/contracts'
import { DateLeaf } from '~/components/PostDate'
import { type PostSummary, topicNames } from '~/contracts/post'
import './PostList.css'

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

export function PostList({ posts }: { posts: readonly PostSummary[] }) {
  return (
    <ol class="posts plain-list">
      {posts.map((post) => (
        <li key={post.id} class="posts-item">
          <DateLeaf date={post.createdAt} />
          <article>
            <p class="posts-topic">{topicNames[post.topic]}</p>
            <h2 class="posts-title">
              <a href={href('/posts/[id]', { id: post.id })}>{post.title}</a>
            </h2>
            <p class="posts-excerpt">{post.excerpt}</p>
            <p class="posts-meta">
              {post.author.name}
              <span>{plural(post.comments, 'reply', 'replies')}</span>
              <span>{plural(post.likes, 'like', 'likes')}</span>
            </p>
          </article>
        </li>
      ))}
    </ol>
  )
}
