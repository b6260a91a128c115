import type { LoaderArgs, PageProps } from 'layer9/routes'
import { getError } from '~/api/errors'
import { Code } from '~/components/Code'

export const loader = async ({ params }: LoaderArgs<'/errors/[code]'>) => await getError({ code: params.code })

export const head = ({ data }: PageProps<typeof loader>) => ({ title: `${data.code} · Layer9` })

export default function ErrorPage({ data }: PageProps<typeof loader>) {
  return (
    <div class="prose">
      <h1 class="code-name">{data.code}</h1>
      <p class="lead">{data.message}</p>
      <p>
        <strong>Fix:</strong> {data.fix}
      </p>
      <p>
        It comes from <em>{data.layer}</em>. What stands in ‹these marks› is said of the case at hand: a name, a file, a
        value. In the terminal:
      </p>
      <Code output>{`layer9 explain ${data.code}`}</Code>
      <p>
        <a href="/errors">All errors</a>
      </p>
    </div>
  )
}
