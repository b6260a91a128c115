import { useEffect, useRef } from 'layer9/components'
import { draft, words } from '~/state/draft'

/** The text of a notice: what is typed is a draft that other pages know of until it is sent. */
export function BodyField({ value, error }: { value: string; error: string }) {
  const area = useRef<HTMLTextAreaElement | null>(null)

  useEffect(() => {
    const element = area.current
    if (!element) return
    if (element.value === '') element.value = draft.value
    else draft.value = element.value
    const clear = () => {
      draft.value = ''
    }
    element.form?.addEventListener('reset', clear)
    return () => element.form?.removeEventListener('reset', clear)
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
        }}
      >
        {value}
      </textarea>
      <p id="body-note" class={error ? 'field-error' : 'field-note'}>
        {error || <WordCount />}
      </p>
    </div>
  )
}

function WordCount() {
  const count = words.value
  if (count === 0) return <>An empty line begins a new paragraph.</>
  return (
    <>
      {count} {count === 1 ? 'word' : 'words'}, about {Math.max(1, Math.round(count / 4))} s to read
    </>
  )
}
