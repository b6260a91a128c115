import type { LayoutProps } from 'layer9/routes'
import { getVisitor } from '~/api/session'
import { Header } from '~/components/Header'
import '~/components/base.css'

export const loader = async () => await getVisitor()

export const head = () => ({
  title: 'Linden Street',
  meta: [
    { name: 'description', content: 'The notice board of Linden Street, No. 1 to 28.' },
    { name: 'color-scheme', content: 'light dark' },
  ],
  links: [{ rel: 'icon', href: '/linden.svg', type: 'image/svg+xml' }],
})

export default function BoardLayout({ data, path, children }: LayoutProps<typeof loader>) {
  return (
    <div class="board" data-theme={data.theme}>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <Header person={data.person} theme={data.theme} path={path} />
      <main id="main" tabindex={-1}>
        {children}
      </main>
      <footer class="footer">
        <p>
          A demonstration made with Layer9. The street and its people are invented; what you write is kept where the
          demonstration runs.
        </p>
      </footer>
    </div>
  )
}
