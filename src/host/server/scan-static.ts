// Makes the manifest of a folder, at build or (in tests) at start.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { contentTypeOf } from './content-type.ts'
import type { StaticFile, StaticManifest, StaticVariant } from './static-file.ts'

/** How a folder is served. */
export interface ScanOptions {
  /** URL path before each file's own, e.g. `/_layer9/assets`. Default none. */
  prefix?: string
  /** The files' names hold a hash of their content. Default false. */
  immutable?: boolean
}

/**
 * The manifest of all files below a folder, with `x.br` and `x.gz` beside `x` as its variants. Links are not followed;
 * names that begin with a dot are left out, but for `.well-known` (RFC 8615).
 *
 * @example
 * const files = await scanStatic('/app/public')
 */
export async function scanStatic(
  directory: string,
  { prefix = '', immutable = false }: ScanOptions = {},
): Promise<StaticManifest> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length).split(sep).filter(Boolean))
    .filter((parts) => parts.every((part) => part[0] !== '.' || part === '.well-known'))
    .map((parts) => parts.join('/'))
  const all = new Set(names)
  const manifest: Record<string, StaticFile> = {}
  for (const name of names.sort()) {
    if (isVariant(name, all)) continue
    const file = join(directory, name)
    const url = `${prefix}/${name.split('/').map(encodePart).join('/')}`
    const variants = {
      br: await toVariant(`${file}.br`, all.has(`${name}.br`)),
      gzip: await toVariant(`${file}.gz`, all.has(`${name}.gz`)),
    }
    manifest[url] = {
      file,
      size: (await stat(file)).size,
      type: contentTypeOf(name),
      etag: `"${await hashFile(file)}"`,
      immutable,
      ...(variants.br && { br: variants.br }),
      ...(variants.gzip && { gzip: variants.gzip }),
    }
  }
  return manifest
}

function isVariant(name: string, all: ReadonlySet<string>): boolean {
  const match = /^(.*)\.(?:br|gz)$/.exec(name)
  return match !== null && all.has(match[1]!)
}

async function toVariant(file: string, exists: boolean): Promise<StaticVariant | undefined> {
  return exists ? { file, size: (await stat(file)).size } : undefined
}

async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return hash.digest('base64url').slice(0, 22)
}

/** The writing that the ingress calls canonical: `pchar` as they are, all else encoded (RFC 3986 §3.3). */
function encodePart(part: string): string {
  return encodeURIComponent(part).replace(/%(?:24|26|2B|2C|3A|3B|3D|40)/g, decodeURIComponent)
}
