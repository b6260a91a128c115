import { describe, expect, it } from 'vitest'
import { pickPublic } from './public-env.ts'

describe('pickPublic', () => {
  it('takes what begins with PUBLIC_, and nothing else', () => {
    const env = { PUBLIC_A: 'a', PUBLIC_: 'empty', public_b: 'b', NOT_PUBLIC_C: 'c', SECRET: 'd', PUBLIC_E: undefined }
    expect(pickPublic(env)).toEqual({ PUBLIC_A: 'a', PUBLIC_: 'empty' })
  })
})
