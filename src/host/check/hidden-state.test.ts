import { describe, expect, it } from 'vitest'
import { Checker } from './checker.ts'
import { tree } from './testing/tree.fixture.ts'

type Files = Readonly<Record<string, string>>

/** Where the names of state are, and by what way. */
function hidden(files: Files): string[] {
  const found = new Checker({ root: tree({ ...state, ...files }) }).findHiddenState()
  return found.map(({ file, line, specifier, chain = [], target }) => {
    return `${file}:${line} ${specifier}: ${[...chain, target].join(' → ')}`
  })
}

const state: Files = {
  'app/state/draft.ts': `import { signal } from 'layer9/state'\nexport const draft = signal('')\nexport const clear = () => draft.set('')\n`,
  'app/components/label.ts': `import { draft } from '~/state/draft'\nexport const label = () => draft.value\nexport const fixed = () => 'fixed'\n`,
}

const card = (head: string, body: string): Files => ({
  'app/components/Card.tsx': `${head}\nexport function Card(props: { items: string[]; onClose?: () => void }) {\n  return ${body}\n}\n`,
})

describe('a plain component', () => {
  it.each<[string, Files, string[]]>([
    [
      'calls a function that reads state',
      card(`import { label } from './label'`, '<p>{label()}</p>'),
      ['app/components/Card.tsx:3 label: app/components/label.ts → app/state/draft.ts'],
    ],
    [
      'calls it by another name, through a barrel and another function',
      {
        ...card(`import { text as words } from '../../lib/all'`, '<p>{props.items.map((one) => words(one))}</p>'),
        'lib/all.ts': `export * from './inner'\n`,
        'lib/inner.ts': `import { label } from '../app/components/label'\nexport const text = (one: string) => one + label()\n`,
      },
      ['app/components/Card.tsx:3 text: lib/inner.ts → app/components/label.ts → app/state/draft.ts'],
    ],
    [
      'calls it through a namespace',
      card(`import * as labels from './label'`, '<p title={labels.label()}>{labels.fixed()}</p>'),
      ['app/components/Card.tsx:3 label: app/components/label.ts → app/state/draft.ts'],
    ],
    [
      'calls a function beside it',
      card(`import { draft } from '~/state/draft'\nconst own = () => draft.value`, '<p>{own()}</p>'),
      ['app/components/Card.tsx:4 own: app/components/Card.tsx → app/state/draft.ts'],
    ],
    [
      'is a page',
      { 'app/routes/index.tsx': `import { label } from '~/components/label'\nexport default () => <p>{label()}</p>\n` },
      ['app/routes/index.tsx:2 label: app/components/label.ts → app/state/draft.ts'],
    ],
    [
      'uses a value of state under a name that does not tell',
      {
        ...card(`import { draft } from './barrel'`, '<p>{draft}</p>'),
        'app/components/barrel.ts': `export { draft } from '~/state/draft'\n`,
      },
      ['app/components/Card.tsx:3 draft: app/state/draft.ts'],
    ],
    [
      'uses one by package imports',
      {
        ...card(`import { draft } from '#draft'`, '<p>{draft.value}</p>'),
        'package.json': '{"imports":{"#draft":"./app/state/draft.ts"}}',
      },
      ['app/components/Card.tsx:3 draft: app/state/draft.ts'],
    ],
    [
      'calls a function that makes signals',
      {
        ...card(`import { made } from './made'`, '<p>{made()}</p>'),
        'app/components/made.ts': `import { signal } from 'layer9/state'\nconst one = signal(1)\nexport function made() {\n  return one.value\n}\n`,
      },
      ['app/components/Card.tsx:3 made: app/components/made.ts → layer9/state'],
    ],
  ])('%s', (_, files, expected) => {
    expect(hidden(files)).toEqual(expected)
  })
})

describe('nothing is said', () => {
  it.each<[string, Files]>([
    ['of a function that reads none', card(`import { fixed } from './label'`, '<p>{fixed()}</p>')],
    ['of types', card(`import type { label } from './label'`, '<p>{props.items as unknown as typeof label}</p>')],
    [
      'of a live component',
      card(
        `import { useState } from 'layer9/components'\nimport { label } from './label'`,
        '<p>{useState(label())}</p>',
      ),
    ],
    [
      'of one that uses state itself',
      card(`import { draft } from '~/state/draft'\nimport { label } from './label'`, '<p>{draft}{label()}</p>'),
    ],
    [
      'of a hook, which makes it live',
      {
        ...card(`import { useLabel } from './hook'`, '<p>{useLabel()}</p>'),
        'app/components/hook.ts': `export { label as useLabel } from './label'\n`,
      },
    ],
    [
      'of a handler, which makes it live',
      card(`import { clear } from './clear'`, '<button onClick={() => clear()}>x</button>'),
    ],
    [
      'of what is handed on, and not called',
      card(`import { label } from './label'\nconst Other = (_: object) => <i />`, '<Other label={label} />'),
    ],
    [
      'of a live component that it places',
      {
        ...card(`import { Draft } from './Draft'`, '<Draft />'),
        'app/components/Draft.tsx': `import { draft } from '~/state/draft'\nexport const Draft = () => <b>{draft}</b>\n`,
      },
    ],
    [
      'of a function that places one',
      {
        ...card(`import { rows } from './rows'`, '<p>{rows()}</p>'),
        'app/components/rows.tsx': `import { Draft } from './Draft'\nexport const rows = () => [<Draft />]\n`,
        'app/components/Draft.tsx': `import { draft } from '~/state/draft'\nexport const Draft = () => <b>{draft}</b>\n`,
      },
    ],
    [
      'of a parameter of that name',
      {
        'app/components/Card.tsx': `import { label } from './label'\nexport const Card = ({ label }: { label: () => string }) => <p>{label()}</p>\nexport const again = label\n`,
      },
    ],
    [
      'of tests',
      {
        'app/components/Card.test.tsx': `import { label } from './label'\nexport const Card = () => <p>{label()}</p>\n`,
      },
    ],
    [
      'of what cannot be parsed',
      { 'app/components/Card.tsx': `import { label } from './label'\nexport const Card = () => <p>{label(}</p>\n` },
    ],
    [
      'of what runs on the server alone',
      {
        'app/routes/index.tsx': `import { label } from '~/components/label'\nexport const head = () => ({ title: label() })\nexport default () => <p />\n`,
      },
    ],
    [
      'of functions that call each other for ever',
      {
        ...card(`import { one } from './one'`, '<p>{one()}</p>'),
        'app/components/one.ts': `import { two } from './two'\nimport './label'\nexport const one = (): string => two()\n`,
        'app/components/two.ts': `import { one } from './one'\nexport const two = (): string => one()\n`,
      },
    ],
  ])('%s', (_, files) => {
    expect(hidden(files)).toEqual([])
  })
})
