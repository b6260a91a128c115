import { beforeEach, describe, expect, it, vi } from 'vitest'

/** The module as a process or page has it that has just begun. */
const load = async () => await import('./public-env.ts')
beforeEach(() => vi.resetModules())

describe('publicEnv', () => {
  it('is what the server was given', async () => {
    const { providePublicEnv, publicEnv } = await load()
    providePublicEnv({ PUBLIC_A: 'a' })
    expect(publicEnv('PUBLIC_A')).toBe('a')
    expect(publicEnv('PUBLIC_B')).toBeUndefined()
  })

  it('is nothing where there is neither a server nor a document', async () => {
    const { providePublicEnv, publicEnv } = await load()
    expect(publicEnv('PUBLIC_A')).toBeUndefined()
    providePublicEnv({ PUBLIC_A: 'late' })
    expect(publicEnv('PUBLIC_A')).toBe('late')
  })

  it('takes public names alone', async () => {
    const { publicEnv } = await load()
    // @ts-expect-error A name without the prefix is none that a browser could read.
    expect(publicEnv('DATABASE_URL')).toBeUndefined()
  })
})
