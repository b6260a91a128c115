// The asset manifest of development: nothing is built, so URLs are those under which Vite serves the sources.
import type { DevEnvironment, EnvironmentModuleNode } from 'vite'
import type { AssetManifest } from '../../9-routes/server.ts'
import { findBundle } from '../vite/framework.ts'
import { isSheet } from '../vite/sheet.ts'
import { virtual } from '../vite/virtual.ts'

/** How Vite names a virtual module in a URL. */
const urlOf = (id: string): string => `@id/${id.replace('\0', '__x00__')}`

/** What the manifest of development is made from. */
export interface DevAssetsOptions {
  root: string
  /** Path the app is mounted at, with a slash at both ends. */
  base: string
  navigation: boolean
  environment: DevEnvironment
  /** When style sheets changed last, by file: a changed one has another URL, as Vite's own update gives it. */
  changed?: ReadonlyMap<string, number>
}

/** The URL under which Vite serves a file: below the project's folder by its path there. */
const pathOf = (file: string, root: string): string =>
  file.startsWith(`${root}/`) ? file.slice(root.length + 1) : `@fs${file}`

/**
 * Markup that every page of development begins with: hot reload and the overlay. What each of its modules imports is
 * named here too, so that the browser asks for all at once.
 */
export function devHead({ root, base }: { root: string; base: string }): string {
  const bundle = findBundle()
  const imported = ['@vite/client', ...(bundle ? [pathOf(bundle, root)] : [])]
  const preloads = imported.map((path) => `<link rel="modulepreload" href="${base}${path}">`)
  return `${preloads.join('')}<script type="module" src="${base}${urlOf(virtual.dev)}"></script>`
}

/** Makes the manifest. Its styles are read from the server's module graph, so a plain component's are among them. */
export function createDevAssets(options: DevAssetsOptions): AssetManifest {
  const { root, base, navigation, environment, changed } = options
  const toUrl = (id: string): string => {
    const time = changed?.get(id)
    return base + pathOf(id, root) + (time === undefined ? '' : `?t=${time}`)
  }
  return {
    // Another process is another build: its modules are others, though they look the same.
    build: `dev-${process.pid.toString(36)}-${Date.now().toString(36)}`,
    listener: base + urlOf(virtual.listener),
    navigation: navigation ? base + urlOf(virtual.navigation) : null,
    starter: base + urlOf(virtual.starter),
    starterPreload: [],
    tagged: base + urlOf(virtual.tagged),
    taggedPreload: [],
    call: base + urlOf(virtual.call),
    later: base + urlOf(virtual.later),
    receiver: base + urlOf(virtual.receiver),
    unscripted: base + urlOf(virtual.unscriptedSheet),
    reach: (file) => rootsOf(`${root}/app/routes/${file}`, { root, environment }),
    styles: (file) => sheetsOf(`${root}/app/routes/${file}`, environment).map(toUrl),
    root: (moduleId) => ({ url: base + moduleId, preload: [], styles: [] }),
    headHtml: devHead(options),
  }
}

/** Style sheets that a file imports, however deep, in the order of evaluation. */
function sheetsOf(file: string, environment: DevEnvironment): string[] {
  return modulesOf(file, environment).flatMap(({ id }) => (id !== null && isSheet(id) ? [id] : []))
}

/** The compiler's name for a component or context, as Vite calls what another module exports. */
const naming = /\.name\)\(/

/** Project paths of the modules that a file imports, however deep, and whose components have names. */
function rootsOf(file: string, { root, environment }: Pick<DevAssetsOptions, 'root' | 'environment'>): string[] {
  const named = modulesOf(file, environment).filter((node) => naming.test(node.transformResult?.code ?? ''))
  return named.flatMap(({ file: path }) => (path?.startsWith(`${root}/app/`) ? [pathOf(path, root)] : []))
}

/** What a file imports, however deep, and the file itself, in the order of evaluation. */
function modulesOf(file: string, { moduleGraph }: DevEnvironment): EnvironmentModuleNode[] {
  const found: EnvironmentModuleNode[] = []
  const seen = new Set<EnvironmentModuleNode>()
  const visit = (node: EnvironmentModuleNode): void => {
    if (seen.has(node)) return
    seen.add(node)
    for (const imported of node.importedModules) visit(imported)
    found.push(node)
  }
  for (const node of moduleGraph.getModulesByFile(file) ?? []) visit(node)
  return found
}
