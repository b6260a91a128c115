import { notFound } from 'next/navigation'
import { readPage } from '../../../../layer9/app/services/guide.ts'

export async function generateMetadata({ params }) {
  const page = readPage((await params).name)
  return { title: page?.title }
}

export default async function GuidePage({ params }) {
  const page = readPage((await params).name)
  if (!page) notFound()
  return (
    <>
      <h1>{page.title}</h1>
      <p className="lead">{page.lead}</p>
      {page.sections.map(({ id, heading, text }) => (
        <section key={id} id={id}>
          <h2>{heading}</h2>
          <p>{text}</p>
        </section>
      ))}
    </>
  )
}
