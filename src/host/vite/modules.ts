// Serves the virtual modules: the server's list of the app, and the entries of the browser.
import type { Plugin } from 'vite'
import type { ResolvedConfig } from '../config.ts'
import { findAppFiles } from './app-files.ts'
import { findDataFiles } from './data-files.ts'
import {
  appModule,
  callModule,
  devModule,
  laterModule,
  listenerModule,
  mainModule,
  navigationModule,
  receiverModule,
  rootModule,
  starterModule,
  stylesModule,
  taggedModule,
  unscriptedSheet,
  virtual,
} from './virtual.ts'

/** What the virtual modules are made from. */
export interface ModulesOptions {
  root: string
  config: ResolvedConfig
  /** Live components by module, from the compiler: known before the client build begins. */
  names?: ReadonlyMap<string, readonly string[]>
  /** Style sheets by route file, known once the server's module graph stands. */
  graph?: Promise<ReadonlyMap<string, { readonly styles: readonly string[] }>>
}

/** The plugin that resolves and writes every `virtual:layer9/…` module. */
export function modulesPlugin(options: ModulesOptions): Plugin {
  return {
    name: 'layer9:modules',
    enforce: 'pre',
    resolveId: {
      filter: { id: /^\0?virtual:layer9\// },
      handler: (id) => (id.startsWith('\0') ? id : `\0${id}`),
    },
    load: {
      filter: { id: /^\0virtual:layer9\// },
      async handler(id) {
        const code = await writeModule(id, options, this.environment.mode === 'dev')
        // Side effects are the whole point of the entries; without this a `sideEffects: false` above them could cut them.
        return code === undefined ? undefined : { code, moduleSideEffects: true }
      },
    },
  }
}

async function writeModule(id: string, options: ModulesOptions, dev: boolean): Promise<string | undefined> {
  const { root, config } = options
  if (id === virtual.app) return appModule(root, findAppFiles(root), dev)
  if (id === virtual.main) return mainModule(serverOptions(config), findDataFiles(root) !== undefined)
  if (id === virtual.data || id === virtual.migrated) {
    const files = findDataFiles(root)
    // Only for an app that has a database: it takes the whole layer of data.
    const modules = files && (await import('./data-modules.ts'))
    return modules && (id === virtual.data ? modules.dataModule : modules.migratedModule)(root, files)
  }
  if (id === virtual.listener) return listenerModule(dev)
  if (id === virtual.navigation) return navigationModule(dev)
  if (id === virtual.starter) return starterModule(config.navigation, dev)
  if (id === virtual.tagged) return taggedModule(dev)
  if (id === virtual.call) return callModule
  if (id === virtual.later) return laterModule(dev)
  if (id === virtual.receiver) return receiverModule(dev)
  // Vite asks for sheets with a query.
  if (id.startsWith(virtual.unscriptedSheet)) return unscriptedSheet
  if (id === virtual.unscripted) return `import ${JSON.stringify(virtual.unscriptedSheet)}`
  if (id === virtual.dev) return devModule(config.navigation, config.base)
  if (id.startsWith(virtual.root)) {
    const file = id.slice(virtual.root.length)
    return rootModule(`${root}/${file}`, options.names?.get(file) ?? [])
  }
  if (id.startsWith(virtual.styles)) {
    const graph = await options.graph
    return stylesModule(graph?.get(id.slice(virtual.styles.length))?.styles ?? [])
  }
  return undefined
}

/** What of the configuration the production server needs; it is written into the bundle, so it must be data. */
function serverOptions(config: ResolvedConfig): object {
  const { vite: _vite, ...data } = config
  return data
}
