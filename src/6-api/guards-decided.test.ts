import { describe, expect, it } from 'vitest'
import { Unauthorized } from '../1-contracts/index.ts'
import { fromRequest, runRequest, text } from '../2-platform/index.ts'
import { guard } from '../5-middleware/index.ts'
import { guardsDecided, query } from './index.ts'

const inRequest = async (run: () => Promise<void>) =>
  await runRequest(fromRequest(new Request('http://app.test/')), async () => {
    await run()
    return text('ok')
  })

describe('guardsDecided', () => {
  it('waits for the guards of what was called, not for its handlers', async () => {
    const gate = Promise.withResolvers<void>()
    const access = guard(async () => await gate.promise)
    const ask = query({ access, handler: async () => await new Promise<never>(() => {}) })
    const seen: string[] = []
    await inRequest(async () => {
      void ask()
      const decided = guardsDecided().then(() => seen.push('decided'))
      // However many turns pass.
      await new Promise((resolve) => setTimeout(resolve))
      seen.push('open')
      gate.resolve()
      await decided
    })
    expect(seen).toEqual(['open', 'decided'])
  })

  it('is over when a guard refuses, whose caller hears of it', async () => {
    const access = guard(async () => {
      await null
      throw new Unauthorized()
    })
    const ask = query({ access, handler: () => 1 })
    await inRequest(async () => {
      const asked = expect(ask()).rejects.toBeInstanceOf(Unauthorized)
      await guardsDecided()
      await asked
    })
  })

  it('has nothing to wait for outside of a request, or where no guard takes time', async () => {
    await guardsDecided()
    const ask = query({ access: guard(() => {}), handler: () => 1 })
    await inRequest(async () => {
      await ask()
      await guardsDecided()
    })
  })
})
