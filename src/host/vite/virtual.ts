// The modules that no file holds: the list of an app's modules for the server, the entries of the browser.
import { fileURLToPath } from 'node:url'
import type { AppFiles } from './app-files.ts'
import { findBundle } from './framework.ts'

/** Ids as Vite's plugins see them: `\0` keeps every other plugin away (Rollup's convention for virtual modules). */
export const virtual = {
  /** The app's modules as `AppDefinition` wants them. */
  app: '\0virtual:layer9/app',
  /** What `layer9 start` runs: the app with the server around it. */
  main: '\0virtual:layer9/main',
  /** What `layer9 db` uses of a build: the app's database and its migrations. */
  data: '\0virtual:layer9/data',
  /** What a start asks of the database: whether it has all migrations. */
  migrated: '\0virtual:layer9/migrated',
  /** On every page: listens for what asks for another document. */
  listener: '\0virtual:layer9/listener',
  /** When first wanted: fetches documents and merges them. */
  navigation: '\0virtual:layer9/navigation',
  /** On pages with roots: adopts them. */
  starter: '\0virtual:layer9/starter',
  /** On pages whose roots have props that JSON alone cannot carry: reads them. */
  tagged: '\0virtual:layer9/tagged',
  /** When a query or action is called that came as a prop: asks the server. */
  call: '\0virtual:layer9/call',
  /** On pages with roots that do not start with the page: tells when they do. */
  later: '\0virtual:layer9/later',
  /** On pages whose last parts come late: puts those into place. */
  receiver: '\0virtual:layer9/receiver',
  /** For visitors of such pages that run no scripts: shows the parts where they are. */
  unscripted: '\0virtual:layer9/unscripted',
  /** The style sheet itself. */
  unscriptedSheet: '\0virtual:layer9/unscripted.css',
  /** In development: hot reload and the overlay. */
  dev: '\0virtual:layer9/dev',
  /** Followed by a project path: the live components of one module, and nothing else of it. */
  root: '\0virtual:layer9/root/',
  /** Followed by a route file: the style sheets of all that it imports. */
  styles: '\0virtual:layer9/styles/',
} as const

/** Where a module of the framework lies, e.g. `9-routes/navigate`; beside this one, in `src` and in `dist` alike. */
export function frameworkFile(name: string): string {
  const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
  return fileURLToPath(new URL(`../../${name}${extension}`, import.meta.url))
}

/**
 * Code of the module that lists an app's modules. In development each is imported when it is asked for, so that a
 * broken page breaks no other; in a build all are there from the start.
 */
export function appModule(root: string, files: AppFiles, lazy: boolean): string {
  // First, also in development: without its settings an app cannot do what its other modules are for.
  const imports = files.env ? [`import ${JSON.stringify(`${root}/app/platform/${files.env}`)}`] : []
  const entry = (key: string, path: string): string => {
    const specifier = JSON.stringify(`${root}/app/${path}`)
    if (lazy) return `${JSON.stringify(key)}: () => import(${specifier})`
    const name = `m${imports.length}`
    imports.push(`import * as ${name} from ${specifier}`)
    return `${JSON.stringify(key)}: () => ${name}`
  }
  const routes = files.routes.map((path) => entry(path, `routes/${path}`))
  const api = files.api.map((path) => entry(path.replace(/\.[^./]+$/, ''), `api/${path}`))
  const middleware = files.middleware ? entry('middleware', `middleware/${files.middleware}`) : ''
  return [
    ...imports,
    `export const routes = { ${routes.join(', ')} }`,
    `export const api = { ${api.join(', ')} }`,
    `export const { middleware } = { ${middleware} }`,
  ].join('\n')
}

/**
 * Code of the server's entry: the app, started from the folder that the bundle lies in. Where the app has a database, its
 * part of the framework is loaded to ask it; where it has none, nothing is.
 */
export function mainModule(options: object, hasData: boolean): string {
  const assertMigrated = hasData
    ? `async () => (await import(${JSON.stringify(virtual.migrated)})).check()`
    : 'undefined'
  return [
    // First: it reads the environment, which an app's modules may ask for as soon as they are loaded.
    `import { startBuild } from ${JSON.stringify(frameworkFile('host/start-build'))}`,
    `import { routes, api, middleware } from ${JSON.stringify(virtual.app)}`,
    `const options = ${JSON.stringify(options)}`,
    `const assertMigrated = ${assertMigrated}`,
    'const folder = import.meta.dirname',
    'export const start = (given) => startBuild({ routes, api, middleware, options, assertMigrated, folder, ...given })',
  ].join('\n')
}

/** How the browser's scripts import a module by its URL: written here, where TypeScript does not wrap it. */
const load = '(url) => import(/* @vite-ignore */ url)'

/**
 * The same in development. Vite adds a query to what is imported by a path that it cannot see, and a module with another
 * query is another module: two Counters, of which only one is hot. Full URLs it leaves alone.
 */
const loadHot = '(url) => import(/* @vite-ignore */ new URL(url, location.href).href)'

/** The door of all that runs on a page. */
const routesDoor = 'layer9/routes/browser'

/**
 * Code of the script on every page. In a build it takes the file behind the door, which the bundler keeps apart from
 * what only others need; in development all share one copy, which is also the one that hot reload asks for a document.
 */
export function listenerModule(dev: boolean): string {
  const file = dev ? routesDoor : frameworkFile('9-routes/listen')
  return `export { startRoots } from ${JSON.stringify(file)}\nimport { startNavigation } from ${JSON.stringify(file)}\nstartNavigation(${dev ? loadHot : load})`
}

/**
 * Code of the navigation. Only the script on every page ever loads it; importing that says so to the bundler, which
 * then puts what both need into the file that is there already. Where it comes from: as that script.
 */
export function navigationModule(dev: boolean): string {
  const from = (name: string) => JSON.stringify(dev ? routesDoor : frameworkFile(`9-routes/${name}`))
  return [
    `import ${JSON.stringify(virtual.listener)}`,
    `export { follow, goBack, hint, submit } from ${from('navigate')}`,
    `export { reloadKept } from ${from('kept-forms')}`,
  ].join('\n')
}

/** Code of what adopts the roots. Without navigation nobody calls it, so it starts itself. */
export function starterModule(navigation: boolean, dev: boolean): string {
  const door = [
    // What nearly every root uses: compressed together with the starter, and loaded with it.
    `export { block, child, on, template } from 'layer9/components/browser'`,
    `export { useState } from 'layer9/components'`,
    `import { start as run } from '${routesDoor}'`,
    `export const start = (replay) => run(${dev ? loadHot : load}, replay)`,
  ].join('\n')
  return navigation
    ? door
    : `${door}\nimport { holdEvents, replay } from '${routesDoor}'\nexport { settle as startRoots } from '${routesDoor}'\nholdEvents()\nstart(replay)`
}

/**
 * Code of what reads props beyond JSON. Only the starter ever loads it; importing the starter says so to the bundler.
 * Where it comes from in development and in a build: as the navigation.
 */
export function taggedModule(dev: boolean): string {
  const file = dev ? routesDoor : frameworkFile('9-routes/tagged')
  return [
    `import ${JSON.stringify(virtual.starter)}`,
    `export { followSlots, isKept, readProps } from ${JSON.stringify(file)}`,
    `import { callWith } from ${JSON.stringify(file)}`,
    `callWith(${dev ? loadHot : load})`,
  ].join('\n')
}

/** Code of what calls the server for props. Root modules, which have stubs of their own, share it where they can. */
export const callModule = `export { stub } from 'layer9/api/browser'`

/** Code of what waits with roots. Who loads it, and where it comes from: as for tagged props. */
export function laterModule(dev: boolean): string {
  const file = dev ? routesDoor : frameworkFile('9-routes/later')
  return `import ${JSON.stringify(virtual.starter)}\nexport { wait } from ${JSON.stringify(file)}`
}

/**
 * Code of what places deferred parts. It runs where a page names it; to a navigation it gives what reads such a document.
 */
export function receiverModule(dev: boolean): string {
  const file = dev ? routesDoor : frameworkFile('9-routes/receive')
  return `export { read } from ${JSON.stringify(file)}\nimport { receive } from ${JSON.stringify(file)}\nreceive(${dev ? loadHot : load})`
}

/** The style sheet for visitors without scripts. What hides it else, and what an app's own sheets say of it, yields. */
export const unscriptedSheet = '[data-layer9-part]{display:contents!important}layer9-fallback{display:none!important}'

/** Code of development's part of every page: Vite's client, and ours for what changes on the server. */
export function devModule(navigation: boolean, base: string): string {
  return [
    `import { ErrorOverlay } from '/@vite/client'`,
    `import { startDevClient } from ${JSON.stringify(findBundle() ?? frameworkFile('host/dev/client'))}`,
    navigation ? `import { refresh } from '${routesDoor}'` : 'const refresh = undefined',
    `const loadInspector = () => import(${JSON.stringify(frameworkFile('host/dev/inspector'))})`,
    `startDevClient({ hot: import.meta.hot, base: ${JSON.stringify(base)}, ErrorOverlay, refresh, loadInspector })`,
  ].join('\n')
}

/**
 * Code of a root's entry: exactly the live components that the compiler named in a module. Only the starter ever loads
 * it; importing the starter says so to the bundler, which then puts what both need into the starter's own file.
 */
export function rootModule(file: string, names: readonly string[]): string {
  const exported = names.map((name) => `__l9_${name}`).join(', ')
  return `import ${JSON.stringify(virtual.starter)}\nexport { ${exported} } from ${JSON.stringify(file)}`
}

/**
 * Code of a route's styles: the sheets in the order in which the server imported them. Those of CSS modules are part of
 * the page only as long as their names are used, so their names are exported.
 */
export function stylesModule(files: readonly string[]): string {
  const write = (file: string, index: number): string =>
    file.includes('.module.') ? `export * as s${index} from ${JSON.stringify(file)}` : `import ${JSON.stringify(file)}`
  return files.map(write).join('\n')
}
