import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PlatformWalk } from './platform.ts'
import { Project } from './project.ts'
import { tree, write } from './testing/tree.fixture.ts'

/** The way from node_modules/pkg/index.js to a module of Node, relative, in a package of these files. */
function reach(files: Readonly<Record<string, string>>) {
  const root = tree(Object.fromEntries(Object.entries(files).map(([path, text]) => [`node_modules/pkg/${path}`, text])))
  const found = new PlatformWalk(new Project({ root, mode: 'app' })).reach(join(root, 'node_modules/pkg/index.js'))
  return found && { ...found, chain: found.chain.map((path) => path.slice(join(root, 'node_modules/pkg/').length)) }
}

describe('PlatformWalk', () => {
  it('gives the shortest way', () => {
    const files = {
      'index.js': `import './a.js'; import './c.js'`,
      'a.js': `import './b.js'`,
      'b.js': `import 'fs'`,
      'c.js': `import 'node:os'`,
    }
    expect(reach(files)).toEqual({ builtin: 'node:os', chain: ['index.js', 'c.js'] })
  })

  it.each([
    ['export { a } from "fs"', 'node:fs'],
    ['export const load = () => import("node:worker_threads")', 'node:worker_threads'],
    ['const { join } = require("path/posix")', 'node:path/posix'],
    ['process.getBuiltinModule("node:fs")', 'node:fs'],
  ])('counts %s', (text, builtin) => {
    expect(reach({ 'index.js': text })?.builtin).toBe(builtin)
  })

  it.each([
    'import "./gone.js"',
    'import "not-installed"',
    'try { require("fs") } catch {}',
    'const text = "import \'fs\'" // require("fs")',
    'import "./data.json"; import "./style.css"',
  ])('passes over %s', (text) => {
    expect(reach({ 'index.js': text, 'data.json': '{}', 'style.css': '' })).toBeUndefined()
  })

  it('ends in circles', () => {
    expect(reach({ 'index.js': `import './a.js'`, 'a.js': `import './index.js'` })).toBeUndefined()
    expect(reach({ 'index.js': `import './a.js'`, 'a.js': `import './index.js'; import 'fs'` })?.builtin).toBe(
      'node:fs',
    )
  })

  it('remembers what is clean until it is told to forget', () => {
    const root = tree({ 'lib/a.ts': `import './b'`, 'lib/b.ts': '' })
    const project = new Project({ root, mode: 'app' })
    const walk = new PlatformWalk(project)
    const start = join(root, 'lib/a.ts')
    expect(walk.reach(start)).toBeUndefined()
    write(root, 'lib/b.ts', `import 'fs'`)
    project.forget(join(root, 'lib/b.ts'), 'update')
    expect(walk.reach(start)).toBeUndefined()
    walk.forget()
    expect(walk.reach(start)?.builtin).toBe('node:fs')
  })
})
