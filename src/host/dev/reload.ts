// What happens when a file changes. The browser's graph is Vite's business: components swap themselves and keep their
// state. Everything else the browser sees is HTML, so it asks for the document again and merges it.
import type { DevEnvironment, Plugin, ViteDevServer } from 'vite'
import { analyseModule } from '../../8-components/build.ts'
import { isOurs } from '../draw-any-error.ts'
import { isEntry } from '../vite/app-files.ts'
import { isSheet } from '../vite/sheet.ts'
import { readSource } from '../vite/source.ts'
import type { AppRunner } from './app-runner.ts'

/** What the plugin works on. The runner exists only once Vite's server does. */
export interface ReloadOptions {
  root: string
  runner: () => AppRunner | undefined
  /** Called when a route, an api module or the middleware came or went. */
  onEntries: () => Promise<void>
  /** Called when something changed by which the database may have to change. */
  onData: () => void
  /** Called when a style sheet changed, with the time that Vite gives the change. */
  onSheet: (file: string, timestamp: number) => void
  /** Whether a request failed since this was last asked: a page may be showing that, and wait to be mended. */
  takeFailed: () => boolean
}

const isSource = (file: string, root: string): boolean =>
  file.startsWith(`${root}/app/`) && /\.(?:[cm]?[jt]sx?|json|css)$/.test(file)

/** Entities lie in contracts, tables and migrations in data. */
const isData = (file: string, root: string): boolean =>
  [`${root}/app/data/`, `${root}/app/contracts/`].some((folder) => file.startsWith(folder))

const isLinkedModule = (id: string | null): boolean => /\.module\.[^?]*\?(?:.*&)?direct\b/.test(id ?? '')

/** A change as Vite tells it. */
interface Change {
  readonly file: string
  readonly type: 'create' | 'update' | 'delete'
}

/** The plugin for hot reload of everything that is not a live component. */
export function reloadPlugin(options: ReloadOptions): Plugin {
  const changes: Change[] = []
  return {
    name: 'layer9:reload',
    apply: 'serve',
    hotUpdate: {
      order: 'post',
      handler({ file, type, modules, timestamp }) {
        if (isSheet(file)) options.onSheet(file, timestamp)
        // A CSS module that the page links has nobody who accepts it, so Vite would reload the page; the refreshed
        // document links it anew, with its new class names.
        if (this.environment.name !== 'ssr') return modules.filter(({ id }) => !isLinkedModule(id))
        // Vite would have the server evaluate everything anew; `forget` takes only what changed.
        changes.push({ file, type })
        return []
      },
    },
    config: () => ({
      server: {
        async hotUpdateEnvironments(server, update) {
          const handled = changes.splice(0)
          // First the server forgets, then the browser hears of it: a reload must not meet the old page.
          const differs = await forgetAll(handled, server, options)
          if (handled.some(({ file }) => isData(file, options.root))) options.onData()
          // What an app writes into its own folder, as a database, mends nothing.
          const failed = handled.some(({ file }) => isSource(file, options.root)) && options.takeFailed()
          const { client } = server.environments
          if (client) await update(client)
          // What mends a failed page may be a component that the browser would swap by itself.
          if (differs || failed) client?.hot.send('layer9:refresh', {})
        },
      },
    }),
  }
}

/** Forgets what changed; true if the document may now differ by more than the browser updates itself. */
async function forgetAll(changes: readonly Change[], server: ViteDevServer, options: ReloadOptions): Promise<boolean> {
  const { root, runner, onEntries } = options
  let differs = false
  for (const { file, type } of changes) {
    const path = file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file
    const known = (await runner()?.forget(file)) ?? false
    if (type !== 'update' && isEntry(path)) {
      await runner()?.forgetList()
      try {
        await onEntries()
      } catch (error) {
        // Files that make no tree of routes have no types either: the page that is asked for now says what is wrong.
        if (!isOurs(error)) throw error
      }
      differs = true
    } else if (known && !differs) differs = await showsOnServer(file, path, server.environments.client)
  }
  return differs
}

/**
 * Whether the document differs after a change by more than the browser's own update shows. A style sheet is swapped by
 * Vite; so is a module that the browser has, unless the server renders plain components, data or a head from it too.
 */
async function showsOnServer(file: string, path: string, client: DevEnvironment | undefined): Promise<boolean> {
  if (isSheet(path) && !path.includes('.module.')) return false
  const inBrowser = client?.moduleGraph.getModulesByFile(file)?.size
  if (!inBrowser || !/\.[jt]sx$/.test(path)) return true
  try {
    const { components, route } = analyseModule(await readSource(file), path)
    return route.length > 0 || components.length === 0 || components.some((component) => component.mark === 'plain')
  } catch {
    // A file that does not parse: the page that the refresh brings shows the error.
    return true
  }
}
