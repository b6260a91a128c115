import { describe, expect, it } from 'vitest'

/** Vite gives the modules beside this one, each behind a function that imports it. */
const doors = (import.meta as unknown as { glob(patterns: string[]): Record<string, () => Promise<unknown>> }).glob([
  './*.ts',
  '!./errors.ts',
  '!./*.test.ts',
])

describe('a server door in a real browser', () => {
  it.each(Object.keys(doors))('%s says which door it is and what to do', async (file) => {
    const failure = await doors[file]?.().catch((error: unknown) => error)
    expect(failure).toMatchObject({
      name: 'Layer9Error',
      code: 'SERVER_DOOR_IN_BROWSER',
      message: expect.stringContaining(`layer9/${file.slice(2, -3).replace('-', '/')}, which runs on the server only`),
      fix: expect.stringMatching(/^[A-Z].*\.$/),
    })
  })
})
