import { describe, expect, it } from 'vitest'
import { appModule, mainModule, rootModule, stylesModule, virtual } from './virtual.ts'

const files = {
  routes: ['index.tsx', 'posts/[id].tsx'],
  api: ['admin/users.ts'],
  middleware: 'index.ts',
  env: undefined,
  sources: [],
}

describe('appModule', () => {
  it('imports everything at once for a build', () => {
    expect(appModule('/shop', files, false).split('\n')).toEqual([
      'import * as m0 from "/shop/app/routes/index.tsx"',
      'import * as m1 from "/shop/app/routes/posts/[id].tsx"',
      'import * as m2 from "/shop/app/api/admin/users.ts"',
      'import * as m3 from "/shop/app/middleware/index.ts"',
      'export const routes = { "index.tsx": () => m0, "posts/[id].tsx": () => m1 }',
      'export const api = { "admin/users": () => m2 }',
      'export const { middleware } = { "middleware": () => m3 }',
    ])
  })

  it('imports each module when it is asked for in development', () => {
    const code = appModule('/shop', { ...files, middleware: undefined }, true)
    expect(code).toContain('"posts/[id].tsx": () => import("/shop/app/routes/posts/[id].tsx")')
    expect(code).toContain('export const { middleware } = {  }')
  })

  it.each([true, false])('imports the settings before anything else (in development: %s)', (lazy) => {
    const [first] = appModule('/shop', { ...files, env: 'env.ts' }, lazy).split('\n')
    expect(first).toBe('import "/shop/app/platform/env.ts"')
  })

  it('writes a name with quotes as data, not as code', () => {
    expect(appModule('/shop', { ...files, routes: ['a".tsx'] }, true)).toContain('"a\\".tsx": () => import(')
  })
})

describe('rootModule', () => {
  it('exports the live components of a module and nothing else', () => {
    const [, exported] = rootModule('/shop/app/A.tsx', ['Counter', 'default']).split('\n')
    expect(exported).toBe('export { __l9_Counter, __l9_default } from "/shop/app/A.tsx"')
  })
})

describe('stylesModule', () => {
  it('keeps the order of the sheets', () => {
    expect(stylesModule(['/b.css', '/a.css'])).toBe('import "/b.css"\nimport "/a.css"')
  })

  it('uses the names of a CSS module, lest the bundler drops it', () => {
    expect(stylesModule(['/b.css', '/a.module.css'])).toBe('import "/b.css"\nexport * as s1 from "/a.module.css"')
  })
})

describe('mainModule', () => {
  it('loads what asks the database when it is started, and only where there is one', () => {
    expect(mainModule({}, true)).toContain(`import(${JSON.stringify(virtual.migrated)})`)
    expect(mainModule({}, false)).not.toContain('import(')
  })
})
