// Static files from a manifest: a URL is looked up, never turned into a path (SECURITY I8).
import { open, readFile } from 'node:fs/promises'
import { type Incoming, noPageReply, problem, type Reply } from '../../2-platform/index.ts'
import { judgePreconditions } from './preconditions.ts'
import { type ByteRange, readRange } from './range.ts'
import { negotiate, plainForm, type Representation } from './representation.ts'
import type { StaticFile, StaticManifest, StaticVariant } from './static-file.ts'

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
    const left = noPageReply(incoming)
    if (left) return { ...left, headers: { ...headers, ...left.headers } }
    return serve(incoming, file, { headers, read })
  }
}

type Reader = (variant: StaticVariant, range?: ByteRange) => Reply['body'] | Promise<Reply['body']>

function serve(
  incoming: Incoming,
  file: StaticFile,
  { headers, read }: { headers: Reply['headers']; read: Reader },
): Reply | Promise<Reply> {
  const negotiated = negotiate(incoming.headers['accept-encoding'], file)
  const ranged = pickRanged(incoming, file, negotiated)
  const range = ranged && readRange(incoming.headers['range'], ranged.bytes.size)
  // Preconditions come before ranges (RFC 9110 §13.2.2), so both forms count: without Range the other were the answer.
  const tags = range ? [negotiated.etag, ranged.etag] : [negotiated.etag]
  const judgement = judgePreconditions(incoming, tags)
  if (judgement === 'failed') return problem(412, { code: 'PRECONDITION_FAILED' }, { headers })
  const common = { ...headers, ...describe(file) }
  if (judgement !== 'go on') return { status: 304, headers: { ...common, etag: judgement.has }, body: null }
  if (range === 'unsatisfiable') {
    const size = { 'content-range': `bytes */${ranged?.bytes.size}` }
    return problem(416, { code: 'RANGE_NOT_SATISFIABLE' }, { headers: { ...headers, ...size } })
  }
  const { etag, encoding, bytes } = (range && ranged) || negotiated
  const length = range ? range.last - range.first + 1 : bytes.size
  const own: Record<string, string> = { ...common, etag, 'content-type': file.type, 'content-length': String(length) }
  if (encoding) own['content-encoding'] = encoding
  if (range) own['content-range'] = `bytes ${range.first}-${range.last}/${bytes.size}`
  const status = range ? 206 : 200
  if (incoming.method === 'HEAD') return { status, headers: own, body: null }
  const body = read(bytes, range)
  return body instanceof Promise
    ? body.then((made) => ({ status, headers: own, body: made }))
    : { status, headers: own, body }
}

/**
 * What a range is of: the plain bytes, or the variant whose tag `If-Range` names, so that a broken transfer goes on. With
 * another tag, a weak one or a date there is no range: the file has changed since, for all we know (RFC 9110 §13.1.5).
 */
function pickRanged(incoming: Incoming, file: StaticFile, negotiated: Representation): Representation | undefined {
  // Of a HEAD there is no part (§14.2).
  if (incoming.method !== 'GET' || incoming.headers['range'] === undefined) return undefined
  const condition = incoming.headers['if-range']
  if (condition === undefined || condition === file.etag) return plainForm(file)
  return condition === negotiated.etag ? negotiated : undefined
}

function describe(file: StaticFile): Record<string, string> {
  return {
    'accept-ranges': 'bytes',
    'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'public, max-age=0, must-revalidate',
    ...((file.br || file.gzip) && { vary: 'accept-encoding' }),
  }
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
