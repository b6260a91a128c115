// Finds the style sheets of each route. Plain components never reach the browser's graph, but their styles must: so the
// server's graph is walked, where every component is, and the browser's build is told.
import type { Plugin, Rolldown } from 'vite'

/** Style sheets by route file, in the order in which the server imports them. */
export type RouteStyles = ReadonlyMap<string, readonly string[]>

/** A promise that another build settles. */
export interface RouteStylesCollector {
  readonly plugin: Plugin
  /** Resolves when the server's graph stands; rejects when its build fails. */
  readonly styles: () => Promise<RouteStyles>
  /** Lets the waiting build fail too, so that neither hangs. */
  fail(reason: unknown): void
}

/** Queries that make text or a URL of a style sheet instead of a sheet of the page. */
const isSheet = (id: string): boolean =>
  /\.(?:css|less|s[ac]ss|styl(?:us)?|pcss|postcss)(?:$|\?)/.test(id) && !/[?&](?:inline|url|raw)\b/.test(id)

/** Collects while the server is built. The two builds run side by side; only the style entries wait for it. */
export function collectRouteStyles(root: string, routes: readonly string[]): RouteStylesCollector {
  const { promise, resolve, reject } = Promise.withResolvers<RouteStyles>()
  // Nobody may be waiting when the server's build fails; its own error is the one that is reported.
  promise.catch(() => {})
  const plugin: Plugin = {
    name: 'layer9:route-styles',
    apply: 'build',
    applyToEnvironment: (environment) => environment.name === 'ssr',
    buildEnd(error) {
      if (error) return reject(error)
      const find = (file: string) =>
        [file, sheetsOf(`${root}/app/routes/${file}`, (id) => this.getModuleInfo(id))] as const
      resolve(new Map(routes.map(find)))
    },
  }
  return { plugin, styles: async () => await promise, fail: reject }
}

type Look = (id: string) => Rolldown.ModuleInfo | null

/** Depth first, imports before importers: the cascade of the page is the order of evaluation on the server. */
function sheetsOf(entry: string, look: Look): string[] {
  const found: string[] = []
  const seen = new Set<string>()
  const visit = (id: string): void => {
    if (seen.has(id)) return
    seen.add(id)
    const module = look(id)
    for (const imported of [...(module?.importedIds ?? []), ...(module?.dynamicallyImportedIds ?? [])]) visit(imported)
    if (isSheet(id)) found.push(id)
  }
  visit(entry)
  return found
}
