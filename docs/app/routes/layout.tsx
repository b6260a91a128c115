import type { LayoutProps } from 'layer9/routes'
import { Ladder } from '~/components/Ladder'
import '~/components/base.css'

export const head = () => ({
  title: 'Layer9',
  meta: [{ name: 'description', content: 'A full-stack TypeScript web framework in nine enforced layers.' }],
  links: [{ rel: 'icon', href: '/layer9.svg', type: 'image/svg+xml' }],
})

export default function DocsLayout({ children, path }: LayoutProps<'/'>) {
  return (
    <div class="docs">
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="docs-header">
        <a class="brand" href="/" aria-current={path === '/' ? 'page' : undefined}>
          <svg viewBox="0 0 36 36" width="30" height="30" aria-hidden="true">
            <path d="M4 8h28M4 14h28M4 28h28" />
            <path class="brand-wire" d="M4 21h28" />
          </svg>
          Layer9
        </a>
        <nav aria-label="Layers" class="docs-nav">
          <Ladder current={path.startsWith('/layers/') ? path.slice('/layers/'.length) : undefined} />
        </nav>
        <a class="docs-errors" href="/errors" aria-current={path === '/errors' ? 'page' : undefined}>
          Errors
        </a>
      </header>
      <main id="main" tabindex={-1}>
        {children}
      </main>
    </div>
  )
}
