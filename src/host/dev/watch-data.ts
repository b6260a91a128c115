// Looks after the database of an app that is developed; of one that has none, nothing is loaded.
import type { ViteDevServer } from 'vite'
import { askPerson, isAtTerminal } from '../data/ask.ts'
import type { LoadModule } from '../data/load-data.ts'
import { findDataFiles } from '../vite/data-files.ts'
import type { MigrationOffer } from './offer-migration.ts'

/** What looks after a database. */
export interface DataWatch {
  /** Looks whether there is something to migrate. */
  look(): void
  /** Takes back what is being asked. */
  close(): void
}

/** Makes one; it does nothing before it is told to look. */
export function watchData(vite: ViteDevServer, root: string, load: LoadModule): DataWatch {
  const closing = new AbortController()
  const ask = async (question: string): Promise<boolean> => await askPerson(question, closing.signal)
  const refresh = (): void => vite.environments.client.hot.send('layer9:refresh', {})
  const open = async (): Promise<MigrationOffer> => {
    const { MigrationOffer } = await import('./offer-migration.ts')
    const somebody = isAtTerminal() ? ask : undefined
    return new MigrationOffer({ root, load, somebody, onApplied: refresh, signal: closing.signal })
  }
  let offer: Promise<MigrationOffer> | undefined
  return {
    look() {
      if (closing.signal.aborted || !findDataFiles(root)) return
      offer ??= open()
      void offer.then(async (opened) => await opened.look())
    },
    close: () => closing.abort(),
  }
}
