import { useState } from 'layer9/components'
import { likePost } from '~/api/posts'

interface Likes {
  likes: number
  liked: boolean
}

/**
 * A button that shows its effect before the server has confirmed it, and takes it back when the server refuses. It
 * stands in a form: where no script runs, it submits that form and does the same.
 */
export function LikeButton({ id, likes, liked }: Likes & { id: string }) {
  const [shown, setShown] = useState<Likes>({ likes, liked })
  const [failed, setFailed] = useState(false)

  async function toggle(event: Event) {
    event.preventDefault()
    const before = shown
    setFailed(false)
    setShown({ likes: before.likes + (before.liked ? -1 : 1), liked: !before.liked })
    try {
      setShown(await likePost({ id }))
    } catch {
      setShown(before)
      setFailed(true)
    }
  }

  return (
    <span class="like">
      <button type="submit" class="like-button" aria-pressed={shown.liked ? 'true' : 'false'} onClick={toggle}>
        <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
          <path d="M10 17.2 3.4 10.4a4.2 4.2 0 0 1 0-5.9 4.1 4.1 0 0 1 5.8 0l.8.9.8-.9a4.1 4.1 0 0 1 5.8 0 4.2 4.2 0 0 1 0 5.9Z" />
        </svg>
        {shown.liked ? 'Liked' : 'Like'}
        <span class="like-count">{shown.likes}</span>
      </button>
      <span role="status">{failed ? 'That did not reach the board. Try again.' : ''}</span>
    </span>
  )
}
