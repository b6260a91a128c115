import { Form, Submit } from 'layer9/components'
import { addComment } from '~/api/comments'
import { PostDate } from '~/components/PostDate'
import type { ShownComment } from '~/contracts/comment'
import './Comments.css'

export function Comments({ list }: { list: readonly ShownComment[] }) {
  if (list.length === 0) return <p class="quiet">Nobody has replied yet.</p>
  return (
    <ol class="comments plain-list">
      {list.map((comment) => (
        <li key={comment.id} class="comment">
          <p class="comment-head">
            <strong>{comment.author.name}</strong>, {comment.author.address} · <PostDate date={comment.createdAt} />
          </p>
          <p class="comment-body">{comment.body}</p>
        </li>
      ))}
    </ol>
  )
}

export function CommentForm({ postId }: { postId: string }) {
  return (
    <Form action={addComment} class="form">
      {({ values, errors }) => (
        <>
          <input type="hidden" name="postId" value={postId} />
          <div class="field">
            <label for="reply">Your reply</label>
            <textarea
              id="reply"
              name="body"
              rows={3}
              maxlength={1000}
              required
              aria-invalid={errors.body ? 'true' : undefined}
              aria-describedby="reply-note"
            >
              {values.body ?? ''}
            </textarea>
            <p id="reply-note" class="field-error">
              {errors.body}
            </p>
          </div>
          <Submit class="button">Reply</Submit>
        </>
      )}
    </Form>
  )
}
