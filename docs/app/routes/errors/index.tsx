import { href } from 'layer9/contracts'
import type { PageProps } from 'layer9/routes'
import { listErrors } from '~/api/errors'

export const loader = async () => ({ errors: await listErrors() })

export const head = () => ({ title: 'Errors · Layer9' })

export default function ErrorsPage({ data }: PageProps<typeof loader>) {
  const layers = [...new Set(data.errors.map(({ layer }) => layer))].sort()
  return (
    <div class="prose">
      <h1>Errors</h1>
      <p class="lead">
        Every error has a code that stays the same for ever. It says what happened, where, and what to do;{' '}
        <code>layer9 explain CODE</code> tells the same in the terminal.
      </p>
      {layers.map((layer) => (
        <section key={layer}>
          <h2>{layer}</h2>
          <ul class="codes">
            {data.errors
              .filter((error) => error.layer === layer)
              .map(({ code }) => (
                <li key={code}>
                  <a href={href('/errors/[code]', { code })}>
                    <code>{code}</code>
                  </a>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
