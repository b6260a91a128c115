// Compression of what is made per request. Static files are compressed at build.
import { promisify } from 'node:util'
import {
  type BrotliOptions,
  brotliCompress,
  brotliCompressSync,
  constants,
  createBrotliCompress,
  createGzip,
  gzip,
  gzipSync,
  type ZlibOptions,
} from 'node:zlib'
import type { Reply } from '../../2-platform/index.ts'
import { chooseEncoding, type Encoding } from './accept-encoding.ts'

/** Below this many bytes compression gains nothing worth its time. */
const LEAST = 1024
/**
 * Up to this many bytes it is done at once, in a quarter of a millisecond at most: the way to another thread and back
 * costs the processor a tenth of one, and a page is seldom longer.
 */
const AT_ONCE = 65_536

const brotliOf = (quality: number): BrotliOptions => ({
  params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
})
/** Quality 4: a tenth of the time of the default 11, nearly its size. */
const BROTLI: BrotliOptions = brotliOf(4)
/** Of a page, quality 3 makes 1 to 2% more than 4, in two thirds of the time; of long tables, 14%. */
const BROTLI_AT_ONCE: BrotliOptions = brotliOf(3)
const GZIP: ZlibOptions = { level: 6 }

const gzipLater = promisify<Buffer, ZlibOptions, Buffer>(gzip)
const brotliLater = promisify<Buffer, BrotliOptions, Buffer>(brotliCompress)

/** Whether a reply's kind of content is worth compressing, whoever asks: such a reply varies by Accept-Encoding. */
export function isCompressible(reply: Reply): boolean {
  const type = reply.headers['content-type']
  if (typeof type !== 'string' || reply.headers['content-encoding'] !== undefined || reply.body === null) return false
  if (typeof reply.body === 'string' && reply.body.length < LEAST) return false
  if (reply.body instanceof Uint8Array && reply.body.byteLength < LEAST) return false
  if (
    reply.headers['content-range'] !== undefined ||
    String(reply.headers['cache-control'] ?? '').includes('no-transform')
  )
    return false
  // Server-sent events are read line by line; some proxies and clients wait for a whole compressed block.
  return /^(?:text\/(?!event-stream)|application\/(?:json|javascript|xml|[\w.+-]+\+(?:json|xml))|image\/svg\+xml)/.test(
    type,
  )
}

/** The encoding of a compressible reply for this client. */
export function encodingFor(acceptEncoding: string | string[] | undefined): Encoding | undefined {
  return chooseEncoding(acceptEncoding)
}

/** Compresses a whole body: short ones at once, long ones on another thread. */
export function compress(body: string | Uint8Array, encoding: Encoding): Buffer | Promise<Buffer> {
  const bytes =
    typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  if (bytes.byteLength <= AT_ONCE)
    return encoding === 'br' ? brotliCompressSync(bytes, BROTLI_AT_ONCE) : gzipSync(bytes, GZIP)
  return encoding === 'br' ? brotliLater(bytes, BROTLI) : gzipLater(bytes, GZIP)
}

/** Compresses a stream; each chunk is flushed, so that what was sent can be shown. */
export async function* compressStream(
  body: AsyncIterable<string | Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<Uint8Array> {
  const stream = encoding === 'br' ? createBrotliCompress(BROTLI) : createGzip(GZIP)
  const made: Buffer[] = []
  stream.on('data', (chunk: Buffer) => made.push(chunk))
  const run = async (step: (done: () => void) => void) =>
    await new Promise<void>((resolve, reject) => {
      stream.once('error', reject)
      step(() => {
        stream.off('error', reject)
        resolve()
      })
    })
  try {
    for await (const chunk of body) {
      stream.write(chunk)
      await run((done) => stream.flush(done))
      yield* made.splice(0)
    }
    await run((done) => stream.once('end', done).end())
    yield* made.splice(0)
  } finally {
    stream.destroy()
  }
}
