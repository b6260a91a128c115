// Walks the server's module graph from each route. Plain components never reach the browser's graph, but their styles
// must; and which roots a page can show is known here before any page is rendered.
import type { Plugin, Rolldown } from 'vite'
import { isSheet } from '../vite/sheet.ts'

/** What a route file imports, however deep, in the order in which the server evaluates it. */
export interface RouteReach {
  /** Ids of style sheets. */
  readonly styles: readonly string[]
  /** Project paths of the app's own modules. */
  readonly modules: readonly string[]
}

/** By route file. */
export type RouteGraph = ReadonlyMap<string, RouteReach>

/** The graph as a promise that the server's build keeps. */
export interface RouteGraphCollector {
  readonly plugin: Plugin
  /** Resolves when the server's graph stands; rejects when its build fails. */
  readonly graph: Promise<RouteGraph>
  /** Lets who waits fail too, so that neither build hangs. */
  fail(reason: unknown): void
}

/** Collects while the server is built. The two builds run side by side; only the entries of styles wait for it. */
export function collectRouteGraph(root: string, routes: readonly string[]): RouteGraphCollector {
  const { promise, resolve, reject } = Promise.withResolvers<RouteGraph>()
  // Nobody may be waiting when the server's build fails; its own error is the one that is reported.
  promise.catch(() => {})
  const plugin: Plugin = {
    name: 'layer9:route-graph',
    apply: 'build',
    applyToEnvironment: (environment) => environment.name === 'ssr',
    buildEnd(error) {
      if (error) return reject(error)
      const look: Look = (id) => this.getModuleInfo(id)
      resolve(new Map(routes.map((file) => [file, reachFrom(`${root}/app/routes/${file}`, root, look)])))
    },
  }
  return { plugin, graph: promise, fail: reject }
}

type Look = (id: string) => Rolldown.ModuleInfo | null

/** Depth first, imports before importers: the cascade of the page is the order of evaluation on the server. */
function reachFrom(entry: string, root: string, look: Look): RouteReach {
  const styles: string[] = []
  const modules: string[] = []
  const seen = new Set<string>()
  const visit = (id: string): void => {
    if (seen.has(id)) return
    seen.add(id)
    const module = look(id)
    for (const imported of [...(module?.importedIds ?? []), ...(module?.dynamicallyImportedIds ?? [])]) visit(imported)
    if (isSheet(id)) styles.push(id)
    else if (id.startsWith(`${root}/app/`)) modules.push(id.slice(root.length + 1))
  }
  visit(entry)
  return { styles, modules }
}
