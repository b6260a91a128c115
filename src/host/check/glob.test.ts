import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Disk } from './disk.ts'
import { filesOfPatterns } from './glob.ts'
import { tree } from './testing/tree.fixture.ts'

const files = [
  'app/a/one.ts',
  'app/a/two.md',
  'app/a/deep/three.ts',
  'app/a/deep/er/four.ts',
  'app/b/five.ts',
  'app/here.ts',
  'app/node_modules/x/six.ts',
]

/** What patterns in app/here.ts stand for, below the project. */
function found(...patterns: string[]): string[] {
  const root = tree(Object.fromEntries(files.map((path) => [path, ''])))
  const anchor = (pattern: string) => pattern.replace(/^~\//, `${root}/app/`)
  const paths = filesOfPatterns(patterns, join(root, 'app/here.ts'), { disk: new Disk(), anchor })
  return paths.map((path) => path.slice(root.length + 1)).sort()
}

describe('filesOfPatterns', () => {
  it('fits stars within a folder, and double stars through folders', () => {
    expect(found('./a/*.ts')).toEqual(['app/a/one.ts'])
    expect(found('./a/**/*.ts')).toEqual(['app/a/deep/er/four.ts', 'app/a/deep/three.ts', 'app/a/one.ts'])
    expect(found('./*/*.ts')).toEqual(['app/a/one.ts', 'app/b/five.ts'])
    expect(found('../app/b/*')).toEqual(['app/b/five.ts'])
  })

  it('knows alternatives, classes and a plain path', () => {
    expect(found('./a/*.{ts,md}')).toEqual(['app/a/one.ts', 'app/a/two.md'])
    expect(found('./[ab]/*.ts')).toEqual(['app/a/one.ts', 'app/b/five.ts'])
    expect(found('./a/two.md')).toEqual(['app/a/two.md'])
  })

  it('leaves out what a pattern with ! fits, the file itself, and packages', () => {
    expect(found('./**/*.ts', '!./a/**')).toEqual(['app/b/five.ts'])
    expect(found('!./a/**', '~/b/*')).toEqual(['app/b/five.ts'])
  })

  it('reads a gap of a template as any part of a name', () => {
    expect(found('./a/**.md')).toEqual(['app/a/two.md'])
    expect(found('./a/t**.md')).toEqual(['app/a/two.md'])
  })

  it('gives nothing for a folder that is not there', () => {
    expect(found('./none/*.ts')).toEqual([])
    expect(found()).toEqual([])
  })
})
