import type { PageProps } from 'layer9/routes'

export const head = () => ({ title: 'About · Linden Street' })

export default function AboutPage(_props: PageProps<'/about'>) {
  return (
    <article class="prose about">
      <h1>About this board</h1>
      <p>
        Twenty-eight houses share this board. It is for ladders, lost gloves and soup; for what a street is good at when
        it talks to itself.
      </p>
      <h2>House rules</h2>
      <ul>
        <li>Write as you would speak to somebody on the stairs.</li>
        <li>What you lend out, say until when. What you borrow, bring back cleaner.</li>
        <li>A notice that has done its work may come down.</li>
      </ul>
      <h2>How it is made</h2>
      <p>
        The server renders every page. What moves in the browser is small: the like button, the switch between light and
        dark, the field you write a notice in, and the note in the header that counts the words of your draft. Begin a
        notice, walk around the board, and come back: the draft is still there, because going to another page does not
        throw this one away.
      </p>
      <p>Switch JavaScript off, and everything but the counting works as before.</p>
    </article>
  )
}
