import { describe, expect, it } from 'vitest'
import { tree } from '../check/testing/tree.fixture.ts'
import { findMissingFiles } from './missing-files.ts'

const file = 'app/components/Shell.tsx'

async function find(code: string) {
  const root = tree({
    [file]: code,
    'app/components/Shell.css': '',
    'app/components/word.list.ts': 'export const words = []',
    'app/components/pictures/tea.svg': '<svg/>',
  })
  return await findMissingFiles(root, [{ file, code }])
}

describe('findMissingFiles', () => {
  it('names an import of a style sheet that is not there, with its place and the one that was meant', async () => {
    expect(await find("// shell\nimport '~/components/Shel.css'\n")).toMatchObject([
      {
        code: 'IMPORT_NOT_FOUND',
        data: { specifier: '~/components/Shel.css', near: '~/components/Shell.css' },
        places: [{ file, line: 2, column: 8 }],
      },
    ])
  })

  it('names several, passed on or of another folder', async () => {
    const found = await find(
      "import tea from './pictures/coffee.svg'\nexport { a } from '../state/a.json'\nconsole.log(tea)",
    )
    expect(found.map(({ data }) => data)).toEqual([
      { specifier: './pictures/coffee.svg' },
      { specifier: '../state/a.json' },
    ])
  })

  it.each([
    ['what is there', "import './Shell.css'\nimport tea from '~/components/pictures/tea.svg'"],
    ['a script whose name has a dot', "import { words } from './word.list'"],
    ['what TypeScript tells of', "import { a } from './gone'\nimport { b } from './gone.ts'"],
    ['packages', "import 'tea/tea.css'"],
    ['a text that is no import', "console.log('./gone.css')"],
  ])('lets %s pass', async (_, code) => {
    expect(await find(code)).toEqual([])
  })
})
