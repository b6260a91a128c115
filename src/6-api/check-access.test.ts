import { describe, expect, it } from 'vitest'
import { checkAccess } from './check-access.ts'

const check = (code: string) =>
  checkAccess(`import { action, endpoint, query as ask } from 'layer9/api'\n${code}`, 'app/api/posts.ts')

describe('checkAccess', () => {
  it('finds a query and an action without a rule, with their places', () => {
    const code =
      'export const all = ask({ handler: () => 1 })\nconst add = action({ input, handler }) satisfies unknown'
    expect(check(code)).toMatchObject([
      {
        code: 'API_ACCESS_MISSING',
        data: { what: 'query' },
        places: [{ file: 'app/api/posts.ts', line: 2, column: 20 }],
      },
      { code: 'API_ACCESS_MISSING', data: { what: 'action' }, places: [{ line: 3 }] },
    ])
  })

  it('finds an endpoint, whose options come second', () => {
    const code = `export const feed = endpoint('GET /feed.xml', { handler })\nexport const all = ask({ handler })`
    expect(check(code)).toMatchObject([
      { code: 'API_ACCESS_MISSING', data: { what: 'endpoint' }, places: [{ line: 2, column: 21 }] },
      { data: { what: 'query' } },
    ])
  })

  it.each([
    "export const feed = endpoint('GET /feed.xml', { access: everyone, handler })",
    "export const feed = endpoint('GET /feed.xml', options)",
    'export const feed = endpoint(...given)',
    'export const all = ask({ access: everyone, handler })',
    "export const all = ask({ 'access': everyone, handler })",
    'export const all = ask({ access, handler })',
    'export const all = ask({ ...shared, handler })',
    'export const all = ask(options)',
    'export const all = other({ handler })',
    'export const all = ask({',
  ])('is silent about %s', (code) => {
    expect(check(code)).toEqual([])
  })
})
