import type { PageProps } from 'layer9/routes'
import { PostForm } from '~/components/PostForm'

export const access = 'signedIn'

export const head = () => ({ title: 'Put up a notice · Linden Street' })

export default function NewPostPage(_props: PageProps<'/new'>) {
  return (
    <>
      <div class="page-head">
        <h1>Put up a notice</h1>
        <p class="quiet">
          Say what it is about in the title, and how to find you in the text. While you write you may look around: your
          draft waits.
        </p>
      </div>
      <PostForm />
    </>
  )
}
