import type { LayoutProps } from 'layer9/routes'
import { getSite } from '~/api/guide'
import { Counter } from '~/components/Counter'
import '~/components/base.css'

export const loader = async () => await getSite()

export default function Layout({ data, children }: LayoutProps<typeof loader>) {
  // Absent, a link is prefetched when the pointer rests on it.
  const prefetch = data.prefetch ? undefined : 'none'
  return (
    <>
      <div class="frame">
        <nav>
          {data.groups.map(({ heading, links }) => (
            <section key={heading}>
              <h2>{heading}</h2>
              <ul>
                {links.map(({ path, title }) => (
                  <li key={path}>
                    <a href={path} data-layer9-prefetch={prefetch}>
                      {title}
                    </a>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </nav>
        <main>{children}</main>
        <aside>
          <h2>Recently changed</h2>
          <ul>
            {data.recent.map(({ path, title, note }) => (
              <li key={path}>
                <a href={path} data-layer9-prefetch={prefetch}>
                  {title}
                </a>
                <p>{note}</p>
              </li>
            ))}
          </ul>
        </aside>
      </div>
      <footer>
        <p>A guide of 200 pages.</p>
        <Counter />
      </footer>
    </>
  )
}
