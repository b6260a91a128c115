import { describe, expect, it } from 'vitest'
import { resolveConfig } from '../config.ts'
import { findOverspent } from './budgets.ts'

const size = (page: string, script: number, styles = 0) => ({
  page,
  file: 'x.tsx',
  script,
  styles,
  brotli: { script, styles },
  largest: { script: { file: 'start.js', bytes: 9 }, styles: { file: 'site.css', bytes: 5 } },
  roots: [],
})
const pages = [size('/', 9), size('/posts/[id]', 20, 5)]

describe('findOverspent', () => {
  it('finds nothing where nothing is said, or enough is allowed', () => {
    expect(findOverspent({}, pages)).toEqual([])
    expect(findOverspent({ '*': { script: 20, styles: 5 } }, pages)).toEqual([])
  })

  it('names the page, what is too much of what, and the largest file', () => {
    expect(findOverspent({ '*': { script: 10, styles: 4 } }, pages)).toMatchObject([
      {
        code: 'BUDGET_EXCEEDED',
        data: { page: '/posts/[id]', what: 'script', bytes: 20, budget: 10, largest: { file: 'start.js', bytes: 9 } },
      },
      {
        code: 'BUDGET_EXCEEDED',
        data: { page: '/posts/[id]', what: 'styles', bytes: 5, budget: 4, largest: { file: 'site.css', bytes: 5 } },
      },
    ])
  })

  it('lets a budget of its own go before that of all', () => {
    expect(findOverspent({ '*': { script: 10 }, '/posts/[id]': { script: 30 } }, pages)).toEqual([])
  })

  it('finds a budget for a page that is not there', () => {
    expect(findOverspent({ '/post/[id]': {} }, pages)).toMatchObject([
      { code: 'BUDGET_WITHOUT_PAGE', data: { page: '/post/[id]', near: '/posts/[id]' } },
    ])
  })
})

describe('budgets in layer9.config.ts', () => {
  it('are checked like every option', () => {
    const refuse = (budgets: unknown) => () => resolveConfig({ budgets } as never)
    expect(refuse({ '/': { script: -1 } })).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
    expect(refuse({ '/': 5 })).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
    expect(refuse({ '/': { scripts: 5 } })).toThrow(
      expect.objectContaining({
        code: 'CONFIG_UNKNOWN_OPTION',
        data: { option: 'budgets."/".scripts', near: 'budgets."/".script' },
      }),
    )
  })
})
