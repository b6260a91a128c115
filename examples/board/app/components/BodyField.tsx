import { useEffect, useRef, useState } from 'layer9/components'
import { countWords, inWords } from '~/contracts/words'
import { draft } from '~/state/draft'

/** The text of a notice: what is typed is a draft that other pages know of until it is sent. */
export function BodyField({ value, error }: { value: string; error: string }) {
  const area = useRef<HTMLTextAreaElement | null>(null)
  const [text, setText] = useState(value)

  useEffect(() => {
    const element = area.current
    if (!element) return
    // What the server kept of a refused form is newer than the draft.
    if (element.value === '') element.value = draft.peek()
    draft.value = element.value
    setText(element.value)
    const { form } = element
    return () => {
      // Taken away while its form is on its way: the notice is up, and no draft any more.
      if (form?.ariaBusy === 'true') draft.value = ''
    }
  }, [])

  return (
    <div class="field">
      <label for="body">Your notice</label>
      <textarea
        id="body"
        name="body"
        rows={9}
        maxlength={5000}
        required
        ref={area}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby="body-note"
        onInput={(event) => {
          draft.value = event.currentTarget.value
          setText(event.currentTarget.value)
        }}
      >
        {value}
      </textarea>
      <p id="body-note" class={error ? 'field-error' : 'field-note'}>
        {error || noteOn(countWords(text))}
      </p>
    </div>
  )
}

const noteOn = (count: number) =>
  count === 0
    ? 'An empty line begins a new paragraph.'
    : `${inWords(count)}, about ${Math.max(1, Math.round(count / 4))} s to read`
