// Compresses the files of a build once, so that no request has to.
import { readFile, writeFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** Kinds of file that shrink; images, fonts in woff2 and archives are compressed already. */
const shrinks = new Set([
  '.js',
  '.mjs',
  '.css',
  '.html',
  '.svg',
  '.json',
  '.txt',
  '.xml',
  '.wasm',
  '.map',
  '.webmanifest',
  '.ico',
  '.ttf',
])

/** Below this a response fits one packet anyway, and decoding costs more than it saves. In bytes. */
const smallest = 512

/** Sizes of the compressed copies that were worth keeping, in bytes. */
export interface Compressed {
  br?: number
  gz?: number
}

const toBrotli = promisify(brotliCompress)
const toGzip = promisify(gzip)

/** Writes `file.br` and `file.gz` beside a file where they are at least a tenth smaller. */
export async function compressFile(file: string): Promise<Compressed> {
  if (!shrinks.has(extname(file))) return {}
  const content = await readFile(file)
  if (content.length < smallest) return {}
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length }
  const [br, gz] = await Promise.all([toBrotli(content, { params }), toGzip(content, { level: 9 })])
  const kept: Compressed = {}
  if (br.length < content.length * 0.9) {
    await writeFile(`${file}.br`, br)
    kept.br = br.length
  }
  if (gz.length < content.length * 0.9) {
    await writeFile(`${file}.gz`, gz)
    kept.gz = gz.length
  }
  return kept
}
