// The contract between the host, which finds an app's modules, and the routes, which answer with them.
import type { Invalid } from '../1-contracts/index.ts'
import type { Handler, Incoming } from '../2-platform/index.ts'
import type { CorsOptions } from '../5-middleware/index.ts'

/** What a file under app/routes may export. Types are loose here: the generated types hold users to the exact ones. */
export interface RouteModule {
  readonly default?: (props: never) => unknown
  readonly loader?: (args: never) => unknown
  readonly head?: (props: never) => unknown
  readonly access?: string
  readonly identity?: unknown
  readonly store?: unknown
}

/** Where the browser finds things. Made by the client build (production) or from Vite's URLs (dev). */
export interface AssetManifest {
  /** Identifies the build: another id than the page's means a full load. */
  readonly build: string
  /** URL of the script on every page: it listens for what asks for another document. Unused when navigation is off. */
  readonly listener: string
  /** URL of the module that fetches documents and merges them, loaded when first wanted, or null when navigation is off. */
  readonly navigation: string | null
  /** URL of the module that starts roots (`layer9/routes/browser` with the UI runtime); loaded only on pages with roots. */
  readonly starter: string
  /** What `starter` imports, to be preloaded. */
  readonly starterPreload: readonly string[]
  /** URL of the module that reads props which JSON alone cannot carry; loaded only on pages whose roots have some. */
  readonly tagged: string
  /** What `tagged` imports besides what the starter does, to be preloaded. */
  readonly taggedPreload: readonly string[]
  /** URL of the module that calls queries and actions which came as props; loaded with the first such call. */
  readonly call: string
  /** URL of the module that tells when roots are due which do not start with the page; loaded only for such. */
  readonly later: string
  /** URL of the module that puts deferred parts into place; loaded only with documents that have some. */
  readonly receiver: string
  /** URL of the style sheet that shows deferred parts to visitors without scripts. */
  readonly unscripted: string
  /** Modules with roots that a route file imports, however deep, by the ids that `root` knows. `file` as for `styles`. */
  reach(file: string): readonly string[]
  /** Style sheet URLs of a route file and all it imports, in order. `file` is relative to app/routes, e.g. `posts/[id].tsx`. */
  styles(file: string): readonly string[]
  /** The module of a root by the id that the compiler gave it (project path, e.g. `app/components/Counter.tsx`). */
  root(
    moduleId: string,
  ): { readonly url: string; readonly preload: readonly string[]; readonly styles: readonly string[] } | undefined
  /** Markup put first into every `<head>` (dev: Vite's client, inlined styles). */
  readonly headHtml?: string
}

/** A whole app, as the host hands it to `createApp`. */
export interface AppDefinition {
  /** Every file under app/routes, by path relative to it: `posts/[id].tsx` → its module (or a way to load it, in dev). */
  readonly routes: Readonly<Record<string, () => RouteModule | Promise<RouteModule>>>
  /** Every module under app/api, by path without extension: `posts` → its exports. */
  readonly api: Readonly<Record<string, () => Record<string, unknown> | Promise<Record<string, unknown>>>>
  /** app/middleware/index.ts, if there. */
  readonly middleware?: () => Record<string, unknown> | Promise<Record<string, unknown>>
  readonly assets: AssetManifest
  readonly options: AppOptions
}

/** What of layer9.config.ts the routes need to know. */
export interface AppOptions {
  /** Development: errors with text and stack in the page, `Server-Timing`. */
  readonly dev: boolean
  /** URL path the app is mounted at: `/` or `/something/`. */
  readonly base: string
  /** Other origins that may send state-changing requests. */
  readonly origins: readonly string[]
  /** Other origins whose scripts may read answers of the api. Default none. */
  readonly cors?: CorsOptions | undefined
  /** Whether every page is shown in a view transition. Default false. */
  readonly viewTransitions?: boolean
  /** Whether scripts may compile WebAssembly. Default false. */
  readonly webAssembly?: boolean
  /** Largest request body in bytes. */
  readonly bodyLimit: number
  /** Requests a minute and address; 0: no limit. */
  readonly rateLimit: number
  /** Called with every error a stranger sees only as an id. */
  report(error: unknown, id: string, incoming: Incoming): void
  /** The same for what failed in a page that is answered all the same. Default `report`. */
  reportPart?(error: unknown, id: string, incoming: Incoming): void
  /** In development: told of input that was refused on the way to a page, though strangers are told too. */
  reportInput?(error: Invalid, incoming: Incoming): void
}

/** `createApp(definition)` of `layer9/routes/server`. */
export type CreateApp = (definition: AppDefinition) => Promise<Handler>
