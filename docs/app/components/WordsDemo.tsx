import { text, words } from '~/state/words'
import './Demo.css'

/** Two of these on one page share one text: a signal belongs to no component. */
export function WordsDemo({ label }: { label: string }) {
  return (
    <div class="demo">
      <label>
        {label}
        <input
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value
          }}
        />
      </label>
      <output>{words} words</output>
    </div>
  )
}
