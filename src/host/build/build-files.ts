// What a build writes beside the bundles: the manifest, the compressed copies, the build's id, and the files of earlier
// builds that open pages may still ask for.
import { createHash } from 'node:crypto'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Rolldown } from 'vite'
import { type StaticManifest, scanStatic } from '../server/index.ts'
import { listFiles } from '../vite/app-files.ts'
import { unless } from './build-folder.ts'
import { compressFile } from './compress.ts'
import type { BrowserManifest } from './manifest.ts'

/** How many builds' assets are served: an open page was made by this one or by one of those before (NAVIGATION). */
const keptBuilds = 3

/** `server/manifest.json`: all that `start` has to know. */
export interface BuildManifest extends BrowserManifest {
  readonly build: string
  /** By URL without base. `file` is relative to the build's `client` folder, so that a build can be moved. */
  readonly files: StaticManifest
  /** Assets of this build and of those before, newest first, relative to the `client` folder. */
  readonly generations: readonly (readonly string[])[]
  /** What `start` has to know before it loads the app. */
  readonly start: StartSettings
}

/** Of the configuration, for the process that starts workers. */
export interface StartSettings {
  readonly workers?: number | 'auto' | undefined
  readonly host?: string | undefined
  readonly port: number
  readonly base: string
  /** Milliseconds. */
  readonly drain: number
}

/** What `writeBuildFiles` works on. */
export interface BuildFilesOptions {
  next: string
  /** Folder of the last build, which may not exist. */
  previous: string
  manifest: BrowserManifest
  server: Rolldown.RolldownOutput['output']
  start: StartSettings
}

/** Where the files lie whose names hold a hash of their content. */
export const assetsFolder = '_layer9/assets'

/** Writes them and gives the manifest, in which the build's id stands. */
export async function writeBuildFiles({
  next,
  previous,
  manifest,
  server,
  start,
}: BuildFilesOptions): Promise<BuildManifest> {
  const client = `${next}/client`
  const own = listFiles(client)
  const build = await identify(client, own, server)
  await Promise.all(own.map(async (path) => await compressFile(`${client}/${path}`)))
  const assets = own.filter((path) => path.startsWith(`${assetsFolder}/`))
  const earlier = await keepEarlier(client, previous, assets)
  const content: BuildManifest = {
    build,
    ...manifest,
    files: await describe(client),
    generations: [assets, ...earlier],
    start,
  }
  await writeFile(`${next}/server/manifest.json`, JSON.stringify(content))
  return content
}

/** The files as the server's static handler wants them, with paths that do not depend on where the build lies. */
async function describe(client: string): Promise<StaticManifest> {
  const relative = (file: string): string => file.slice(client.length + 1).replaceAll('\\', '/')
  const described = Object.entries(await scanStatic(client)).map(([url, { br, gzip, ...file }]) => [
    url,
    {
      ...file,
      file: relative(file.file),
      immutable: url.startsWith(`/${assetsFolder}/`),
      ...(br && { br: { ...br, file: relative(br.file) } }),
      ...(gzip && { gzip: { ...gzip, file: relative(gzip.file) } }),
    },
  ])
  return Object.fromEntries(described)
}

/** The same sources make the same id on every machine; any other byte makes another. */
async function identify(client: string, own: readonly string[], server: BuildFilesOptions['server']): Promise<string> {
  const hash = createHash('sha256')
  for (const path of own) hash.update(`${path}\n`).update(await readFile(`${client}/${path}`))
  for (const item of server) hash.update(item.type === 'chunk' ? item.code : item.fileName)
  return hash.digest('base64url').slice(0, 10)
}

/**
 * Copies the assets of the builds before, with their compressed copies. One that had the same as this build counts as
 * this one: who builds twice must not push out what open pages need.
 */
async function keepEarlier(
  client: string,
  previous: string,
  assets: readonly string[],
): Promise<readonly (readonly string[])[]> {
  const last = await readManifest(previous)
  if (!last) return []
  const names = (generation: readonly string[]): string => generation.toSorted().join()
  const others = last.generations.filter((generation) => names(generation) !== names(assets))
  const generations = others.slice(0, keptBuilds - 1)
  // Another build that ends now moves the previous one away; the files are gone then, as they are one build later.
  const gone = unless('ENOENT')
  for (const path of new Set(generations.flat())) {
    await mkdir(dirname(`${client}/${path}`), { recursive: true })
    for (const copy of [path, `${path}.br`, `${path}.gz`])
      await copyFile(`${previous}/client/${copy}`, `${client}/${copy}`).catch(gone)
  }
  return generations
}

/** The manifest of a build folder, or undefined when there is none that this version wrote. */
export async function readManifest(folder: string): Promise<BuildManifest | undefined> {
  const text = await readFile(`${folder}/server/manifest.json`, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  // Written by `writeBuildFiles`; what another version wrote may lack the generations.
  const content = JSON.parse(text) as Partial<BuildManifest>
  return content.generations && content.files ? (content as BuildManifest) : undefined
}
