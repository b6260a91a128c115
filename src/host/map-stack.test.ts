import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import MagicString from 'magic-string'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mapStack } from './map-stack.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'layer9-stack-'))
})
afterEach(async () => await rm(root, { recursive: true, force: true }))

/** Writes a bundle of one function, moved down by some lines, with its map; gives the error that it throws. */
const bundle = async (withMap: boolean): Promise<Error> => {
  const source = 'export function fail() {\n  throw new Error("no")\n}\n'
  const text = new MagicString(source)
  text.prepend('// one\n// two\n')
  const file = join(root, 'index.js')
  await writeFile(file, text.toString())
  const map = text.generateMap({ source: '../app/page.ts', hires: true, includeContent: true })
  if (withMap) await writeFile(`${file}.map`, map.toString())
  const { fail } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { fail: () => never }
  try {
    return fail()
  } catch (error) {
    return error as Error
  }
}

describe('mapStack', () => {
  it('leaves places alone that lie in no file of this machine', () => {
    const error = new Error('no')
    const stack = 'Error: file://elsewhere/a.js:1:2 file:///a%2Fb.js:1:2 file:///%00.js:1:2'
    error.stack = stack
    mapStack(error, root)
    expect(error.stack).toBe(stack)
  })

  it('leads to line and column of the source', async () => {
    const error = await bundle(true)
    // Where the test runner itself maps nothing, the place is that in the bundle.
    error.stack = `Error: no\n    at fail (${pathToFileURL(join(root, 'index.js'))}:4:9)`
    mapStack(error, root)
    expect(error.stack).toMatch(/at fail \(\.\.\/app\/page\.ts:2:\d+\)$/)
  })

  it('leads causes too', async () => {
    const cause = await bundle(true)
    cause.stack = `Error: no\n    at fail (${pathToFileURL(join(root, 'index.js'))}:4:9)`
    mapStack(new Error('outer', { cause }), root)
    expect(cause.stack).toContain('page.ts:2:')
  })

  it('leaves what has no map as it is', async () => {
    const error = await bundle(false)
    error.stack = `Error: no\n    at fail (${pathToFileURL(join(root, 'index.js'))}:4:9)\n    at node:internal/x:1:1`
    const { stack } = error
    mapStack(error, root)
    expect(error.stack).toBe(stack)
  })

  it.each(['text', undefined, null])('takes %j, which somebody threw', (thrown) => {
    expect(() => mapStack(thrown, root)).not.toThrow()
  })
})
