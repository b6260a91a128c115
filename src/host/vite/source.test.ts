import { describe, expect, it } from 'vitest'
import { createReader } from './source.ts'

describe('createReader', () => {
  /** A reader of a file that holds one text after the other, the last one for good; and how often it was read. */
  const readerOf = (...texts: string[]) => {
    let count = 0
    const read = createReader(async () => texts[Math.min(count++, texts.length - 1)] as string)
    return { read: async () => await read('app/routes/index.tsx'), count: () => count }
  }

  it('reads a file again that was emptied to be written', async () => {
    const { read } = readerOf('before', '', '', 'after')
    expect(await read()).toBe('before')
    expect(await read()).toBe('after')
  })

  it('takes a file for empty that stays so, and does not wait for it twice', async () => {
    const { read, count } = readerOf('before', '')
    await read()
    expect(await read()).toBe('')
    const until = count()
    expect(await read()).toBe('')
    expect(count()).toBe(until + 1)
  })

  it('waits for no file that was always empty', async () => {
    const { read, count } = readerOf('', 'later')
    expect(await read()).toBe('')
    expect(count()).toBe(1)
  })
})
