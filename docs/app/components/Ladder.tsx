import { layers } from '~/contracts/layers'
import './Ladder.css'

/** The nine layers as a list, the wire drawn where it is. `current` is the layer that is being read about. */
export function Ladder({ current }: { current?: string | undefined }) {
  return (
    <ol class="ladder">
      {layers.map(({ number, name, question }) => (
        <li key={name} class={number === 6 ? 'ladder-item ladder-wire' : 'ladder-item'}>
          <a href={`/layers/${name}`} aria-current={name === current ? 'page' : undefined}>
            <span class="ladder-number">{number}</span>
            <span class="ladder-name">{name}</span>
            <span class="ladder-question">{question}</span>
          </a>
        </li>
      ))}
    </ol>
  )
}
