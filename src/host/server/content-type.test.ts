import { describe, expect, it } from 'vitest'
import { contentTypeOf } from './content-type.ts'

describe('contentTypeOf', () => {
  it.each([
    ['app.js', 'text/javascript; charset=utf-8'],
    ['module.wasm', 'application/wasm'],
    ['IMAGE.PNG', 'image/png'],
    ['a.b.css', 'text/css; charset=utf-8'],
    ['noextension', 'application/octet-stream'],
    ['x.constructor', 'application/octet-stream'],
    ['x.exe', 'application/octet-stream'],
  ])('of %s is %s', (file, type) => expect(contentTypeOf(file)).toBe(type))
})
