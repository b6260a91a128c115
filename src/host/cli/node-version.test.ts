import { describe, expect, it } from 'vitest'
import { checkNode } from './node-version.ts'

describe('checkNode', () => {
  it.each(['24.8.0', '24.21.1', '26.0.0', process.versions.node])('takes %s', (version) => {
    expect(() => checkNode(version)).not.toThrow()
  })

  it.each(['24.7.9', '22.20.0', '20.19.2', '8.9.0'])('refuses %s and says what is needed', (version) => {
    expect(() => checkNode(version)).toThrow(
      expect.objectContaining({ code: 'NODE_TOO_OLD', data: { version, floor: '24.8.0' } }),
    )
  })
})
