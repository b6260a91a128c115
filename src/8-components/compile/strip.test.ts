import { describe, expect, it } from 'vitest'
import { compileModule } from './module.ts'

/** What the browser gets, without blank lines, the runtime's import and the templates. */
function browser(code: string, route = true): string[] {
  const file = route ? 'app/routes/x.tsx' : 'app/components/x.tsx'
  return compileModule(code, { file, side: 'browser', dev: false, route })
    .code.split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.includes('_$'))
}

const live = 'export function Live() { useState(0); return null }'
const tail = [live, 'export { Live as __l9_Live };']

describe('what the browser gets of a route module', () => {
  it.each(['loader', 'head', 'access', 'identity', 'store', 'render', 'paths', 'live'])(
    'not %s, and what only it used',
    (name) => {
      const code = `import { db } from '~/services/db'\nconst secret = 'S'\nexport const ${name} = () => db(secret)\n${live}`
      expect(browser(code)).toEqual(tail)
    },
  )

  it.each([
    ['function', 'export async function loader() { return db }'],
    ['list', 'const loader = () => db\nexport { loader }'],
    ['other name', 'const get = () => db\nexport { get as loader }'],
    ['imported', 'export { db as loader }'],
    ['by a default', 'export default db'],
    ['in a chain', 'const a = () => db, b = () => a()\nfunction c() { return b() }\nexport const loader = () => c()'],
    ['in a circle', 'function a() { return b() }\nfunction b() { return a(db) }\nexport const loader = a'],
    ['in a class', 'class Service { get = () => db }\nexport const loader = () => new Service()'],
    ['in a plain page', 'export default function Page() { return db }'],
  ])('not a server import that is used as %s', (_, code) => {
    expect(browser(`import { db } from '~/services/db'\n${code}\n${live}`)).toEqual(tail)
  })

  it('nothing of a re-exported loader', () => {
    expect(browser(`export { loader, helper } from './shared'\nexport { head } from './shared'\n${live}`)).toEqual([
      "export { helper } from './shared'",
      ...tail,
    ])
  })

  it('not a plain page, however it is exported, but the live component on it', () => {
    const pages = [
      'export default function Page() { return <Live /> }',
      'export default () => <Live />',
      'const Page = () => <Live />\nexport default Page',
      'const Page = () => <Live />\nexport { Page as default }',
    ]
    for (const page of pages) expect(browser(`${page}\n${live}`)).toEqual(tail)
  })

  it('a page that is live', () => {
    expect(browser('export default function Page() { useState(0); return null }')).toEqual([
      'export default function Page() { useState(0); return null }',
      'export { Page as __l9_default };',
    ])
  })

  it('what live components share with the loader', () => {
    const code = `
      import { a, b } from './both'
      import c, { d } from './parts'
      import e, * as f from './parts'
      const shared = () => a, own = b
      export const loader = () => [shared(), own, c, f]
      export function Live() { useState(shared()); return [d, e] }
    `
    expect(browser(code)).toEqual([
      "import { a } from './both'",
      "import { d } from './parts'",
      "import e from './parts'",
      'const shared = () => a',
      'export function Live() { useState(shared()); return [d, e] }',
      'export { Live as __l9_Live };',
    ])
  })

  it('imports for their effect, types, and what nobody used before', () => {
    const code = `import './page.css'\nimport type { A } from './a'\nimport { unused } from './b'\nimport { db, type B } from './c'\nexport const loader = () => db\n${live}`
    expect(browser(code)).toEqual([
      "import './page.css'",
      "import type { A } from './a'",
      "import { unused } from './b'",
      ...tail,
    ])
  })

  it('statements that run, with all they need', () => {
    const code = `import { register } from './icons'\nconst icon = 'i'\nregister(icon)\nexport const loader = () => register(icon)\n${live}`
    expect(browser(code)).toEqual(["import { register } from './icons'", "const icon = 'i'", 'register(icon)', ...tail])
  })

  it('names that only look the same are no use of an import', () => {
    const code = `import { db } from './db'\nexport const loader = () => db\nexport function Live(props: { a: typeof db }) { useState({ db: 1 }.db); return ((db) => db)(props) }`
    expect(browser(code).join('\n')).not.toContain('import')
  })

  it('a loader that a live component calls stays, unexported: the proof after the build then finds it', () => {
    const code = 'const loader = () => 1\nexport { loader }\nexport function Live() { useState(loader); return null }'
    expect(browser(code)).toEqual([
      'const loader = () => 1',
      'export function Live() { useState(loader); return null }',
      'export { Live as __l9_Live };',
    ])
  })

  it('one of several in a declaration', () => {
    expect(browser(`export const a = 1, loader = () => 2, b = 3, head = () => 4, access = 'x'\n${live}`)).toEqual([
      'export const a = 1, b = 3',
      ...tail,
    ])
    expect(browser(`export const loader = () => 2, head = () => 4, c = 5\n${live}`)).toEqual([
      'export const c = 5',
      ...tail,
    ])
  })
})

describe('what the browser gets of other modules', () => {
  it('exported plain components, which others may use, and a `loader` that is only named so', () => {
    const code = 'export const loader = 1\nexport function Plain() { return null }\nexport const Icon = () => <b />'
    const out = compileModule(code, { file: 'app/components/x.tsx', side: 'browser', dev: false, route: false }).code
    for (const part of ['export const loader', 'export function Plain', 'export const Icon'])
      expect(out).toContain(part)
  })

  it('not plain components that nothing there uses, nor what only they used', () => {
    const code = `import { format } from './format'\nconst Plain = () => <b>{format(1)}</b>\n${live}`
    expect(browser(code, false)).toEqual(tail)
  })

  it('plain components that a live one shows', () => {
    const code =
      'const Plain = () => null\nconst Icon = () => <b />\nexport const Live = () => { useState(0); return <Icon /> }'
    const { code: out } = compileModule(code, {
      file: 'app/components/x.tsx',
      side: 'browser',
      dev: false,
      route: false,
    })
    expect(out).toContain('const Icon =')
  })
})

describe('what the server gets', () => {
  it('all of it', () => {
    const code = `import { db } from './db'\nexport const loader = () => db\nexport default () => <b />`
    const out = compileModule(code, { file: 'app/routes/x.tsx', side: 'server', dev: false, route: true }).code
    for (const part of ["import { db } from './db'", 'export const loader = () => db', 'export default () => ']) {
      expect(out).toContain(part)
    }
  })
})
