import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadConfig } from './load-config.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'layer9-config-'))
})
afterEach(async () => await rm(root, { recursive: true, force: true }))

const write = async (content: string) => await writeFile(join(root, 'layer9.config.ts'), content)

describe('loadConfig', () => {
  it('gives the defaults when there is no file', async () => {
    expect(await loadConfig(root)).toMatchObject({ port: 3000, base: '/' })
  })

  it('reads TypeScript', async () => {
    await write('const port: number = 4000\nexport default { port }')
    expect(await loadConfig(root)).toMatchObject({ port: 4000 })
  })

  it('reads TypeScript that imports TypeScript', async () => {
    await writeFile(join(root, 'ports.ts'), 'export const port: number = 4001')
    await write("import { port } from './ports.ts'\nexport default { port } satisfies object")
    expect(await loadConfig(root)).toMatchObject({ port: 4001 })
  })

  it('says what does not parse', async () => {
    await write('export default {')
    await expect(loadConfig(root)).rejects.toMatchObject({
      code: 'CONFIG_NOT_LOADED',
      data: { reason: expect.stringContaining('Expected `}`') },
    })
  })

  it('names the file and the reason when it cannot be loaded', async () => {
    await write('throw new Error("no such thing")')
    await expect(loadConfig(root)).rejects.toMatchObject({
      code: 'CONFIG_NOT_LOADED',
      data: { file: join(root, 'layer9.config.ts'), reason: 'no such thing' },
      cause: { message: 'no such thing' },
    })
  })

  it('wants a default export', async () => {
    await write('export const port = 4000')
    await expect(loadConfig(root)).rejects.toMatchObject({
      code: 'CONFIG_NOT_LOADED',
      data: { reason: 'it has no default export that is an object' },
    })
  })

  it('refuses an unknown option', async () => {
    await write('export default { prot: 4000 }')
    await expect(loadConfig(root)).rejects.toMatchObject({ code: 'CONFIG_UNKNOWN_OPTION', data: { near: 'port' } })
  })
})
