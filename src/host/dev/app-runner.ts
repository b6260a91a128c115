// Holds the app that answers in development: evaluated by Vite's module runner, thrown away where a file changed, and
// made again when the next request asks for it.
import { createServerModuleRunner, type DevEnvironment, type EnvironmentModuleNode } from 'vite'
import type { Handler } from '../../2-platform/index.ts'
import { disposeAll, log } from '../../2-platform/index.ts'
import { type AppDefinition, createApp } from '../../9-routes/server.ts'
import { virtual } from '../vite/virtual.ts'
import { TimedEvaluator } from './timing.ts'

/** The app of a development server or of a test. */
export interface AppRunner {
  /** The app as the files are now. Rejects with the error of the file that cannot be loaded. */
  current(): Promise<Handler>
  /** Forgets what a file holds and all that imports it. True if the server had loaded it. */
  forget(file: string): Promise<boolean>
  /** Forgets the list of the app's modules: a route file came or went. */
  forgetList(): Promise<void>
  /**
   * Forgets what could not be evaluated. Vite's runner would give the same error for ever: what mends it may be a file
   * that nobody could import yet, or a package that was installed.
   */
  forgetFailed(): Promise<void>
  /** A module of the app, as the server sees it. */
  load(id: string): Promise<Record<string, unknown>>
  close(): Promise<void>
}

/** What of the definition does not come from the app's modules. */
export interface Surroundings extends Pick<AppDefinition, 'assets' | 'options'> {
  /** The project's folder, by which layers are told apart. */
  readonly root: string
}

/** Makes the runner over Vite's server environment. */
export function createAppRunner(environment: DevEnvironment, { root, ...surroundings }: Surroundings): AppRunner {
  // Vite's own reload evaluates every entry at once and forgets all; here only what changed is forgotten.
  const runner = createServerModuleRunner(environment, { hmr: false, evaluator: new TimedEvaluator(root) })
  let app: Promise<Handler> | undefined

  const load = async (id: string) => (await runner.import(id)) as Record<string, unknown>
  const create = async (): Promise<Handler> => {
    // The virtual module exports exactly these three.
    const modules = (await load(virtual.app)) as unknown as Pick<AppDefinition, 'routes' | 'api' | 'middleware'>
    return await createApp({ ...modules, ...surroundings })
  }
  /** Takes evaluated modules away. What Vite made of unchanged files stays, so they are only evaluated again. */
  const drop = async (nodes: ReadonlySet<EnvironmentModuleNode>): Promise<void> => {
    app = undefined
    const all = [...nodes].some(opensThings) ? serverModules(environment) : nodes
    if (all !== nodes) for (const error of await disposeAll()) log.error('A module did not end well', { error })
    for (const node of all) {
      const evaluated = node.id === null ? undefined : runner.evaluatedModules.getModuleById(node.id)
      if (evaluated) runner.evaluatedModules.invalidateModule(evaluated)
    }
  }

  return {
    load,
    async current() {
      app ??= create()
      try {
        return await app
      } catch (error) {
        // The next request tries again: what failed may have been a file that is just being written.
        app = undefined
        throw error
      }
    },
    async forget(file) {
      const found = withImporters(environment.moduleGraph.getModulesByFile(file) ?? new Set())
      if (found.size > 0) await drop(found)
      return found.size > 0
    },
    async forgetList() {
      const list = environment.moduleGraph.getModuleById(virtual.app)
      if (list) environment.moduleGraph.invalidateModule(list)
      await drop(withImporters(new Set(list ? [list] : [])))
    },
    async forgetFailed() {
      const all = [...runner.evaluatedModules.idToModuleMap.values()]
      const failed = await Promise.all(all.map(async ({ promise }) => await hasFailed(promise)))
      for (const [index, module] of all.entries()) if (failed[index]) runner.evaluatedModules.invalidateModule(module)
      if (failed.includes(true)) app = undefined
    },
    close: async () => await runner.close(),
  }
}

/** Whether a promise is rejected by now; one that is pending is not. */
const hasFailed = async (promise: Promise<unknown> | undefined): Promise<boolean> =>
  await Promise.race([promise, undefined]).then(
    () => false,
    () => true,
  )

/** The modules and all that import them, however far up. */
function withImporters(modules: ReadonlySet<EnvironmentModuleNode>): Set<EnvironmentModuleNode> {
  const found = new Set<EnvironmentModuleNode>()
  const visit = (node: EnvironmentModuleNode): void => {
    if (found.has(node)) return
    found.add(node)
    for (const importer of node.importers) visit(importer)
  }
  for (const node of modules) visit(node)
  return found
}

/** Layers whose modules open connections and timers: these are ended, and made anew, all together. */
const opensThings = ({ id }: EnvironmentModuleNode): boolean => /\/app\/(?:services|data|platform)\//.test(id ?? '')

/** Every module of the app that the server has loaded; packages stay. */
function serverModules({ moduleGraph }: DevEnvironment): Set<EnvironmentModuleNode> {
  const own = [...moduleGraph.idToModuleMap.values()].filter(({ id }) => !id?.includes('/node_modules/'))
  return new Set(own)
}
