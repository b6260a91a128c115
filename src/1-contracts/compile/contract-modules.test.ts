import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ContractModules, makers } from './contract-modules.ts'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'layer9-modules-')))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const write = (path: string, code: string): string => {
  const file = join(root, 'app', path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, code)
  return file
}

const post = write(
  'contracts/post.ts',
  `import { type Row, schema, text } from 'layer9/contracts'
export const Post = schema({ title: text() })
const own = Post.pick('title')
export { own as Short }
export default own`,
)
const part = write('contracts/deep/part.ts', "import { Post } from '../post'\nexport const Part = Post.partial()")
const words = write(
  'contracts/words.ts',
  "import { href, type Row } from 'layer9/contracts'\nimport type { Post } from './post'\nexport const link = href('/')",
)
const barrel = write(
  'contracts/index.ts',
  "export * from './words'\nexport { default as Brief, Post as Notice } from '~/contracts/post'\nexport * from './deep/part.ts'\nexport * from './index'",
)
write('contracts/post.test.ts', "import { text } from 'layer9/contracts'\ntext()")
write('contracts/types.d.ts', "import { text } from 'layer9/contracts'")
const circle = write('contracts/circle.ts', "import { b } from './round'\nexport const a = b")
write('contracts/round.ts', "import { a } from './circle'\nexport const b = a")
write('services/post.ts', "import { text } from 'layer9/contracts'\ntext()")

describe('ContractModules', () => {
  it('lists the modules that make contracts, or take values from one that does', () => {
    expect(new ContractModules(root).list()).toEqual([part, post])
  })

  it('takes neither types nor what is passed on for a contract, and ends in a circle', () => {
    const modules = new ContractModules(root)
    expect([words, barrel, circle].map((file) => modules.holds(file))).toEqual([false, false, false])
  })

  it.each([
    ['Notice', { file: post, name: 'Post' }],
    ['Brief', { file: post, name: 'default' }],
    ['Part', { file: part, name: 'Part' }],
    ['link', { file: words, name: 'link' }],
    ['none', undefined],
  ])('finds where %s is made, behind all that pass it on', (name, origin) => {
    expect(new ContractModules(root).originOf({ file: barrel, name })).toEqual(origin)
  })

  it('reads a file again that changed', () => {
    const modules = new ContractModules(root)
    const file = write('contracts/later.ts', 'export const later = 1')
    expect(modules.holds(file)).toBe(false)
    write('contracts/later.ts', "import { text } from 'layer9/contracts'\nexport const later = text()")
    expect(modules.holds(file)).toBe(false)
    modules.forget(file)
    expect(modules.holds(file)).toBe(true)
  })

  it('knows every function that makes a field', () => {
    const door = readFileSync(join(import.meta.dirname, '../index.ts'), 'utf8')
    const lists = Array.from(door.matchAll(/export \{([^}]*)\} from '\.\/fields\//g), ([, list = '']) =>
      list.split(','),
    )
    const functions = lists.flat().map((name) => name.trim())
    const made = functions.filter((name) => /^[a-z]\w*$/.test(name) && !/^(?:createId|fromUnits|toUnits)$/.test(name))
    expect(made.length).toBe(16)
    expect(made.filter((name) => !makers.has(name))).toEqual([])
  })
})
