// Holds pages to their budgets: what a page costs its first visitor grows by one import at a time, unnoticed.

import { nearest } from '../../1-contracts/server.ts'
import type { Budget } from '../config.ts'
import { errors } from '../errors.ts'
import type { PageSize } from './sizes.ts'

/**
 * Every page that costs more than its budget, and every budget that belongs to no page.
 *
 * @example
 * const size = { script: 30_000, styles: 0 }
 * const largest = { script: { file: 'about.js', bytes: 30_000 } }
 * const about = { ...size, brotli: size, page: '/about', file: 'about.tsx', largest, roots: [] }
 * findOverspent({ '*': { script: 20_000 } }, [about]) // [{ code: 'BUDGET_EXCEEDED', … }]
 */
export function findOverspent(budgets: Readonly<Record<string, Budget>>, pages: readonly PageSize[]): Error[] {
  const patterns = pages.map(({ page }) => page)
  const lost = Object.keys(budgets).filter((page) => page !== '*' && !patterns.includes(page))
  return [
    ...lost.map((page) => {
      const near = nearest(page, patterns)
      return errors.BUDGET_WITHOUT_PAGE({ page, ...(near && { near }) })
    }),
    ...pages.flatMap((page) => judge(page, budgets[page.page] ?? budgets['*'] ?? {})),
  ]
}

function judge(page: PageSize, budget: Budget): Error[] {
  return (['script', 'styles'] as const).flatMap((what) => {
    const most = budget[what]
    const { page: pattern, largest } = page
    const file = largest[what]
    // More than nothing comes from some file.
    if (most === undefined || page[what] <= most || !file) return []
    return [errors.BUDGET_EXCEEDED({ page: pattern, what, bytes: page[what], budget: most, largest: file })]
  })
}
