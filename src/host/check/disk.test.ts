import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Disk } from './disk.ts'
import { tree, write } from './testing/tree.fixture.ts'

describe('Disk', () => {
  it('tells files from folders, links followed', () => {
    const root = tree({ 'folder/file.ts': '' })
    symlinkSync('folder', join(root, 'to-folder'))
    symlinkSync('folder/file.ts', join(root, 'to-file'))
    symlinkSync('nowhere', join(root, 'to-nothing'))
    const disk = new Disk()
    const kinds = (name: string) => [disk.isFile(join(root, name)), disk.isFolder(join(root, name))]
    expect(kinds('folder')).toEqual([false, true])
    expect(kinds('folder/file.ts')).toEqual([true, false])
    expect(kinds('to-folder')).toEqual([false, true])
    expect(kinds('to-file')).toEqual([true, false])
    expect(kinds('to-nothing')).toEqual([false, false])
    expect(kinds('none/at/all')).toEqual([false, false])
    expect(disk.isFolder('/')).toBe(true)
  })

  it('gives paths without links in them', () => {
    const root = tree({ 'a/b/file.ts': '' })
    symlinkSync('a', join(root, 'one'))
    symlinkSync('../a/b/file.ts', join(root, 'a/two.ts'))
    const disk = new Disk()
    expect(disk.real(join(root, 'one/b/file.ts'))).toBe(join(root, 'a/b/file.ts'))
    expect(disk.real(join(root, 'one/two.ts'))).toBe(join(root, 'a/b/file.ts'))
    expect(disk.real(join(root, 'gone/file.ts'))).toBe(join(root, 'gone/file.ts'))
  })

  it('finds folders that are as new as the file in them', () => {
    const root = tree({ 'app/a.ts': '' })
    const disk = new Disk()
    expect([...disk.entries(join(root, 'app')).keys()]).toEqual(['a.ts'])
    expect(disk.isFile(join(root, 'app/one/two/b.ts'))).toBe(false)
    write(root, 'app/one/two/b.ts', '')
    disk.forget(join(root, 'app/one/two/b.ts'))
    expect([...disk.entries(join(root, 'app')).keys()]).toEqual(['a.ts', 'one'])
    expect(disk.isFile(join(root, 'app/one/two/b.ts'))).toBe(true)
  })

  it('takes the first extension that makes a file', () => {
    const root = tree({ 'a.ts': '', 'a.js': '', 'b.ts/x': '' })
    const disk = new Disk()
    expect(disk.firstFile(join(root, 'a'), ['', '.js', '.ts'])).toBe(join(root, 'a.js'))
    expect(disk.firstFile(join(root, 'b'), ['', '.js', '.ts'])).toBeUndefined()
    expect(disk.firstFile(join(root, 'none/a'), ['', '.ts'])).toBeUndefined()
  })

  it('reads JSON as people write it', () => {
    const root = tree({
      'plain.json': '{ "a": [1] }',
      'comments.json': '\uFEFF// head\n{ "url": "https://x/*no*/", /* one */ "list": [1, 2,], "comma": ",}", }',
      'broken.json': '{ a',
    })
    const disk = new Disk()
    expect(disk.json(join(root, 'plain.json'))).toEqual({ a: [1] })
    expect(disk.json(join(root, 'comments.json'))).toEqual({ url: 'https://x/*no*/', list: [1, 2], comma: ',}' })
    expect(disk.json(join(root, 'broken.json'))).toBeUndefined()
    expect(disk.json(join(root, 'none.json'))).toBeUndefined()
  })

  it('remembers until it is told of a change', () => {
    const root = tree({ 'a.json': '1' })
    const disk = new Disk()
    const path = join(root, 'new/b.json')
    expect([disk.isFile(path), disk.json(path), disk.json(join(root, 'a.json'))]).toEqual([false, undefined, 1])
    mkdirSync(join(root, 'new'))
    write(root, 'new/b.json', '2')
    write(root, 'a.json', '3')
    expect([disk.isFile(path), disk.json(join(root, 'a.json'))]).toEqual([false, 1])
    for (const changed of [join(root, 'new'), path, join(root, 'a.json')]) disk.forget(changed)
    expect([disk.isFile(path), disk.json(path), disk.json(join(root, 'a.json'))]).toEqual([true, 2, 3])
    rmSync(path)
    disk.forget(path)
    expect(disk.isFile(path)).toBe(false)
  })
})
