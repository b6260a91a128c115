import { expect, it } from 'vitest'
import { Checker } from './checker.ts'
import { tree } from './testing/tree.fixture.ts'

it('finds files of no layer that the app takes in, with the layers that lead there', () => {
  const root = tree({
    'package.json': '{ "name": "me" }',
    'app/services/a.ts': `import '../../lib/mail'\nimport me from '../../package.json'\n`,
    'app/components/b.tsx': `import type { T } from '../../lib/both'\n`,
    'app/components/b.test.tsx': `import '../../lib/tested'\n`,
    'app/platform/c.ts': `import 'linked'\nconst raw = await import('../../lib/raw.ts?raw')\nimport '../../lib/old.js'\n`,
    'lib/mail.ts': `import './both'\n`,
    'lib/both.ts': '',
    'lib/tested.ts': '',
    'lib/raw.ts': '',
    'lib/old.js': '',
    'node_modules/linked/package.json': '{ "main": "index.ts" }',
    'node_modules/linked/index.ts': '',
  })
  expect(new Checker({ root }).outsiders()).toEqual([
    { path: 'lib/both.ts', layers: [4, 8] },
    { path: 'lib/mail.ts', layers: [4] },
    { path: 'package.json', layers: [4] },
  ])
})
