import { Form } from 'layer9/components'
import { href } from 'layer9/contracts'
import { chooseTheme, signOut } from '~/api/session'
import { DraftNote } from '~/components/DraftNote'
import { ThemeToggle } from '~/components/ThemeToggle'
import type { Person } from '~/contracts/person'
import type { Theme } from '~/contracts/session'
import './Header.css'

interface Props {
  person: Person | null
  theme: Theme | null
  path: string
}

export function Header({ person, theme, path }: Props) {
  const current = (to: string) => (path === to ? 'page' : undefined)
  return (
    <header class="header">
      <a class="brand" href="/">
        <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
          <path d="M16 29v-9m0 0C8.5 20 4 15.5 4 10.5 4 6.4 7.2 4 10.2 4c2.6 0 4.6 1.3 5.8 3.2C17.2 5.3 19.2 4 21.8 4 24.8 4 28 6.4 28 10.5 28 15.5 23.5 20 16 20Zm0 0v-8m0 4.5 4-3m-4 .5-4-3" />
        </svg>
        Linden Street
      </a>
      <nav class="header-nav" aria-label="Board">
        <a href="/" aria-current={current('/')}>
          Notices
        </a>
        <a href="/new" aria-current={current('/new')}>
          Put one up
        </a>
        <a href="/about" aria-current={current('/about')}>
          About
        </a>
      </nav>
      <div class="header-tools">
        <DraftNote />
        <Form action={chooseTheme}>
          <ThemeToggle theme={theme} />
        </Form>
        {person ? (
          <Form action={signOut} class="header-person">
            <span>
              {person.name.split(' ')[0]}{' '}
              <span class="header-surname">{person.name.split(' ').slice(1).join(' ')}</span>
            </span>
            <button type="submit" class="link">
              Sign out
            </button>
          </Form>
        ) : (
          <a href={href('/sign-in', {}, { query: { to: path } })} aria-current={current('/sign-in')}>
            Sign in
          </a>
        )}
      </div>
    </header>
  )
}
