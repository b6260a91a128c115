import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compressFile } from './compress.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layer9-compress-'))
})
afterEach(async () => await rm(folder, { recursive: true, force: true }))

const put = async (name: string, content: string | Buffer) => {
  await writeFile(join(folder, name), content)
  return join(folder, name)
}

describe('compressFile', () => {
  it('writes both copies, which hold the same content', async () => {
    const content = 'const number = 1\n'.repeat(200)
    const file = await put('a.js', content)
    await compressFile(file)
    const [brotli, zipped] = [await readFile(`${file}.br`), await readFile(`${file}.gz`)]
    expect(brotliDecompressSync(brotli).toString()).toBe(content)
    expect(gunzipSync(zipped).toString()).toBe(content)
  })

  it('leaves alone what is small, compressed already, or does not shrink', async () => {
    await compressFile(await put('a.js', 'short'))
    await compressFile(await put('a.png', 'x'.repeat(5000)))
    await compressFile(await put('random.js', randomBytes(3000)))
    expect((await readdir(folder)).sort()).toEqual(['a.js', 'a.png', 'random.js'])
  })
})
