import { href } from 'layer9/contracts'
import { type Topic, topicNames, topics } from '~/contracts/post'
import './SearchBar.css'

interface Props {
  q: string
  topic: Topic | undefined
  counts: Partial<Record<Topic, number>>
}

/** A form of the GET kind: the address says what is looked for, so it can be kept and sent. */
export function SearchBar({ q, topic, counts }: Props) {
  return (
    <search class="search">
      <form method="get" action="/" class="search-form">
        <label for="q" class="visually-hidden">
          Search the board
        </label>
        <input id="q" name="q" type="search" value={q} placeholder="Ladder, choir, cat …" autocomplete="off" />
        {topic && <input type="hidden" name="topic" value={topic} />}
        <button type="submit" class="button button-quiet">
          Search
        </button>
      </form>
      <nav aria-label="Topics">
        <ul class="topics plain-list">
          <li>
            <a href={href('/', {}, { query: { q: q || undefined } })} aria-current={topic ? undefined : 'true'}>
              All
            </a>
          </li>
          {topics.map((each) => (
            <li key={each}>
              <a
                href={href('/', {}, { query: { q: q || undefined, topic: each } })}
                aria-current={each === topic ? 'true' : undefined}
              >
                {topicNames[each]} <span class="topics-count">{counts[each] ?? 0}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </search>
  )
}
