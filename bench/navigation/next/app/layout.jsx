import Link from 'next/link'
import { readSite } from '../../layer9/app/services/guide.ts'
import { Counter } from './counter.jsx'
import './base.css'

export const dynamic = 'force-dynamic'

export default function Layout({ children }) {
  const { groups, recent, prefetch } = readSite()
  // Absent, each link is prefetched when it comes into view.
  const options = prefetch ? {} : { prefetch: false }
  return (
    <html lang="en">
      <body>
        <div className="frame">
          <nav>
            {groups.map(({ heading, links }) => (
              <section key={heading}>
                <h2>{heading}</h2>
                <ul>
                  {links.map(({ path, title }) => (
                    <li key={path}>
                      <Link href={path} {...options}>
                        {title}
                      </Link>
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
              {recent.map(({ path, title, note }) => (
                <li key={path}>
                  <Link href={path} {...options}>
                    {title}
                  </Link>
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
      </body>
    </html>
  )
}
