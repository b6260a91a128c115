// The `paths` of a project's tsconfig.json: another way to give a file a second name.
import { dirname, join, resolve } from 'node:path'
import type { Disk } from './disk.ts'
import { findPackage, packageTarget, serverConditions, splitPackageName } from './package.ts'

/** One entry of `paths`: a name, perhaps with one `*`, and where to look, in order. */
export interface PathMapping {
  readonly pattern: string
  readonly targets: readonly string[]
}

interface TsConfig {
  readonly extends?: string | readonly string[]
  readonly compilerOptions?: { readonly paths?: Readonly<Record<string, readonly string[]>>; readonly baseUrl?: string }
  readonly references?: readonly { readonly path: string }[]
}

/**
 * The path mappings that hold in a project: those of its tsconfig.json, of what it extends, and of the projects it
 * refers to, absolute.
 */
export function pathMappings(root: string, disk: Disk): readonly PathMapping[] {
  return readMappings({ file: join(root, 'tsconfig.json'), folder: root, seen: new Set() }, disk)
}

/** `folder` is that of the project whose configuration is read, however many files it extends. */
function readMappings(at: { file: string; folder: string; seen: Set<string> }, disk: Disk): readonly PathMapping[] {
  const { file, folder, seen } = at
  const config = seen.has(file) ? undefined : (disk.json(file) as TsConfig | undefined)
  if (!config) return []
  seen.add(file)
  const own = ownMappings(config, file, folder)
  // Own `paths` replace inherited ones as a whole, as TypeScript has it; the last of several `extends` wins.
  const inherited = own
    ? []
    : [config.extends ?? []]
        .flat()
        .reverse()
        .map((name) => extended(name, file, disk))
  const base = inherited.flatMap((next) => (next ? readMappings({ file: next, folder, seen }, disk) : []))
  const referred = (config.references ?? []).flatMap(({ path }) => {
    const named = resolve(dirname(file), path)
    const next = named.endsWith('.json') ? named : join(named, 'tsconfig.json')
    return readMappings({ file: next, folder: dirname(next), seen }, disk)
  })
  return [...(own ?? []), ...base, ...referred]
}

function ownMappings(config: TsConfig, file: string, folder: string): PathMapping[] | undefined {
  const { paths, baseUrl = '.' } = config.compilerOptions ?? {}
  if (!paths) return undefined
  // `${configDir}` is the folder of the project's own configuration, however deep the file that says it.
  const absolute = (path: string) => resolve(dirname(file), baseUrl, path.replace(configDir, folder))
  return Object.entries(paths).map(([pattern, targets]) => ({ pattern, targets: targets.map(absolute) }))
}

// Written in two pieces, because this is TypeScript's placeholder and not a template of ours.
const configDir = `$${'{configDir}'}`

/** `extends` names a file, with or without `.json`, or an entry of a package. */
function extended(name: string, file: string, disk: Disk): string | undefined {
  const candidates = /^[./]/.test(name) ? [resolve(dirname(file), name)] : packageConfig(name, file, disk)
  return candidates
    .flatMap((path) => [path, `${path}.json`, join(path, 'tsconfig.json')])
    .find((path) => disk.isFile(path))
}

function packageConfig(specifier: string, file: string, disk: Disk): string[] {
  const { name, subpath } = splitPackageName(specifier)
  const found = findPackage(name, file, disk)
  if (!found) return []
  const target = packageTarget(found, subpath, serverConditions)
  return typeof target === 'string' ? [target] : [join(found.folder, subpath)]
}
