import { describe, expect, it } from 'vitest'
import { Layer9Error } from '../1-contracts/index.ts'
import { compileStub } from './compile-stub.ts'

const stub = (code: string, file = 'app/api/posts.ts') => compileStub(code, file).trim().split('\n')

function thrown(code: string): Layer9Error {
  try {
    compileStub(code, 'app/api/posts.ts')
  } catch (error) {
    if (error instanceof Layer9Error) return error
  }
  throw new Error('nothing was thrown')
}

describe('compileStub', () => {
  it('leaves a stub for each exported query and action, and nothing of the server', () => {
    const code = `
      import { query, action } from 'layer9/api'
      import { db } from '~/data/db'
      import './side-effect.ts'
      const secret = 'SECRET'
      export const listPosts = query({ handler: () => db.all(secret) })
      export const createPost = action({ handler: () => db.insert() }) satisfies unknown
      export const feed = endpoint('GET /feed', {})
      export function helper() {}
      export class Service {}
      const hidden = query({})
    `
    expect(stub(code)).toEqual([
      "import { stub } from 'layer9/api/browser'",
      'export const listPosts = /*#__PURE__*/ stub("posts/listPosts", \'query\')',
      'export const createPost = /*#__PURE__*/ stub("posts/createPost", \'action\')',
    ])
  })

  it('names the module by its path below app/api', () => {
    const code = "import { query } from 'layer9/api'\nexport const all = query({})"
    expect(stub(code, 'app/api/admin/users.mts')[1]).toContain('stub("admin/users/all"')
  })

  it('knows query and action by any name they are imported by', () => {
    const code = `
      import { query as read } from 'layer9/api'
      import * as api from 'layer9/api'
      export const a = read({}), b = api.action({}), c = api.endpoint('GET /c', {})
    `
    expect(stub(code).slice(1)).toEqual([
      'export const a = /*#__PURE__*/ stub("posts/a", \'query\')',
      'export const b = /*#__PURE__*/ stub("posts/b", \'action\')',
    ])
  })

  it('takes a function that only has such a name for what it is', () => {
    expect(stub("import { query } from './sql'\nexport const rows = query({})")).toEqual([''])
  })

  it('follows lists of exports', () => {
    const code = `
      import { action } from 'layer9/api'
      import { archive, type Archive } from './archive'
      import * as more from './more'
      import { now } from '~/services/time'
      const like = action({})
      export { like as likePost, archive, more, now, type Archive }
    `
    expect(stub(code).slice(1)).toEqual([
      'export const likePost = /*#__PURE__*/ stub("posts/likePost", \'action\')',
      'export { archive } from "./archive"',
    ])
  })

  it('exports on what another api module exports, and only that', () => {
    const code = `
      export { createPost as create } from '~/api/drafts'
      export { list } from '../api/lists.ts'
      export * from './shared'
      export * as all from './shared'
      export { publish } from '~/services/posts'
      export * from '../services/mail'
      export type { Post } from './types'
      export type * from './types'
      export interface Draft {}
    `
    expect(stub(code)).toEqual([
      'export { createPost as create } from "~/api/drafts"',
      'export { list } from "../api/lists.ts"',
      'export * from "./shared"',
    ])
  })

  it.each(['export default action({})', 'const a = 1\nexport { a as default }', 'export default function all() {}'])(
    'refuses a default export: %s',
    (code) => {
      const error = thrown(`// posts\n${code}`)
      expect(error.code).toBe('API_DEFAULT_EXPORT')
      expect(error.data).toEqual({ file: 'app/api/posts.ts' })
      expect(error.places[0]).toMatchObject({ file: 'app/api/posts.ts', source: `// posts\n${code}` })
      expect(error.fix).toContain('Export it by name')
    },
  )

  it('shows the place of a default export', () => {
    expect(thrown('// posts\n\n  export default 1').places[0]).toMatchObject({ line: 3, column: 3, length: 16 })
  })

  it('shows where a module cannot be read', () => {
    const error = thrown('export const a = query({\nhandler: =>\n})')
    expect(error.code).toBe('API_SYNTAX')
    expect(error.places[0]).toMatchObject({ line: 2 })
  })
})
