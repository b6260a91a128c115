// What each page makes a browser load, for the table that `build` prints.
import { type Folder, readTree } from '../../9-routes/build.ts'
import { assetsFolder, type BuildManifest } from './build-files.ts'
import type { RouteGraph } from './route-graph.ts'

/** A file of a page, e.g. `start-1a2b.js`, and its bytes compressed with gzip. */
export interface FileSize {
  readonly file: string
  readonly bytes: number
}

/** Bytes of one page as its first visitor loads them, compressed with gzip. */
export interface PageSize {
  /** The pattern, e.g. `/posts/[id]`. */
  readonly page: string
  /** Relative to app/routes. */
  readonly file: string
  /**
   * All the script that the page can load when every root that it and its layouts reach is shown, with plain props;
   * without the navigation, which only a link or form that is wanted loads.
   */
  readonly script: number
  readonly styles: number
  /** The same for who takes brotli, as browsers do over HTTPS. */
  readonly brotli: { readonly script: number; readonly styles: number }
  /** The largest file of each kind; absent when there is none. */
  readonly largest: { readonly script?: FileSize; readonly styles?: FileSize }
  /** Project paths of the modules with roots that the page can reach. */
  readonly roots: readonly string[]
}

/** Bytes of a file of a build as they are sent, compressed where that is smaller. */
function sizeOf({ files }: BuildManifest, url: string, coding: 'gzip' | 'br' = 'gzip'): number {
  // URLs begin with the base, the manifest's do not.
  const file = files[url.slice(url.indexOf(`/${assetsFolder}/`))]
  return file?.[coding]?.size ?? file?.gzip?.size ?? file?.size ?? 0
}

/** Bytes that the first wanted link or form loads on any page, beside what the page itself has. */
export function measureNavigation(manifest: BuildManifest): number {
  return manifest.navigation === null ? 0 : sizeOf(manifest, manifest.navigation)
}

/** Bytes that a page loads besides where the props of its roots hold what JSON alone cannot carry: dates, elements. */
export function measureTagged(manifest: BuildManifest): number {
  return [manifest.tagged, ...manifest.taggedPreload].reduce((bytes, url) => bytes + sizeOf(manifest, url), 0)
}

/** Bytes that a page loads besides where parts of it come later. */
export function measureReceiver(manifest: BuildManifest): number {
  return sizeOf(manifest, manifest.receiver)
}

/**
 * Bytes that a page loads for the root of a module, beside what starts roots at all; undefined for what is none.
 *
 * @param path project path, e.g. `app/components/Counter.tsx`
 */
export function measureRoot(manifest: BuildManifest, path: string): number | undefined {
  const root = manifest.roots[path]
  if (!root) return undefined
  const own = new Set([root.url, ...root.preload]).difference(new Set([manifest.starter, ...manifest.starterPreload]))
  return [...own].reduce((bytes, url) => bytes + sizeOf(manifest, url), 0)
}

/** Measures every page of a build. Layouts and error pages have no URL of their own; they count in their pages. */
export function measurePages(routes: readonly string[], manifest: BuildManifest, graph: RouteGraph): PageSize[] {
  const bytesOf = (url: string): number => sizeOf(manifest, url)
  const sum = (urls: Iterable<string>, coding?: 'br'): number =>
    [...new Set(urls)].reduce((bytes, url) => bytes + sizeOf(manifest, url, coding), 0)
  const largestOf = (urls: readonly string[]): FileSize | undefined => {
    const [url] = [...urls].sort((one, other) => bytesOf(other) - bytesOf(one))
    return url === undefined ? undefined : { file: url.slice(url.lastIndexOf('/') + 1), bytes: bytesOf(url) }
  }
  return readTree(routes).pages.map(({ id, file, folder }) => {
    const files = [...layoutsOf(folder), file]
    const modules = new Set(files.flatMap((path) => graph.get(path)?.modules ?? []))
    const roots = [...modules].filter((path) => path in manifest.roots)
    const scripts = scriptsOf(manifest, roots)
    const styles = files.flatMap((path) => manifest.styles[path] ?? [])
    const script = largestOf(scripts)
    const sheet = largestOf(styles)
    const largest = { ...(script && { script }), ...(sheet && { styles: sheet }) }
    const brotli = { script: sum(scripts, 'br'), styles: sum(styles, 'br') }
    return { page: id, file, script: sum(scripts), styles: sum(styles), brotli, largest, roots }
  })
}

/** Layouts around a folder's pages, the outermost first. */
export function layoutsOf(folder: Folder | null): string[] {
  if (!folder) return []
  return [...layoutsOf(folder.parent), ...(folder.layout ? [folder.layout] : [])]
}

function scriptsOf(manifest: BuildManifest, roots: readonly string[]): string[] {
  const listener = manifest.navigation ? [manifest.listener] : []
  if (roots.length === 0) return listener
  const own = roots.flatMap((path) => {
    const root = manifest.roots[path]
    return root ? [root.url, ...root.preload] : []
  })
  return [...listener, manifest.starter, ...manifest.starterPreload, ...own]
}
