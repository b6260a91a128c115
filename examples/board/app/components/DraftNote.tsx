import { inWords } from '~/contracts/words'
import { words } from '~/state/draft'

/** Stands in the header on every page and knows of the notice that somebody began and left. */
export function DraftNote() {
  return <span class="draft-note">{words.value > 0 && <a href="/new">Your draft: {inWords(words.value)}</a>}</span>
}
