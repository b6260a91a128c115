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
    // Of a file that is gone there are no lines.
    expect(complete('', stack, []).places).toEqual([{ file: 'app/lib.ts', line: 9, column: 9 }])
  })
  it('leaves alone what is not ours', () => {
    const error = new Error('x')
    completePlaces(error, root)
    expect(Object.keys(error)).toEqual([])
  })
})
