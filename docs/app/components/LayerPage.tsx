import type { Child } from 'layer9/components'
import { layers } from '~/contracts/layers'
import './LayerPage.css'

/** The frame of a layer's page: number, question, where it runs, and the neighbours above and below. */
export function LayerPage({ name, children }: { name: string; children: Child }) {
  const index = layers.findIndex((layer) => layer.name === name)
  const layer = layers[index]
  if (!layer) throw new Error(`There is no layer called ${name}.`)
  const above = layers[index - 1]
  const below = layers[index + 1]
  return (
    <article class="layer">
      <header class="layer-head">
        <p class="layer-number" aria-hidden="true">
          {layer.number}
        </p>
        <div>
          <h1>{layer.name}</h1>
          <p class="layer-question">{layer.question}</p>
        </div>
        <dl class="layer-facts">
          <dt>Folder</dt>
          <dd>
            <code>app/{layer.name}/</code>
          </dd>
          <dt>Runs</dt>
          <dd>{layer.runs}</dd>
        </dl>
      </header>
      <div class="prose">{children}</div>
      <nav class="layer-nav" aria-label="Neighbouring layers">
        {above ? <a href={`/layers/${above.name}`}>↑ {above.name}</a> : <span />}
        {below ? <a href={`/layers/${below.name}`}>↓ {below.name}</a> : <span />}
      </nav>
    </article>
  )
}
