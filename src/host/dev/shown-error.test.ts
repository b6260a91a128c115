import { describe, expect, it } from 'vitest'
import { errors } from '../errors.ts'
import { errorMarkup, errorPage, toShownError } from './shown-error.ts'

const place = { file: 'app/routes/index.tsx', line: 2, column: 3, source: 'one\ntwo\nthree' }
const ours = errors.BUILD_MISSING({ folder: '/shop' }, { places: [place] })

describe('toShownError', () => {
  it('shows code, message, fix, place and frame of an error of ours', () => {
    expect(toShownError(ours)).toMatchObject({
      message: 'BUILD_MISSING  There is no build in /shop.\nFix: Run `layer9 build` first.',
      id: 'app/routes/index.tsx',
      loc: { file: 'app/routes/index.tsx', line: 2, column: 3 },
      frame: expect.stringContaining('> 2 | two'),
    })
  })

  it('shows the frame that the bundler drew', () => {
    const error = Object.assign(new Error('Unexpected token'), {
      frame: '> 1 | <',
      plugin: 'layer9:jsx',
      id: '/shop/app/a.tsx',
      loc: { line: 1, column: 0 },
    })
    expect(toShownError(error)).toMatchObject({
      message: 'Unexpected token',
      frame: '> 1 | <',
      plugin: 'layer9:jsx',
      loc: { file: '/shop/app/a.tsx', line: 1, column: 0 },
    })
  })

  it('leaves the machinery out of the stack', () => {
    const error = new Error('x')
    error.stack =
      'Error: x\n    at page (/shop/app/a.tsx:1:1)\n    at run (node:internal/x:1:1)\n    at b (/shop/node_modules/vite/y.js:1:1)' +
      `\n    at renderAs (${import.meta.resolve('../../8-components/owner.ts')}:1:1)\n    at Array.map (<anonymous>)`
    expect(toShownError(error).stack).toBe('    at page (/shop/app/a.tsx:1:1)')
  })

  it.each(['text', undefined, 7])('shows %j, which somebody threw', (thrown) => {
    expect(toShownError(thrown)).toEqual({ message: String(thrown), stack: '' })
  })
})

describe('errorMarkup', () => {
  it('is a block of data that no text can leave', () => {
    const markup = errorMarkup(new Error('</script><script>alert(1)</script>'))
    expect(markup.match(/<\/script>/g)).toHaveLength(1)
    const [, data = ''] = /^<script type="application\/json" id="error-of-layer9">(.*)<\/script>$/s.exec(markup) ?? []
    expect(JSON.parse(data).message).toBe('</script><script>alert(1)</script>')
  })
})

describe('errorPage', () => {
  it('shows the error without scripts too, escaped', () => {
    const page = errorPage(new Error('a < b'), '<script type="module" src="/dev"></script>')
    expect(page).toContain('<pre>a &lt; b')
    expect(page).toContain('src="/dev"')
  })
})
