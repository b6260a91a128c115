import { words } from '~/state/draft'

/** Stands in the header on every page and knows of the notice that somebody began and left. */
export function DraftNote() {
  const count = words.value
  return (
    <span class="draft-note" aria-live="off">
      {count > 0 && (
        <a href="/new">
          Your draft: {count} {count === 1 ? 'word' : 'words'}
        </a>
      )}
    </span>
  )
}
