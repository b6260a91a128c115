import { highlight } from '~/contracts/highlight'
import './Code.css'

interface Props {
  /** The file that the text is, in an app; examples with one are type-checked together. */
  file?: string
  /** What a program prints: not coloured. */
  output?: boolean
  children: string
}

/** An example. It is coloured by the server, so it costs the reader no script. */
export function Code({ file, output, children }: Props) {
  const text = children.trim()
  return (
    <figure class="code">
      {file && <figcaption>{file}</figcaption>}
      <pre tabindex={0}>
        <code>
          {output
            ? text
            : highlight(text).map((token) =>
                token.kind === 'plain' ? token.text : <span class={`code-${token.kind}`}>{token.text}</span>,
              )}
        </code>
      </pre>
    </figure>
  )
}
