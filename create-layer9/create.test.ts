import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { projectFiles } from '../src/host/types/projects.ts'
import { toPackageName } from './source/create.js'
import { leftOut, templates } from './source/templates.js'

const home = import.meta.dirname
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'create-layer9-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

interface Ended {
  code: number
  out: string
  err: string
}

/** Runs the command as a person would, in an empty folder, with no terminal to ask on. */
const create = (...given: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const program = join(home, 'bin', 'create-layer9.js')
    execFile(process.execPath, [program, ...given], { cwd: folder }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err })
    })
  })

const read = async (path: string) => await readFile(join(folder, path), 'utf8')

/** All files below a folder but those that `create` writes itself. */
const files = async (path: string): Promise<string[]> => {
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const found = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const names = found.map((name) => name.slice(path.length + 1))
  return names.filter((name) => !name.split('/').some((part) => leftOut.has(part))).sort()
}

describe('create-layer9', () => {
  it('makes an app that needs layer9 and typescript and nothing else', async () => {
    const ended = await create('shop')
    expect(ended).toMatchObject({ code: 0, err: '' })
    const made = JSON.parse(await read('shop/package.json'))
    expect(made).toMatchObject({ name: 'shop', private: true, type: 'module', dependencies: { layer9: '^0.1.0' } })
    expect(Object.keys(made.dependencies)).toEqual(['layer9'])
    expect(Object.keys(made.devDependencies)).toEqual(['typescript'])
    expect(made.scripts).toEqual({
      dev: 'layer9 dev',
      build: 'layer9 build',
      start: 'layer9 start',
      check: 'layer9 check',
    })
  })

  it('says what to do next, with the folder as it was given', async () => {
    const { out } = await create('apps/shop')
    expect(out).toContain('cd apps/shop\n  npm install\n  npm run dev')
  })

  it('says how the database of a template is made and filled', async () => {
    const { out } = await create('shop', '--template', 'board')
    expect(out).toContain('npm install\n  npx layer9 db migrate\n  npx layer9 db seed\n  npm run dev')
    expect(await read('shop/README.md')).toContain('    npx layer9 db migrate    make the database\n')
  })

  it('leaves out `cd` when the app is made where one stands', async () => {
    const { out } = await create('.')
    expect(out).not.toContain('cd ')
    expect(await read('app/routes/index.tsx')).toContain('useState')
  })

  it('writes a .gitignore, which npm would have renamed in a package', async () => {
    await create('shop')
    expect(await read('shop/.gitignore')).toBe('node_modules/\n.layer9/\n.data/\n.env\n.env.*\n')
  })

  it.each(templates)('makes $name equal to the example it comes from', async ({ name, example, dependencies }) => {
    const from = join(home, '..', 'examples', example)
    await create('shop', '--template', name)
    expect(await files(join(folder, 'shop'))).toEqual(await files(from))
    for (const file of await files(from))
      expect(await read(`shop/${file}`)).toBe(await readFile(join(from, file), 'utf8'))
    const wanted = JSON.parse(await readFile(join(from, 'package.json'), 'utf8')).dependencies
    const strip = (given: Record<string, string>) => Object.keys(given).filter((key) => key !== 'layer9')
    expect(Object.keys(dependencies)).toEqual(strip(wanted))
  })

  it('comes with the projects that its tsconfig.json refers to, so that an editor knows them at once', async () => {
    await create('shop', '--template', 'board')
    const { references } = JSON.parse(await read('shop/tsconfig.json'))
    expect(references).toEqual([{ path: '.layer9' }])
    const written = Object.entries(projectFiles({}))
    expect(written.length).toBeGreaterThan(3)
    for (const [name, text] of written) expect(await read(`shop/.layer9/${name}`)).toBe(text)
    expect(await read('shop/.layer9/routes.d.ts')).toContain("'/posts/[id]'")
  })

  it('takes the framework from where it is told', async () => {
    await create('shop', '--layer9', 'file:../layer9.tgz')
    expect(JSON.parse(await read('shop/package.json')).dependencies.layer9).toBe('file:../layer9.tgz')
  })

  it('takes a folder that holds only a repository for empty', async () => {
    await mkdir(join(folder, 'shop', '.git'), { recursive: true })
    expect((await create('shop')).code).toBe(0)
  })

  it('refuses a folder that is not empty, and writes nothing', async () => {
    await mkdir(join(folder, 'shop'))
    await writeFile(join(folder, 'shop', 'notes.txt'), 'mine')
    const ended = await create('shop')
    expect(ended).toMatchObject({ code: 1, out: '' })
    expect(ended.err).toContain('shop is not empty: it has notes.txt')
    expect(await readdir(join(folder, 'shop'))).toEqual(['notes.txt'])
  })

  it('refuses a file', async () => {
    await writeFile(join(folder, 'shop'), '')
    expect(await create('shop')).toMatchObject({ code: 1, err: expect.stringContaining('shop is a file') })
  })

  it.each([
    [['--template', 'vue'], 'There is no template "vue".'],
    [['--template', 'minmal'], 'There is no template "minmal"; did you mean "minimal"?'],
    [['--template', 'Baord'], 'There is no template "Baord"; did you mean "board"?'],
    [['--colour'], "Unknown option '--colour'.\n"],
    [['-x'], "Unknown option '-x'.\n"],
    [['front'], 'Only one folder is made, and 2 words were given'],
  ])('does not understand %j', async (given, words) => {
    const ended = await create('shop', ...given)
    expect(ended).toMatchObject({ code: 2, out: '', err: expect.stringContaining(words) })
    expect(ended.err).toContain('Fix: ')
    expect(await readdir(folder)).toEqual([])
  })

  it.each([
    ['--', '-x'],
    ['--template=board', '--', '--my-app'],
  ])('makes no folder that is an option: %s %s %s', async (...given) => {
    const ended = await create(...given)
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(ended.err).toContain(`A folder named "${given.at(-1)}" would be read as an option.`)
    expect(ended.err).toMatch(/Fix: Choose another name, such as (?:x|my-app)\./)
    expect(await readdir(folder)).toEqual([])
  })

  it.each(['--version', '-v'])('says its version for %s', async (option) => {
    const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'))
    expect(await create(option)).toMatchObject({ code: 0, out: `${version}\n`, err: '' })
  })

  it('explains itself', async () => {
    expect(await create('--help')).toMatchObject({ code: 0, out: expect.stringContaining('--template') })
  })
})

describe('toPackageName', () => {
  it.each([
    ['my-app', 'my-app'],
    ['My App', 'my-app'],
    ['Café', 'cafe'],
    ['.hidden', 'hidden'],
    ['日本', 'my-app'],
    ['node_modules', 'my-app'],
    ['-x', 'x'],
    ['a/b', 'a-b'],
  ])('makes %s a name that npm takes', (given, name) => {
    expect(toPackageName(given)).toBe(name)
  })
})
