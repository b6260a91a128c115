import type { LoaderArgs, PageProps } from 'layer9/routes'
import { getPage } from '~/api/guide'

export const loader = async ({ params }: LoaderArgs<'/guide/[name]'>) => await getPage({ name: params.name })

export const head = ({ data }: PageProps<typeof loader>) => ({ title: data.title })

export default function GuidePage({ data }: PageProps<typeof loader>) {
  return (
    <>
      <h1>{data.title}</h1>
      <p class="lead">{data.lead}</p>
      {data.sections.map(({ id, heading, text }) => (
        <section key={id} id={id}>
          <h2>{heading}</h2>
          <p>{text}</p>
        </section>
      ))}
    </>
  )
}
