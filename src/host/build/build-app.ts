// `layer9 build`: both halves of an app, side by side in one process, then what only the finished files can tell.
import { rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createBuilder, loadEnv, type Rolldown } from 'vite'
import { checkLayers, drawViolation, proveBrowser } from '../check/index.ts'
import type { ResolvedConfig } from '../config.ts'
import { readMeasuredProps } from '../measured-props.ts'
import { type AppFiles, findAppFiles } from '../vite/app-files.ts'
import { findDataFiles } from '../vite/data-files.ts'
import { virtual } from '../vite/virtual.ts'
import { viteConfig } from '../vite/vite-config.ts'
import { findOverspent } from './budgets.ts'
import { assetsFolder, type BuildManifest, type StartSettings, writeBuildFiles } from './build-files.ts'
import { buildFolder, openNext, placeBuild } from './build-folder.ts'
import { type BuildSizes, writeSizes } from './build-sizes.ts'
import { checkEntries } from './check-entries.ts'
import { chooseFailure, holdErrors } from './failure.ts'
import { readBrowserManifest } from './manifest.ts'
import { mapModules, writeModuleMap } from './module-map.ts'
import { findLiveNames, type LiveNames } from './names.ts'
import { makeProof, noteWorkers, writeProof } from './proof.ts'
import { collectRouteGraph, type RouteGraph } from './route-graph.ts'
import { shortenPlugin } from './shorten.ts'
import { measureNavigation, measurePages, measureReceiver, measureTagged } from './sizes.ts'

/** What `buildApp` works on. */
export interface BuildOptions {
  root: string
  config: ResolvedConfig
}

/** What a build came to. */
export interface BuildResult extends BuildSizes {
  readonly folder: string
  readonly milliseconds: number
}

interface Outputs {
  readonly client: Rolldown.RolldownOutput['output']
  /** Scripts of workers, which `client` holds as assets. */
  readonly workers: readonly Rolldown.OutputChunk[]
  readonly server: Rolldown.RolldownOutput['output']
  readonly graph: RouteGraph
}

/**
 * Builds an app into `.layer9/build`. The last build stays in place until the new one is complete.
 *
 * @throws Layer9Error of the layer that finds something wrong; errors of the bundler with their code frame
 */
export async function buildApp({ root, config }: BuildOptions): Promise<BuildResult> {
  const begin = performance.now()
  const files = findAppFiles(root)
  await refuseEntries(root, files)
  const folder = `${root}/${buildFolder}`
  const next = await openNext(root)
  try {
    const { manifest, graph } = await makeBuild({ root, config }, { files, folder, next })
    const pages = measurePages(files.routes, manifest, graph)
    const overspent = findOverspent(config.budgets, pages)
    if (overspent.length > 0) throw oneOrAll(overspent, 'Pages load more than their budgets allow.')
    const seen = await readMeasuredProps(root)
    const sizes: BuildSizes = {
      build: manifest.build,
      pages: pages.map((page) => ({ ...page, props: seen[page.page] ?? null })),
      navigation: measureNavigation(manifest),
      tagged: measureTagged(manifest),
      receiver: measureReceiver(manifest),
    }
    await writeSizes(next, sizes)
    await placeBuild(next, folder)
    return { ...sizes, folder, milliseconds: performance.now() - begin }
  } finally {
    // Of a build that failed; one that did not is in its place.
    await rm(next, { recursive: true, force: true })
  }
}

/** The whole build in the folder `next`; `folder` holds the last one. */
async function makeBuild(
  { root, config }: BuildOptions,
  { files, folder, next }: { files: AppFiles; folder: string; next: string },
): Promise<{ manifest: BuildManifest; graph: RouteGraph }> {
  const names = await findLiveNames(root, files.sources)
  const { client, workers, server, graph } = await bundle({ root, config, next, names, files })
  await removeEmptyEntries(client, `${next}/client`)
  const output = [...client, ...workers]
  // What stands in `.env` files is as secret as what the shell gives.
  const env = loadEnv('production', root, '')
  const leaks = proveBrowser({ root, outDir: `${next}/client`, output, env, publicPrefixes: publicPrefixes(config) })
  if (leaks.length > 0) throw new AggregateError(leaks, 'The browser would get what only the server may have.')
  await writeProof(next, makeProof({ root, client: client.filter(isKept), workers }))
  const browser = readBrowserManifest(client, config.base, graph)
  const start = toStartSettings(config)
  const manifest = await writeBuildFiles({ next, previous: folder, manifest: browser, server, start })
  await writeModuleMap(next, mapModules({ root, build: manifest.build, base: config.base, client, graph }))
  return { manifest, graph }
}

function toStartSettings({ workers, host, port, base, limits }: ResolvedConfig): StartSettings {
  return { workers, host, port, base, drain: limits.drain }
}

const oneOrAll = ([first, ...others]: readonly Error[], message: string): unknown =>
  others.length === 0 ? first : new AggregateError([first, ...others], message)

/** A build that would not start is none. A module that strayed into app/routes breaks layers too: both are said. */
async function refuseEntries(root: string, files: AppFiles): Promise<void> {
  const found = await checkEntries(root, files)
  const [first] = found
  if (!first) return
  const { violations } = await checkLayers({ root })
  if (found.length === 1 && violations.length === 0) throw first
  const words = [...violations.map(drawViolation), 'The app would not start:']
  throw new AggregateError(found, words.join('\n\n'))
}

/** Beginnings of the names of variables that browsers may see: ours, and what Vite writes into their files. */
const publicPrefixes = ({ vite }: ResolvedConfig): string[] => ['PUBLIC_', vite.envPrefix ?? 'VITE_'].flat()

/** Whether a file of the bundler's stays in the build. */
const isKept = (item: Outputs['client'][number]): boolean =>
  item.type !== 'chunk' || !isSheets(item.facadeModuleId ?? '')

/** Whether an entry is made of style sheets alone. */
const isSheets = (id: string): boolean => id === virtual.unscripted || id.startsWith(virtual.styles)

/** The entries of styles are made for the style sheets beside them; their scripts are empty and nobody asks for them. */
async function removeEmptyEntries(output: Outputs['client'], folder: string): Promise<void> {
  const empty = output.filter((item) => !isKept(item))
  await Promise.all(empty.map(async ({ fileName }) => await rm(`${folder}/${fileName}`)))
}

interface BundleOptions extends BuildOptions {
  next: string
  names: LiveNames
  files: AppFiles
}

async function bundle({ root, config, next, names, files }: BundleOptions): Promise<Outputs> {
  const collector = collectRouteGraph(root, files.routes)
  const workers = noteWorkers()
  const held = holdErrors()
  const builder = await createBuilder(
    viteConfig(
      { root, config, dev: false, names, graph: collector.graph },
      {
        mode: 'production',
        customLogger: held.logger,
        plugins: [collector.plugin, shortenPlugin()],
        worker: { plugins: () => [workers.plugin], rolldownOptions: { checks, output: fileNames } },
        builder: { sharedConfigBuild: true, sharedPlugins: true },
        build: { emptyOutDir: true, reportCompressedSize: false },
        environments: {
          client: { build: clientBuild(`${next}/client`, entries(names, files, config)) },
          ssr: {
            resolve: { noExternal: true },
            build: serverBuild(root, `${next}/server`),
          },
        },
      },
    ),
  )
  const { client, ssr } = builder.environments
  if (!client || !ssr) throw new Error('Vite made no client or no server environment')
  const server = builder.build(ssr).catch((error: unknown) => {
    collector.fail(error)
    throw error
  })
  const both = await Promise.allSettled([server, builder.build(client)])
  const failed = both.filter((result) => result.status === 'rejected')
  const failure = failed.length > 0 ? chooseFailure(failed.map(({ reason }) => reason)) : undefined
  held.release(failure)
  if (failed.length > 0) throw failure
  // One entry set each, so each build has one output.
  const [built, shown] = both.map((result) => (result as PromiseFulfilledResult<Rolldown.RolldownOutput>).value)
  return { client: shown!.output, workers: workers.chunks, server: built!.output, graph: await collector.graph }
}

/** Entries of the browser: what is on every page, what navigates, what starts roots, each module with live components, each route's styles. */
function entries(names: LiveNames, { api, routes }: AppFiles, config: ResolvedConfig): Record<string, string> {
  const input: Record<string, string> = {}
  const add = (path: string, id: string): void => {
    const stem =
      path
        .replace(/\.[^.]+$/, '')
        .replace(/[^\w]+/g, '-')
        .replace(/^-+|-+$/g, '') || 'page'
    let name = stem
    for (let count = 2; name in input; count++) name = `${stem}-${count}`
    input[name] = id
  }
  if (config.navigation) add('listen', virtual.listener)
  if (config.navigation) add('navigation', virtual.navigation)
  if (names.size > 0) add('start', virtual.starter)
  if (names.size > 0) add('tagged', virtual.tagged)
  if (names.size > 0 && api.length > 0) add('call', virtual.call)
  if (names.size > 0) add('later', virtual.later)
  add('receive', virtual.receiver)
  add('unscripted', virtual.unscripted)
  for (const file of names.keys()) add(file.replace(/^app\/(?:components\/)?/, ''), virtual.root + file)
  for (const route of routes) add(`${route.replace(/\.[^.]+$/, '')}-styles`, virtual.styles + route)
  return input
}

/** Whether an app has a package, as Node finds it from its folder. */
function isInstalled(root: string, name: string): boolean {
  try {
    createRequire(`${root}/package.json`).resolve(name)
    return true
  } catch {
    return false
  }
}

/** How long plugins and the bundler take is not for who builds an app: some of ours wait for the other half of the build. */
const checks = { pluginTimings: false, bundlerTimings: false } as const

/** Names with the hash of the content: such a file may be kept for ever. */
const fileNames = {
  entryFileNames: `${assetsFolder}/[name]-[hash].js`,
  chunkFileNames: `${assetsFolder}/[name]-[hash].js`,
  assetFileNames: `${assetsFolder}/[name]-[hash][extname]`,
}

function clientBuild(outDir: string, input: Record<string, string>): object {
  return {
    outDir,
    copyPublicDir: true,
    modulePreload: false,
    // Written into a script it would be a `data:` URL, which the policy lets no page fetch.
    assetsInlineLimit: (file: string) => (file.endsWith('.wasm') ? false : undefined),
    target: 'es2022',
    rolldownOptions: {
      input,
      checks,
      // An entry may carry what others share with it: one file less to load.
      preserveEntrySignatures: 'allow-extension',
      output: fileNames,
    },
  }
}

/** The app, and beside it what commands use of its database. */
function serverBuild(root: string, outDir: string): object {
  const hasData = findDataFiles(root) !== undefined
  return {
    outDir,
    ssr: true,
    copyPublicDir: false,
    target: 'node24',
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: { index: virtual.main, ...(hasData && { data: virtual.data }) },
      // Where it is not installed it may be when the build is started, which asks for it if DATABASE_URL wants it. Vite
      // would put a module in its place that throws for ever.
      external: isInstalled(root, 'pg') ? [] : ['pg'],
      checks,
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  }
}
