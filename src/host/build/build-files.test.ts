import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type BuildManifest, readManifest, writeBuildFiles } from './build-files.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'layer9-build-files-'))
})
afterEach(async () => await rm(root, { recursive: true, force: true }))

const browser = {
  listener: '',
  navigation: null,
  starter: '',
  starterPreload: [],
  tagged: '',
  taggedPreload: [],
  call: '',
  later: '',
  receiver: '',
  unscripted: '',
  styles: {},
  roots: {},
  reach: {},
}
const long = 'x'.repeat(2000)

/** Makes a build of these browser files, in the place of the one before. */
const build = async (files: Record<string, string>): Promise<BuildManifest> => {
  const next = join(root, 'next')
  await mkdir(join(next, 'server'), { recursive: true })
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(next, 'client', path)), { recursive: true })
    await writeFile(join(next, 'client', path), content)
  }
  const previous = join(root, 'build')
  // The server's chunks matter for the id alone; there are none here.
  const made = await writeBuildFiles({
    next,
    previous,
    manifest: browser,
    server: [] as never,
    start: { port: 3000, base: '/', drain: 1 },
  })
  await rm(previous, { recursive: true, force: true })
  await rename(next, previous)
  return made
}

describe('writeBuildFiles', () => {
  it('lists every file with type, tag and compressed copies', async () => {
    const { files } = await build({ '_layer9/assets/a-1.js': long, 'robots.txt': 'User-agent: *' })
    expect(Object.keys(files)).toEqual(['/_layer9/assets/a-1.js', '/robots.txt'])
    expect(files['/_layer9/assets/a-1.js']).toMatchObject({
      file: '_layer9/assets/a-1.js',
      size: 2000,
      immutable: true,
      etag: expect.stringMatching(/^"[\w-]+"$/),
      br: { file: '_layer9/assets/a-1.js.br', size: expect.any(Number) },
      gzip: { file: '_layer9/assets/a-1.js.gz', size: expect.any(Number) },
    })
    expect(files['/robots.txt']).toMatchObject({ immutable: false, size: 13 })
  })

  it('can be read again from the folder', async () => {
    const made = await build({ 'robots.txt': '' })
    expect(await readManifest(join(root, 'build'))).toEqual(made)
  })

  it('gives equal content an equal id, and any other byte another', async () => {
    const first = await build({ 'a.txt': 'one' })
    expect((await build({ 'a.txt': 'one' })).build).toBe(first.build)
    expect((await build({ 'a.txt': 'two' })).build).not.toBe(first.build)
    expect((await build({ 'b.txt': 'one' })).build).not.toBe(first.build)
  })

  it('serves the assets of three builds, and of none older', async () => {
    await build({ '_layer9/assets/a-1.js': long })
    await build({ '_layer9/assets/a-2.js': `${long}2` })
    const third = await build({ '_layer9/assets/a-3.js': `${long}3` })
    expect(Object.keys(third.files)).toEqual(['1', '2', '3'].map((n) => `/_layer9/assets/a-${n}.js`))
    expect(await readFile(join(root, 'build/client/_layer9/assets/a-1.js'), 'utf8')).toBe(long)
    const fourth = await build({ '_layer9/assets/a-4.js': `${long}4` })
    expect(Object.keys(fourth.files)).toEqual(['2', '3', '4'].map((n) => `/_layer9/assets/a-${n}.js`))
    expect(fourth.files['/_layer9/assets/a-2.js']?.br).toBeDefined()
  })

  it('does not keep what lay in public', async () => {
    await build({ 'old.txt': 'old' })
    expect(Object.keys((await build({ 'new.txt': 'new' })).files)).toEqual(['/new.txt'])
  })
})

describe('earlier builds', () => {
  it('with the same assets count once', async () => {
    await build({ '_layer9/assets/a-1.js': long })
    await build({ '_layer9/assets/b-2.js': long })
    for (let time = 0; time < 4; time++) await build({ '_layer9/assets/c-3.js': long })
    const { generations } = await build({ '_layer9/assets/c-3.js': long, 'robots.txt': 'other' })
    expect(generations).toEqual([['_layer9/assets/c-3.js'], ['_layer9/assets/b-2.js'], ['_layer9/assets/a-1.js']])
  })
})

describe('readManifest', () => {
  it('knows no build where there is none', async () => {
    expect(await readManifest(join(root, 'nowhere'))).toBeUndefined()
  })

  it('takes nothing from what another version wrote', async () => {
    await mkdir(join(root, 'other/server'), { recursive: true })
    await writeFile(join(root, 'other/server/manifest.json'), '{"build":"x"}')
    expect(await readManifest(join(root, 'other'))).toBeUndefined()
  })
})
