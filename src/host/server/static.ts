// Static files from a manifest: a URL is looked up, never turned into a path (SECURITY I8).
import { open, readFile } from 'node:fs/promises'
import { type Incoming, matchesEtag, problem, type Reply } from '../../2-platform/index.ts'
import { chooseEncoding } from './accept-encoding.ts'
import { type ByteRange, readRange } from './range.ts'

/** One file, and its compressed variants. */
export interface StaticFile {
  /** Absolute path. */
  readonly file: string
  /** Bytes. */
  readonly size: number
  /** Content type. */
  readonly type: string
  /** Strong entity tag of the plain file, with its quotes: `"…"`. */
  readonly etag: string
  /** Its URL changes with its content: kept for a year without asking. Else it is kept, and asked for every time. */
  readonly immutable: boolean
  readonly br?: StaticVariant
  readonly gzip?: StaticVariant
}

/** A file compressed at build. */
export interface StaticVariant {
  readonly file: string
  readonly size: number
}

/** Files by canonical URL path without base, e.g. `/_layer9/assets/app-1a2b.js` or `/robots.txt`. */
export type StaticManifest = Readonly<Record<string, StaticFile>>

/** Answers requests for static files; undefined when there is no such file. */
export type StaticHandler = (incoming: Incoming) => Reply | Promise<Reply> | undefined

/** Files up to this size are kept in memory once read, up to MOST_KEPT bytes of them. */
const SMALL = 65_536
const MOST_KEPT = 16_777_216

/**
 * Serves a manifest.
 *
 * @param headers laid under those of every answer: the security headers
 * @example
 * createStatic({ '/robots.txt': { file: '/app/public/robots.txt', size: 24, type: 'text/plain', etag: '"1"', immutable: false } })
 */
export function createStatic(manifest: StaticManifest, headers: Reply['headers'] = {}): StaticHandler {
  const files = new Map(Object.entries(manifest))
  const read = createReader()
  return (incoming) => {
    const file = files.get(incoming.path)
    if (!file) return undefined
    if (incoming.method === 'OPTIONS')
      return { status: 204, headers: { ...headers, allow: 'GET, HEAD, OPTIONS' }, body: null }
    if (incoming.method !== 'GET' && incoming.method !== 'HEAD') {
      return problem(
        405,
        { code: 'METHOD_NOT_ALLOWED', message: 'Use GET, HEAD, OPTIONS.' },
        { headers: { ...headers, allow: 'GET, HEAD, OPTIONS' } },
      )
    }
    return serve(incoming, file, { headers, read })
  }
}

type Reader = (variant: StaticVariant, range?: ByteRange) => Reply['body'] | Promise<Reply['body']>

function serve(
  incoming: Incoming,
  file: StaticFile,
  { headers, read }: { headers: Reply['headers']; read: Reader },
): Reply | Promise<Reply> {
  const common = { ...headers, ...describe(file) }
  const range =
    incoming.method === 'GET' && rangeApplies(incoming, file)
      ? readRange(incoming.headers['range'], file.size)
      : undefined
  if (range === 'unsatisfiable') {
    return problem(
      416,
      { code: 'RANGE_NOT_SATISFIABLE' },
      { headers: { ...headers, 'content-range': `bytes */${file.size}` } },
    )
  }
  const encoding = range ? undefined : pickVariant(incoming, file)
  // A variant has other bytes, so another strong tag (RFC 9110 §8.8.3.3).
  const etag = encoding ? `${file.etag.slice(0, -1)}-${encoding}"` : file.etag
  if (matchesEtag(incoming, etag) || matchesEtag(incoming, file.etag))
    return { status: 304, headers: { ...common, etag }, body: null }
  const variant = (encoding && file[encoding]) || file
  const length = range ? range.last - range.first + 1 : variant.size
  const own: Record<string, string> = { ...common, etag, 'content-type': file.type, 'content-length': String(length) }
  if (encoding) own['content-encoding'] = encoding
  if (range) own['content-range'] = `bytes ${range.first}-${range.last}/${file.size}`
  const status = range ? 206 : 200
  if (incoming.method === 'HEAD') return { status, headers: own, body: null }
  const body = read(variant, range)
  return body instanceof Promise
    ? body.then((made) => ({ status, headers: own, body: made }))
    : { status, headers: own, body }
}

function describe(file: StaticFile): Record<string, string> {
  return {
    'accept-ranges': 'bytes',
    'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'public, max-age=0, must-revalidate',
    ...((file.br || file.gzip) && { vary: 'accept-encoding' }),
  }
}

/** A range of a file that has changed since is no range: `If-Range` must name the strong tag (RFC 9110 §13.1.5). */
function rangeApplies(incoming: Incoming, file: StaticFile): boolean {
  const condition = incoming.headers['if-range']
  return condition === undefined || condition === file.etag
}

function pickVariant(incoming: Incoming, file: StaticFile): 'br' | 'gzip' | undefined {
  if (!file.br && !file.gzip) return undefined
  const chosen = chooseEncoding(incoming.headers['accept-encoding'])
  if (!chosen) return undefined
  if (file[chosen]) return chosen
  // The chosen one was not made; the other serves if the client takes it at all.
  return chosen === 'br' &&
    file.gzip &&
    /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(String(incoming.headers['accept-encoding']))
    ? 'gzip'
    : undefined
}

/** Reads files: small ones once, others as a stream. */
function createReader(): Reader {
  const kept = new Map<string, Buffer>()
  let total = 0
  return (variant, range) => {
    const bytes = kept.get(variant.file)
    if (bytes) return cut(bytes, range)
    if (variant.size > SMALL) return stream(variant.file, range)
    return readFile(variant.file).then((read) => {
      if (total + read.byteLength <= MOST_KEPT && !kept.has(variant.file)) {
        total += read.byteLength
        kept.set(variant.file, read)
      }
      return cut(read, range)
    })
  }
}

function cut(bytes: Buffer, range: ByteRange | undefined): Buffer {
  return range ? bytes.subarray(range.first, range.last + 1) : bytes
}

/** Opened before the head is written: a file that is gone is an error page, not half an answer. */
async function stream(file: string, range: ByteRange | undefined): Promise<AsyncIterable<Uint8Array>> {
  const handle = await open(file)
  return handle.createReadStream(range ? { start: range.first, end: range.last } : {})
}
