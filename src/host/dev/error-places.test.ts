import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defineErrors, drawError, type Layer9Error } from '../../1-contracts/index.ts'
import { completePlaces } from './error-places.ts'

const errors = defineErrors({
  BAD: { message: (data: { component: string }) => `${data.component} is bad.`, fix: () => 'Mend it.' },
})
let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'layer9-'))
  mkdirSync(join(root, 'app'))
  writeFileSync(join(root, 'app/Menu.tsx'), 'one\ntwo\nthree\nfour\n')
})
afterAll(() => rmSync(root, { recursive: true }))

const place = { file: 'app/Menu.tsx', line: 2, column: 1 }
function complete(component: string, stack: string[], places = [place]): Layer9Error {
  const error = errors.BAD({ component }, { places })
  error.stack = ['Layer9Error: bad', ...stack.map((line) => `    at ${line}`)].join('\n')
  completePlaces(error, root)
  return error
}

describe('completePlaces', () => {
  it('adds the lines around', () => {
    expect(drawError(complete('Menu', []))).toContain('app/Menu.tsx:2:1\n    1 | one\n  > 2 | two')
  })
  it('prefers the call in the component that the error names', () => {
    const stack = [
      `useState (/else/dist/hooks.js:1:1)`,
      `count (${root}/app/lib.ts:9:9)`,
      `Menu (file://${root}/app/Menu.tsx:4:3)`,
      `${root}/app/other.ts:1:1`,
    ]
    expect(complete('Menu', stack).places).toMatchObject([{ ...place, line: 4, column: 3 }])
    expect(complete('Other', stack).places).toMatchObject([place])
    // What the compiler made of a template stands on no line of its own.
    expect(complete('Other', [`_$w1 (${root}/app/Menu.tsx:1:1)`], []).places).toEqual([])
    // Of a file that is gone there are no lines.
    expect(complete('', stack, []).places).toEqual([{ file: 'app/lib.ts', line: 9, column: 9 }])
  })
  it('gives any other error the place and the lines of the app\u2019s innermost call', () => {
    const error = new Error('x')
    error.stack = `Error: x\n    at map (native)\n    at Menu (${root}/app/Menu.tsx:3:2)\n    at run (/else/run.js:1:1)`
    completePlaces(error, root)
    expect(error).toMatchObject({
      loc: { file: 'app/Menu.tsx', line: 3, column: 2 },
      frame: '    2 | two\n  > 3 | three\n      |  ^\n    4 | four',
    })
    expect(Object.keys(error)).toEqual([])
  })
  it.each([
    ['that lies outside of the app', new Error('x')],
    ['whose place the bundler has told', Object.assign(new Error('x'), { frame: 'drawn' })],
  ])('leaves alone an error %s', (_, error) => {
    const keys = Object.keys(error)
    completePlaces(error, root)
    expect(Object.keys(error)).toEqual(keys)
    expect(error).not.toHaveProperty('loc')
  })
})
