import { describe, expect, it } from 'vitest'
import { isNodeSupported } from './node-version.ts'

describe('isNodeSupported', () => {
  it.each([
    ['24.8.0', true],
    ['24.21.1', true],
    ['26.0.0', true],
    ['24.7.9', false],
    ['22.20.0', false],
    ['20.19.2', false],
    ['8.9.0', false],
  ])('%s: %s', (version, expected) => {
    expect(isNodeSupported(version)).toBe(expected)
  })
})
