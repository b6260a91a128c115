import { href } from 'layer9/contracts'

interface Props {
  page: number
  pages: number
  query: Record<string, string | undefined>
}

export function Pager({ page, pages, query }: Props) {
  if (pages < 2) return null
  const to = (target: number) => href('/', {}, { query: { ...query, page: target > 1 ? target : undefined } })
  return (
    <nav class="pager" aria-label="Pages">
      {page > 1 ? (
        <a href={to(page - 1)} rel="prev">
          ← Newer
        </a>
      ) : (
        <span />
      )}
      <span>
        Page {page} of {pages}
      </span>
      {page < pages ? (
        <a href={to(page + 1)} rel="next">
          Older →
        </a>
      ) : (
        <span />
      )}
    </nav>
  )
}
