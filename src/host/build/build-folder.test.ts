import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { tree } from '../check/testing/tree.fixture.ts'
import { openNext, placeBuild } from './build-folder.ts'

describe('openNext', () => {
  it('makes a folder of its own each time, which others may read as any', async () => {
    const root = tree({ 'app/x.ts': '' })
    const [one, other] = await Promise.all([openNext(root), openNext(root)])
    expect(one).not.toBe(other)
    expect(readdirSync(one)).toEqual([])
    chmodSync(`${root}/app`, 0o777 & ~process.umask())
    expect(statSync(one).mode).toBe(statSync(`${root}/app`).mode)
  })
})

describe('placeBuild', () => {
  it('leaves one whole build, however many end at once', async () => {
    const root = tree({ '.layer9/build/a.txt': 'old', '.layer9/build/b.txt': 'old' })
    const made = await Promise.all(Array.from({ length: 30 }, async () => await openNext(root)))
    for (const next of made) for (const name of ['a.txt', 'b.txt']) writeFileSync(`${next}/${name}`, next)
    await Promise.all(made.map(async (next) => await placeBuild(next, `${root}/.layer9/build`)))
    expect(readdirSync(`${root}/.layer9`)).toEqual(['build'])
    const [one, other] = ['a.txt', 'b.txt'].map((name) => readFileSync(`${root}/.layer9/build/${name}`, 'utf8'))
    expect(one).toBe(other)
    expect(made).toContain(one)
  })
})
