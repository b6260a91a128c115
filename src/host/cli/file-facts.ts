// What `layer9 why` tells of a file: what the rules know, what became of it in the last build, its components.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { nearest } from '../../1-contracts/server.ts'
import { analyseModule, type ComponentAnalysis } from '../../8-components/build.ts'
import { readTree } from '../../9-routes/build.ts'
import { buildFolder } from '../build/build-folder.ts'
import { readModuleMap } from '../build/module-map.ts'
import { layoutsOf } from '../build/sizes.ts'
import { type Inspection, inspectFile } from '../check/index.ts'
import { isOurs } from '../draw-any-error.ts'
import { errors } from '../errors.ts'
import { readAliases } from '../vite/aliases.ts'
import { findAppFiles } from '../vite/app-files.ts'

/** What became of a file in the last build. */
export interface Built {
  readonly build: string
  /** The file is newer than the build. */
  readonly stale: boolean
  /** URLs of the scripts that hold code of it. */
  readonly chunks: readonly string[]
  /** Patterns of the pages that reach it, their layouts included; error pages by their files. */
  readonly pages: readonly string[]
}

/** All that `layer9 why` tells. */
export interface Why extends Omit<Inspection, 'root'> {
  /** Null: there is no build; undefined: the framework's own source, which is not built as an app is. */
  readonly built: Built | null | undefined
  readonly components: readonly ComponentAnalysis[]
}

/** Gathers it. @throws FILE_UNKNOWN, APP_FOLDER_MISSING */
export async function explainFile(root: string, file: string): Promise<Why> {
  const found = await inspectFile({ root, file, aliases: await readAliases(root) })
  if (!found) throw errors.APP_FOLDER_MISSING({ root: resolve(root) })
  if ('known' in found) {
    const near = findNear(file, found.known)
    throw errors.FILE_UNKNOWN({ file, ...(near && { near }) })
  }
  const { root: at, ...inspection } = found
  const isApp = inspection.mode === 'app'
  return {
    ...inspection,
    built: isApp ? await findBuilt(at, inspection.file) : undefined,
    components: isApp && (inspection.layer?.number ?? 0) >= 8 ? findComponents(at, inspection.file) : [],
  }
}

/** One that ends like it, the same without its extension or in another folder, or a path that differs by a few letters. */
function findNear(file: string, known: readonly string[]): string | undefined {
  const path = file.replace(/^~\//, 'app/').replace(/^\.\//, '')
  const stem = (given: string): string => given.replace(/\.[^./]+$/, '')
  const name = (given: string): string => stem(given).slice(stem(given).lastIndexOf('/') + 1)
  const like = [
    (one: string) => one.endsWith(`/${path}`),
    (one: string) => stem(one) === stem(path),
    (one: string) => name(one) === name(path),
  ].map((fits) => known.find(fits))
  const first = like.find((one) => one !== undefined)
  if (first !== undefined) return first
  const byPath = nearest(path, known)
  if (byPath) return byPath
  const nearName = nearest(name(path), known.map(name))
  return known.find((one) => name(one) === nearName)
}

async function findBuilt(root: string, file: string): Promise<Built | null> {
  const found = await readModuleMap(join(root, buildFolder))
  if (!found) return null
  const { map, written } = found
  const reaching = new Set(Object.keys(map.routes).filter((route) => map.routes[route]?.includes(file)))
  const stale = statSync(resolve(root, file)).mtimeMs > written
  return { build: map.build, stale, chunks: map.chunks[file] ?? [], pages: pagesOf(root, reaching) }
}

/** A layout is in all pages below it; what is no page and no layout (an error page) goes by its file. */
function pagesOf(root: string, reaching: ReadonlySet<string>): string[] {
  if (reaching.size === 0 || !existsSync(join(root, 'app/routes'))) return []
  const { pages } = readTree(findAppFiles(root).routes)
  const named = pages.map(({ id, file, folder }) => ({ id, files: [...layoutsOf(folder), file] }))
  const known = new Set(named.flatMap(({ files }) => files))
  const reached = named.filter(({ files }) => files.some((file) => reaching.has(file))).map(({ id }) => id)
  const others = [...reaching].filter((file) => !known.has(file) && existsSync(join(root, 'app/routes', file)))
  return [...reached, ...others.map((file) => `app/routes/${file}`)]
}

function findComponents(root: string, file: string): readonly ComponentAnalysis[] {
  if (!/\.[mc]?[jt]sx?$/.test(file)) return []
  try {
    return analyseModule(readFileSync(resolve(root, file), 'utf8'), file).components
  } catch (error) {
    // The file does not parse: LAYER_UNREADABLE, which is among the violations, says so with the place.
    if (isOurs(error)) return []
    throw error
  }
}
