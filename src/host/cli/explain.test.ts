import { afterEach, describe, expect, it, vi } from 'vitest'
import { explainAll, runExplain } from './explain.ts'

afterEach(() => vi.restoreAllMocks())

describe('explainAll', () => {
  it('tells every code of every layer, each once, with a fix', async () => {
    const all = await explainAll()
    const codes = all.map((entry) => entry.code)
    expect(new Set(codes).size).toBe(codes.length)
    expect(new Set(all.map((entry) => entry.layer))).toEqual(
      new Set([...all.map((entry) => entry.layer), 'host', 'host/check', 'routes', 'api', 'components', 'contracts']),
    )
    for (const { code, message, fix } of all) {
      expect(message, code).toMatch(/\S/)
      expect(fix, code).toMatch(/\S/)
      expect(`${message} ${fix}`, code).not.toMatch(/undefined|\[object|NaN/)
    }
  })

  it('names the values of an error where they would stand', async () => {
    const entry = (await explainAll()).find(({ code }) => code === 'BUILD_MISSING')
    expect(entry).toEqual({
      code: 'BUILD_MISSING',
      layer: 'host',
      message: 'There is no build in ‹folder›.',
      fix: 'Run `layer9 build` first.',
    })
  })
})

describe('runExplain', () => {
  it('takes a code in any case', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    expect(await runExplain({ code: 'build_missing', json: false })).toBe(0)
    expect(log.mock.calls[0]?.[0]).toContain('Fix: Run `layer9 build` first.')
  })

  it('lists all without a code, as JSON for a machine', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    await runExplain({ code: undefined, json: true })
    expect(JSON.parse(String(log.mock.calls[0]?.[0]))).toEqual(await explainAll())
  })

  it('knows what a misspelt code means', async () => {
    await expect(runExplain({ code: 'BUILD_MISING', json: false })).rejects.toMatchObject({
      code: 'ERROR_CODE_UNKNOWN',
      data: { code: 'BUILD_MISING', near: 'BUILD_MISSING' },
    })
  })
})
