// Which bytes stand for a static file: its own, or those of a variant compressed at build (RFC 9110 §8.8.3.3, §12.5.3).
import { chooseEncoding } from './accept-encoding.ts'
import type { StaticFile, StaticVariant } from './static-file.ts'

/** One of the forms of a file; each has a strong tag of its own. */
export interface Representation {
  readonly etag: string
  readonly encoding: 'br' | 'gzip' | undefined
  readonly bytes: StaticVariant
}

/** The file as it is. */
export function plainForm(file: StaticFile): Representation {
  return { etag: file.etag, encoding: undefined, bytes: file }
}

/** The form that a client likes best of those that were made. */
export function negotiate(acceptEncoding: string | string[] | undefined, file: StaticFile): Representation {
  const encoding = pickVariant(acceptEncoding, file)
  const bytes = encoding && file[encoding]
  // A variant has other bytes, so another strong tag.
  return bytes ? { etag: `${file.etag.slice(0, -1)}-${encoding}"`, encoding, bytes } : plainForm(file)
}

function pickVariant(acceptEncoding: string | string[] | undefined, file: StaticFile): 'br' | 'gzip' | undefined {
  if (!file.br && !file.gzip) return undefined
  const chosen = chooseEncoding(acceptEncoding)
  if (!chosen) return undefined
  if (file[chosen]) return chosen
  // The chosen one was not made; the other serves if the client takes it at all.
  return chosen === 'br' && file.gzip && /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(String(acceptEncoding))
    ? 'gzip'
    : undefined
}
