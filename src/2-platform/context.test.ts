import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { addReplyHeader, contextKey, currentRequest, findRequest, runRequest } from './context.ts'
import type { Incoming, Reply } from './exchange.ts'
import { fromRequest } from './web.ts'

const request = (path = '/'): Incoming => fromRequest(new Request(`http://localhost${path}`))
const plain: Reply = Object.freeze({ status: 200, headers: Object.freeze({ 'x-own': '1' }), body: 'ok' })

describe('currentRequest', () => {
  it('is the request that is being answered, across awaits', async () => {
    const incoming = request()
    await runRequest(incoming, async () => {
      await sleep(1)
      expect(currentRequest()).toBe(incoming)
      return plain
    })
  })

  it('keeps requests that run at once apart', async () => {
    const seen = await Promise.all(
      ['/a', '/b', '/c'].map(async (path) => {
        let own = ''
        await runRequest(request(path), async () => {
          await sleep(1)
          own = currentRequest().path
          return plain
        })
        return own
      }),
    )
    expect(seen).toEqual(['/a', '/b', '/c'])
  })

  it('is an error outside of one, where findRequest has nothing', () => {
    expect(() => currentRequest()).toThrow(expect.objectContaining({ code: 'NO_REQUEST' }))
    expect(findRequest()).toBeUndefined()
  })
})

describe('contextKey', () => {
  it('holds a value for each request', async () => {
    const locale = contextKey<string>('locale')
    const seen = await Promise.all(
      ['de', 'fr'].map(async (value) => {
        let own: string | undefined
        await runRequest(request(), async () => {
          expect(locale.get()).toBeUndefined()
          locale.set(value)
          await sleep(1)
          own = locale.get()
          return plain
        })
        return own
      }),
    )
    expect(seen).toEqual(['de', 'fr'])
    expect(locale.get()).toBeUndefined()
  })

  it('is told apart by identity, not by name', () => {
    const [one, two] = [contextKey<number>('n'), contextKey<number>('n')]
    runRequest(request(), () => {
      one.set(1)
      expect(two.get()).toBeUndefined()
      return plain
    })
  })

  it('cannot be set outside of a request', () => {
    expect(() => contextKey<number>('n').set(1)).toThrow(
      expect.objectContaining({ code: 'NO_REQUEST', data: { what: 'The context key "n"' } }),
    )
  })
})

describe('runRequest', () => {
  it('gives a synchronous reply back at once, untouched', () => {
    expect(runRequest(request(), () => plain)).toBe(plain)
  })

  it('stays in the context it is in', () => {
    const incoming = request()
    const key = contextKey<number>('n')
    runRequest(incoming, () => {
      key.set(1)
      return runRequest(incoming, () => {
        expect(key.get()).toBe(1)
        return plain
      })
    })
  })

  it('adds headers that were asked for below, and no other', async () => {
    const reply = await runRequest(request(), async () => {
      addReplyHeader('X-Own', '2')
      await sleep(1)
      addReplyHeader('x-more', '3')
      return plain
    })
    expect(reply).toEqual({ status: 200, headers: { 'x-own': '2', 'x-more': '3' }, body: 'ok' })
    expect(plain.headers).toEqual({ 'x-own': '1' })
  })

  it('gathers cookies beside those of the reply, and keeps such an answer out of caches', () => {
    const reply = runRequest(request(), () => {
      addReplyHeader('set-cookie', 'a=1')
      addReplyHeader('set-cookie', 'b=2')
      return { status: 200, headers: { 'set-cookie': 'own=0', 'cache-control': 'public' }, body: null }
    }) as Reply
    expect(reply.headers).toEqual({ 'set-cookie': ['own=0', 'a=1', 'b=2'], 'cache-control': 'no-store' })
  })

  it('takes no header once the reply is on its way', async () => {
    let later: Promise<unknown> | undefined
    await runRequest(request(), () => {
      later = sleep(1).then(() => addReplyHeader('x-late', '1'))
      return plain
    })
    await expect(later).rejects.toMatchObject({ code: 'RESPONSE_STARTED', data: { header: 'x-late' } })
  })

  it('lets errors through', async () => {
    expect(() =>
      runRequest(request(), () => {
        throw new Error('at once')
      }),
    ).toThrow('at once')
    await expect(runRequest(request(), async () => await Promise.reject(new Error('later')))).rejects.toThrow('later')
  })
})
