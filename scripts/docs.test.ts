import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { extractExamples, findDeadLinks, findLostSteps, readWay } from './docs.ts'
import { drawErrorCodes, errorsFile } from './docs-errors.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

describe('extractExamples', () => {
  it('finds Markdown blocks that name their file', () => {
    const text =
      '# A\n\n```ts\n// app/state/a.ts\nexport const a = 1\n```\n\n```sh\nnpm ci\n```\n\n```tsx\nno name\n```\n'
    expect(extractExamples(text)).toEqual([{ file: 'app/state/a.ts', text: 'export const a = 1\n' }])
  })

  it('finds examples of the docs, their escapes undone', () => {
    const text = '<Code file="app/state/a.ts">{`\nsplit(/\\\\s+/)\n`}</Code> <Code>{`not this`}</Code>'
    expect(extractExamples(text)).toEqual([{ file: 'app/state/a.ts', text: 'split(/\\s+/)\n' }])
  })
})

describe('README', () => {
  it('shows the counter as examples/counter has it', () => {
    const [example] = extractExamples(read('README.md'))
    expect(example).toEqual({ file: 'app/routes/index.tsx', text: read('examples/counter/app/routes/index.tsx') })
  })
})

describe('the error codes of the docs', () => {
  it('are those of the catalogues: `npm run docs:errors` writes them', async () => {
    expect(read(errorsFile)).toBe(await drawErrorCodes())
  })
})

describe('findDeadLinks', () => {
  it.each([
    'README.md',
    'CONTRIBUTING.md',
    'AGENTS.md',
    'ARCHITECTURE.md',
    'examples/board/README.md',
    'examples/counter/README.md',
  ])('finds none in %s', (path) => {
    expect(findDeadLinks(root, path)).toEqual([])
  })
})

describe('readWay', () => {
  const document =
    '# A\n\n## Way\n\n1. `src/a.ts`: `parse()` reads `x`.\n2. `src/b.ts` `run()`, then `src/c.ts`\n   `end()`.\n\n## Next\n\n1. `src/d.ts`\n'

  it('reads files with their functions, step by step', () => {
    expect(readWay(document, 'Way')).toEqual([
      { file: 'src/a.ts', functions: ['parse'] },
      { file: 'src/b.ts', functions: ['run'] },
      { file: 'src/c.ts', functions: ['end'] },
    ])
  })
})

describe('findLostSteps', () => {
  it('names files and functions that are not there', () => {
    const steps = [
      { file: 'src/none.ts', functions: [] },
      { file: 'scripts/docs.ts', functions: ['readWay', 'declares', 'nowhere'] },
    ]
    expect(findLostSteps(root, steps)).toEqual(['src/none.ts does not exist', 'scripts/docs.ts declares no nowhere()'])
  })
})

describe('ARCHITECTURE', () => {
  it('tells the way of a request by files and functions that exist', () => {
    const steps = readWay(read('ARCHITECTURE.md'), 'The way of a request')
    expect(steps.length).toBeGreaterThan(15)
    expect(steps.flatMap((step) => step.functions).length).toBeGreaterThan(20)
    expect(findLostSteps(root, steps)).toEqual([])
  })
})

describe('the public names', () => {
  it('hold nothing that does not work yet', () => {
    const names = Object.values(JSON.parse(read('scripts/public-names.json')) as Record<string, string[]>).flat()
    const planned = ['Field', 'css', 'authentication', 'channel', 'upload', 'persisted']
    expect(names.length).toBeGreaterThan(50)
    expect(planned.filter((name) => names.includes(name))).toEqual([])
  })
})

describe('the README of each layer', () => {
  const layers = globSync('src/[1-9]-*', { cwd: root }).sort()

  it('is there for all nine', () => {
    expect(layers).toHaveLength(9)
    expect(layers.filter((layer) => !existsSync(join(root, layer, 'README.md')))).toEqual([])
  })

  it.each(layers)('%s: fits on a screen, and names files that exist', (layer) => {
    const text = read(join(layer, 'README.md'))
    expect(text.split('\n').length).toBeLessThanOrEqual(60)
    const named = Array.from(text.matchAll(/`(\w[\w./-]*\.tsx?)`/g), ([, name = '']) => name)
    const lost = named.filter(
      (name) => !globSync([`${layer}/${name}`, `${layer}/**/${name}`, name], { cwd: root }).length,
    )
    expect(lost).toEqual([])
  })
})
