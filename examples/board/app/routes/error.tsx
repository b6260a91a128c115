import { href } from 'layer9/contracts'
import type { ErrorProps } from 'layer9/routes'

const titles: Record<number, string> = {
  401: 'This page is for neighbours',
  403: 'This is not yours to do',
  422: 'Something in there is not right',
  429: 'One at a time',
}

export default function ErrorPage({ error, path }: ErrorProps) {
  return (
    <div class="notice-page">
      <p class="notice-code">{error.status}</p>
      <h1>{titles[error.status] ?? 'The board fell off the wall'}</h1>
      <p>{error.message ?? 'It is our fault, not yours. Try again in a moment.'}</p>
      {error.id && (
        <p class="quiet">
          If it keeps falling, tell us this number: <code>{error.id}</code>
        </p>
      )}
      <p>
        {error.status === 401 ? (
          <a class="button" href={href('/sign-in', {}, { query: { to: path } })}>
            Sign in
          </a>
        ) : (
          <a class="button" href="/">
            Back to the notices
          </a>
        )}
      </p>
    </div>
  )
}
