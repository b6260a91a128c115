import { describe, expect, it } from 'vitest'
import { Checker } from './checker.ts'
import { drawViolation } from './draw.ts'
import { tree } from './testing/tree.fixture.ts'
import { ruleTitles } from './violation.ts'

type Files = Readonly<Record<string, string>>

const said = new Set<string>()

/** All that is said of these files, as a person reads it. */
async function drawn(files: Files, mode: 'app' | 'source' = 'app'): Promise<string> {
  const checker = new Checker({ root: tree(files), mode })
  const violations = [...(await checker.checkAll()).violations, ...checker.findHiddenState()]
  for (const { code } of violations) said.add(code)
  return `\n${violations.map(drawViolation).join('\n\n')}\n`
}

const empty = 'export const value = 1\n'

describe('LAYER_UPWARD', () => {
  it('names both layers, and where what is imported may lie', async () => {
    const files = {
      'app/services/posts.ts': `import { formatPrice } from '~/components/price'\nformatPrice()\n`,
      'app/components/price.ts': 'export const formatPrice = () => 1\n',
    }
    expect(await drawn(files)).toMatchInlineSnapshot(`
      "
      LAYER_UPWARD  app/services/posts.ts:1 (services, 4) imports ~/components/price (components, 8)
        1 | import { formatPrice } from '~/components/price'
          |                             ^^^^^^^^^^^^^^^^^^^^
        A layer imports only from layers below it. Move formatPrice to contracts (1), where both may use it.
      "
    `)
  })

  it('does not send a component below its layer', async () => {
    const files = {
      'app/state/cart.ts': `import { Price } from '../components/Price'\nPrice\n`,
      'app/components/Price.tsx': 'export const Price = () => <b />\n',
    }
    expect(await drawn(files)).toMatchInlineSnapshot(`
      "
      LAYER_UPWARD  app/state/cart.ts:1 (state, 7) imports ../components/Price (components, 8)
        1 | import { Price } from '../components/Price'
          |                       ^^^^^^^^^^^^^^^^^^^^^
        A layer imports only from layers below it. Use Price in components (8) or above, and hand down what this file needs.
      "
    `)
  })

  it('shows the way through files of no layer', async () => {
    const files = {
      'app/data/posts.ts': `export type { Page } from '../../lib/all'\n`,
      'lib/all.ts': `export * from '../app/routes/page'\n`,
      'app/routes/page.ts': 'export type Page = 1\n',
    }
    expect(await drawn(files)).toMatchInlineSnapshot(`
      "
      LAYER_UPWARD  app/data/posts.ts:1 (data, 3) imports ../../lib/all, which leads to lib/all.ts → app/routes/page.ts (routes, 9)
        1 | export type { Page } from '../../lib/all'
          |                           ^^^^^^^^^^^^^^^
        A layer imports only from layers below it. Move Page to contracts (1), where both may use it.
      "
    `)
  })

  it('knows the entries of the framework', async () => {
    expect(
      await drawn({ 'app/contracts/a.ts': `import { signal } from 'layer9/state'\nsignal\n` }),
    ).toMatchInlineSnapshot(`
      "
      LAYER_UPWARD  app/contracts/a.ts:1 (contracts, 1) imports layer9/state (state, 7)
        1 | import { signal } from 'layer9/state'
          |                        ^^^^^^^^^^^^^^
        A layer imports only from layers below it. Use signal in state (7) or above, and hand down what this file needs.
      "
    `)
  })
})

describe('LAYER_WIRE', () => {
  it('says how to call the server', async () => {
    const files = {
      'app/routes/index.ts': `import { recent, all } from '~/services/posts'\nrecent(all)\n`,
      'app/services/posts.ts': empty,
    }
    expect(await drawn(files)).toMatchInlineSnapshot(`
      "
      LAYER_WIRE  app/routes/index.ts:1 (routes, 9) imports ~/services/posts (services, 4)
        1 | import { recent, all } from '~/services/posts'
          |                             ^^^^^^^^^^^^^^^^^^
        Layers 7 to 9 reach the server only through api (6). Call recent and all in a query or action under app/api and import that; for types alone write \`import type\`.
      "
    `)
  })

  it('knows that an inline type keeps the import', async () => {
    const files = {
      'app/components/a.ts': `import { type Post } from '~/data/posts'\nexport let post: Post\n`,
      'app/data/posts.ts': empty,
    }
    expect(await drawn(files)).toMatchInlineSnapshot(`
      "
      LAYER_WIRE  app/components/a.ts:1 (components, 8) imports ~/data/posts (data, 3)
        1 | import { type Post } from '~/data/posts'
          |                           ^^^^^^^^^^^^^^
        Layers 7 to 9 reach the server only through api (6). Write \`import type { Post }\`: with an inline \`type\` the import itself stays in the browser's module.
      "
    `)
  })

  it('says what an api module is good for, and what its file is not', async () => {
    const files = { 'app/state/a.ts': `import text from '~/api/posts?raw'\ntext\n`, 'app/api/posts.ts': empty }
    expect(await drawn(files)).toMatchInlineSnapshot(`
      "
      LAYER_WIRE  app/state/a.ts:1 (state, 7) imports ~/api/posts?raw (api, 6)
        1 | import text from '~/api/posts?raw'
          |                  ^^^^^^^^^^^^^^^^^
        Layers 7 to 9 reach the server only through api (6). As text, as an address or as a worker its file would be sent with all its source: import its queries and actions by name.
      "
    `)
  })
})

describe('LAYER_PLATFORM', () => {
  it('names the module of Node', async () => {
    expect(
      await drawn({ 'app/contracts/a.ts': `import { hostname } from 'node:os'\nhostname()\n` }),
    ).toMatchInlineSnapshot(`
      "
      LAYER_PLATFORM  app/contracts/a.ts:1 (contracts, 1) imports node:os
        1 | import { hostname } from 'node:os'
          |                          ^^^^^^^^^
        What runs in the browser cannot use Node. Use hostname in platform (2) or services (4) and hand out the result through api (6), or take a package with a browser build.
      "
    `)
  })

  it('shows the way to it through a package', async () => {
    const files = {
      'app/components/a.ts': `import sharp from 'sharpish'\nsharp()\n`,
      'node_modules/sharpish/package.json': '{"name":"sharpish","main":"index.js"}',
      'node_modules/sharpish/index.js': `module.exports = require('./load.js')\n`,
      'node_modules/sharpish/load.js': `module.exports = require('child_process')\n`,
    }
    expect(await drawn(files)).toMatchInlineSnapshot(`
      "
      LAYER_PLATFORM  app/components/a.ts:1 (components, 8) imports sharpish, which leads to node_modules/sharpish/index.js → node_modules/sharpish/load.js → node:child_process
        1 | import sharp from 'sharpish'
          |                   ^^^^^^^^^^
        What runs in the browser cannot use Node. Use sharp in platform (2) or services (4) and hand out the result through api (6), or take a package with a browser build.
      "
    `)
  })
})

describe('LAYER_CYCLE', () => {
  it('shows the whole circle', async () => {
    const files = {
      'app/components/a.ts': `import type { B } from './deep/b'\nexport type A = B\n`,
      'app/components/deep/b.ts': `import type { A } from '../a'\nexport type B = A\n`,
    }
    expect(await drawn(files)).toMatchInlineSnapshot(`
      "
      LAYER_CYCLE  app/components/a.ts:1 (components, 8) imports ./deep/b, which leads back: app/components/a.ts → app/components/deep/b.ts → app/components/a.ts
        1 | import type { B } from './deep/b'
          |                        ^^^^^^^^^^
        Modules of different folders import in one direction, types included. Move what they share into a module that imports none of them.
      "
    `)
  })
})

describe('LAYER_DOOR and LAYER_DOOR_CODE', () => {
  it('hold for the framework itself', async () => {
    const files = {
      'src/2-platform/log.ts': `import { code } from '../1-contracts/code.ts'\nexport const log = code\n`,
      'src/1-contracts/code.ts': 'export const code = 1\n',
      'src/1-contracts/index.ts': 'export const value = 1\n',
    }
    expect(await drawn(files, 'source')).toMatchInlineSnapshot(`
      "
      LAYER_DOOR_CODE  src/1-contracts/index.ts:1 (contracts, 1) is a door and holds more than a list of names.
        1 | export const value = 1
          | ^
        Move the code into a file of its own and write \`export { name } from\` here, each name written out.

      LAYER_DOOR  src/2-platform/log.ts:1 (platform, 2) imports ../1-contracts/code.ts (contracts, 1)
        1 | import { code } from '../1-contracts/code.ts'
          |                      ^^^^^^^^^^^^^^^^^^^^^^^^
        A layer is imported through its doors only. Import code from a door of contracts (1) and list it there.
      "
    `)
  })

  it('keep a layer from its own door', async () => {
    const files = {
      'src/1-contracts/code.ts': `import { text } from './index.ts'\nexport const code = text\n`,
      'src/1-contracts/index.ts': `export { text } from './text.ts'\n`,
      'src/1-contracts/text.ts': 'export const text = 1\n',
    }
    expect(await drawn(files, 'source')).toMatchInlineSnapshot(`
      "
      LAYER_DOOR  src/1-contracts/code.ts:1 (contracts, 1) imports ./index.ts (contracts, 1)
        1 | import { text } from './index.ts'
          |                      ^^^^^^^^^^^^
        A door is for other layers. Import the file that holds it.
      "
    `)
  })
})

describe('LAYER_UNKNOWN_FOLDER and LAYER_NO_FOLDER', () => {
  it('list the nine', async () => {
    expect(await drawn({ 'app/helpers/a.ts': empty, 'app/b.ts': empty })).toMatchInlineSnapshot(`
      "
      LAYER_NO_FOLDER  app/b.ts lies in no layer.
        Move it into one of routes, components, state, api, middleware, services, data, platform, contracts.

      LAYER_UNKNOWN_FOLDER  app/helpers is none of the nine layers.
        Move its files into one of routes, components, state, api, middleware, services, data, platform, contracts; what belongs to no layer lies outside.
      "
    `)
  })
})

describe('LAYER_COMPUTED_IMPORT', () => {
  it('has words of its own for import', async () => {
    const text = 'export const a = (name: string) => import(name)'
    expect(await drawn({ 'app/services/a.ts': text })).toMatchInlineSnapshot(`
      "
      LAYER_COMPUTED_IMPORT  app/services/a.ts:1 (services, 4) imports a module that is known only when the program runs.
        1 | export const a = (name: string) => import(name)
          |                                           ^^^^
        Write the module's path as a plain string, or choose from a list: \`{ a: () => import('./a'), b: () => import('./b') }\`.
      "
    `)
  })

  it('has words of its own for require', async () => {
    const text = 'export const a = require'
    expect(await drawn({ 'app/services/a.ts': text })).toMatchInlineSnapshot(`
      "
      LAYER_COMPUTED_IMPORT  app/services/a.ts:1 (services, 4) loads a module in a way that is known only when the program runs.
        1 | export const a = require
          |                  ^^^^^^^
        Call the function \`require\`, or \`createRequire\` where it is made, and give it a plain string.
      "
    `)
  })

  it('has words of its own for import.meta.glob', async () => {
    const text = 'export const a = (pattern: string) => import.meta.glob(pattern)'
    expect(await drawn({ 'app/services/a.ts': text })).toMatchInlineSnapshot(`
      "
      LAYER_COMPUTED_IMPORT  app/services/a.ts:1 (services, 4) imports by a pattern that is known only when the program runs.
        1 | export const a = (pattern: string) => import.meta.glob(pattern)
          |                                                        ^^^^^^^
        Write the patterns as plain strings, and the options out.
      "
    `)
  })

  it('has words of its own for new URL', async () => {
    const text = 'export const a = (path: string) => new URL(path, import.meta.url)'
    expect(await drawn({ 'app/services/a.ts': text })).toMatchInlineSnapshot(`
      "
      LAYER_COMPUTED_IMPORT  app/services/a.ts:1 (services, 4) points to a file that is known only when the program runs.
        1 | export const a = (path: string) => new URL(path, import.meta.url)
          |                                            ^^^^
        Write the path as a plain string, or, for one of several files, as a template that begins with their folder: \`./icons/\${name}.svg\`.
      "
    `)
  })
})

describe('LAYER_TEST_IMPORT', () => {
  it('says that nothing imports a test', async () => {
    const files = { 'app/data/a.ts': `import { example } from './a.test'\nexample\n`, 'app/data/a.test.ts': empty }
    expect(await drawn(files)).toMatchInlineSnapshot(`
      "
      LAYER_TEST_IMPORT  app/data/a.ts:1 (data, 3) imports ./a.test, a test.
        1 | import { example } from './a.test'
          |                         ^^^^^^^^^^
        Nothing imports a test. Move example into a module that both may import.
      "
    `)
  })
})

describe('LAYER_UNREADABLE', () => {
  it('gives what the parser says', async () => {
    expect(await drawn({ 'app/state/a.ts': 'export const = 1\n' })).toMatchInlineSnapshot(`
      "
      LAYER_UNREADABLE  app/state/a.ts:1 (state, 7) cannot be read: Unexpected token
        1 | export const = 1
          |              ^
        Mend the syntax, so that its imports can be checked.
      "
    `)
  })
})

describe('LAYER_HIDDEN_STATE', () => {
  const files = {
    'app/state/draft.ts': 'export const draft = 1\n',
    'app/components/label.ts': `import { draft } from '~/state/draft'\nexport const label = () => draft\n`,
    'app/components/all.ts': `export { draft } from '~/state/draft'\n`,
  }

  it('shows the way from a call to state', async () => {
    const card = `import { label } from './label'\nexport const Card = () => <p>{label()}</p>\n`
    expect(await drawn({ ...files, 'app/components/Card.tsx': card })).toMatchInlineSnapshot(`
      "
      LAYER_HIDDEN_STATE  app/components/Card.tsx:2 (components, 8) calls label in a plain component, which leads to app/components/label.ts → app/state/draft.ts (state, 7)
        2 | export const Card = () => <p>{label()}</p>
          |                               ^^^^^
        Card is taken for plain, so what it shows of state would stay as the server saw it. Read the value in the component itself, or make the function a hook by its name, useLabel: then the component is shipped to the browser.
      "
    `)
  })

  it('knows a value of state by another name', async () => {
    const card = `import { draft } from './all'\nexport const Card = () => <p>{draft}</p>\n`
    expect(await drawn({ ...files, 'app/components/Card.tsx': card })).toMatchInlineSnapshot(`
      "
      LAYER_HIDDEN_STATE  app/components/Card.tsx:2 (components, 8) uses draft in a plain component, which is of app/state/draft.ts (state, 7)
        2 | export const Card = () => <p>{draft}</p>
          |                               ^^^^^
        Card is taken for plain, so what it shows of state would stay as the server saw it. Import it from the file of state itself, by \`~/\` or a relative path: then the component is shipped to the browser.
      "
    `)
  })
})

it('every rule has its words held here', () => {
  expect([...said].sort()).toEqual(Object.keys(ruleTitles).sort())
})
