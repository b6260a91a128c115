import { describe, expect, it } from 'vitest'
import { refersToSides } from './check-types.ts'

describe('refersToSides', () => {
  it.each([
    ['{ "files": [], "references": [{ "path": ".layer9" }] }', true],
    ['{ "references": [ // by side\n { "path" : "./.layer9/server.json" }] }', true],
    ['{ "extends": "layer9/tsconfig" }', false],
    ['{ "references": [{ "path": "../shared" }] }', false],
  ])('reads %s', (config, expected) => {
    expect(refersToSides(config)).toBe(expected)
  })
})
