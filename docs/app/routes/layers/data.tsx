import type { PageProps } from 'layer9/routes'
import { LayerPage } from '~/components/LayerPage'

export const head = () => ({ title: '3 · data · Layer9' })

export default function DataPage(_props: PageProps<'/layers/data'>) {
  return (
    <LayerPage name="data">
      <p class="lead">
        What is stored: tables that are derived from contracts, migrations written from what changed, the same queries
        on SQLite and on Postgres.
      </p>

      <h2>What you can do today</h2>
      <p>
        <code>app/data</code> is a layer like the others: services may import it, and nothing above the wire can reach
        it. Put the client of a database there. Node has <code>node:sqlite</code> built in.
      </p>

      <p>
        How tables follow from entities, and a database from one version of them to the next:{' '}
        <a href="/migrations">Migrations, seeds, going to production</a>.
      </p>

      <h2>Not there yet</h2>
      <p>
        Caches that follow the tables. Nothing of it is exported before it works: an import of a name that does not
        exist is an error, not a stub.
      </p>
    </LayerPage>
  )
}
