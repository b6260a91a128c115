// Compresses the files of a build once, so that no request has to.
import { readFile, writeFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** Kinds of file that shrink; pictures, fonts in woff2 and archives are compressed already. */
const shrinking =
  /^\.(?:js|mjs|css|html|svg|json|txt|xml|wasm|map|webmanifest|ico|ttf|otf|eot|md|csv|geojson|glb|bmp|pdf)$/

/** Below this a response fits one packet anyway, and decoding costs more than it saves. In bytes. */
const smallest = 512

const toBrotli = promisify(brotliCompress)
const toGzip = promisify(gzip)

/** Writes `file.br` and `file.gz` beside a file, each where it is at least a tenth smaller. */
export async function compressFile(file: string): Promise<void> {
  if (!shrinking.test(extname(file))) return
  const content = await readFile(file)
  if (content.length < smallest) return
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length }
  const [br, gz] = await Promise.all([toBrotli(content, { params }), toGzip(content, { level: 9 })])
  const worthIt = (made: Buffer): boolean => made.length < content.length * 0.9
  if (worthIt(br)) await writeFile(`${file}.br`, br)
  if (worthIt(gz)) await writeFile(`${file}.gz`, gz)
}
