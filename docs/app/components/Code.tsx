import { highlight } from '~/contracts/highlight'
import './Code.css'

interface Props {
  /** The file that the text is, in an app; examples with one are type-checked together. */
  file?: string
  children: string
}

/** An example. It is coloured by the server, so it costs the reader no script. */
export function Code({ file, children }: Props) {
  return (
    <figure class="code">
      {file && <figcaption>{file}</figcaption>}
      <pre tabindex={0}>
        <code>
          {highlight(children.trim()).map((token) =>
            token.kind === 'plain' ? token.text : <span class={`code-${token.kind}`}>{token.text}</span>,
          )}
        </code>
      </pre>
    </figure>
  )
}
