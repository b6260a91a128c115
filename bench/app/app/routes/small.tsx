import type { LoaderArgs, PageProps } from 'layer9/routes'

export const loader = ({ path }: LoaderArgs<'/small'>) => ({ name: 'World', path })
export const head = () => ({ title: 'Small' })

export default function Small({ data }: PageProps<typeof loader>) {
  return (
    <main>
      <h1>Hello, {data.name}!</h1>
      <p>
        This is the page at <code>{data.path}</code>, made for this request.
      </p>
      <ul>
        <li>one</li>
        <li>two</li>
        <li>three</li>
      </ul>
    </main>
  )
}
