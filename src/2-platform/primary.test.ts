import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { createAsk, serveDrivers } from './primary.ts'

/** Both ends of a channel, which copies what it carries as one between processes does. */
function openChannel() {
  const sent: object[] = []
  const [worker, primary] = [new EventEmitter(), new EventEmitter()]
  const to = (end: EventEmitter) => (message: object) => {
    sent.push(message)
    setImmediate(() => end.emit('message', JSON.parse(JSON.stringify(message))))
  }
  return {
    sent,
    worker: Object.assign(worker, { send: to(primary) }),
    primary: Object.assign(primary, { send: to(worker) }),
  }
}

describe('findPrimary', () => {
  it('asks a driver of the primary, and tells each answer to who asked', async () => {
    const { worker, primary } = openChannel()
    serveDrivers(primary, {
      double: ({ value }: { value: number }) => value * 2,
      shout: ({ text }: { text: string }) => text.toUpperCase(),
    })
    const ask = createAsk(worker)
    expect(
      await Promise.all([ask('double', { value: 2 }), ask('shout', { text: 'a' }), ask('double', { value: 3 })]),
    ).toEqual([4, 'A', 6])
  })

  it('sends the questions of a moment together, and their answers', async () => {
    const { worker, primary, sent } = openChannel()
    serveDrivers(primary, { same: ({ value }: { value: number }) => value })
    const ask = createAsk(worker)
    await Promise.all(Array.from({ length: 50 }, async (_, value) => expect(await ask('same', { value })).toBe(value)))
    expect(sent).toHaveLength(2)
  })

  it('answers nothing for a driver that the primary does not have', async () => {
    const { worker, primary } = openChannel()
    serveDrivers(primary, {})
    expect(await createAsk(worker)('newer', {})).toBeFalsy()
  })

  it('answers undefined once the primary is gone', async () => {
    const { worker } = openChannel()
    const ask = createAsk(worker)
    const waiting = ask('any', {})
    worker.emit('disconnect')
    expect(await waiting).toBeUndefined()
    expect(await ask('any', {})).toBeUndefined()
  })
})
