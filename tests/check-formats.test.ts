// What `layer9 check` gives to programs.
import { execFileSync } from 'node:child_process'
import { mkdir, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { runLayer9 } from './harness/command.ts'

/** The board with files added, folders made where they are missing. */
async function boardWith(files: Readonly<Record<string, string>>): Promise<AppCopy> {
  const app = await copyApp('examples/board')
  await writeAll(app, files)
  return app
}

async function writeAll(app: AppCopy, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(app.root, path)), { recursive: true })
    await app.write(path, text)
  }
}

interface Fix {
  readonly edits: readonly { file: string; start: number; end: number; text: string }[]
  readonly move?: { from: string; to: string }
}

interface Checked {
  readonly ok: boolean
  readonly projects: readonly { violations: readonly { code: string; fix: Fix | null; wayOut: string }[] }[]
}

/** Does what docs tell a program to do with a fix. */
async function apply(app: AppCopy, { edits, move }: Fix): Promise<void> {
  for (const { file, start, end, text } of edits.toReversed()) {
    const before = await app.read(file)
    await app.write(file, before.slice(0, start) + text + before.slice(end))
  }
  if (!move) return
  await mkdir(dirname(join(app.root, move.to)), { recursive: true })
  await rename(join(app.root, move.from), join(app.root, move.to))
}

describe('--json', () => {
  it('gives fixes that, applied one after the other, make the check green, types included', async () => {
    const app = await boardWith({
      'app/state/price.ts': 'export const price = (of: number): string => of.toFixed(2)\n',
      'app/services/odd.ts': `import { price } from '~/state/price'\nexport const odd = price(1)\n`,
      'app/components/odd.ts': `import { demoPeople } from '~/services/people'\nexport type Demo = ReturnType<typeof demoPeople>\n`,
    })
    const codes: string[] = []
    for (;;) {
      const { code, out } = await runLayer9(['check', '--json'], { cwd: app.root })
      const { ok, projects } = JSON.parse(out) as Checked
      const [violation] = projects.flatMap(({ violations }) => violations)
      if (!violation) {
        expect({ code, ok }).toEqual({ code: 0, ok: true })
        break
      }
      codes.push(violation.code)
      expect(violation.wayOut).not.toBe('')
      await apply(app, violation.fix!)
    }
    expect(codes).toEqual(['LAYER_WIRE', 'LAYER_UPWARD'])
    expect(await app.read('app/components/odd.ts')).toMatch(/^import type \{ demoPeople \}/)
    expect(await app.read('app/services/odd.ts')).toContain(`from '~/contracts/price'`)
    await app.delete()
  })

  it('gives null, and words, where it takes a person', async () => {
    const app = await boardWith({
      'app/state/odd.ts': `import { hostname } from 'node:os'\nexport const a = hostname()\n`,
    })
    const { code, out } = await runLayer9(['check', '--json'], { cwd: app.root })
    expect(code).toBe(1)
    expect((JSON.parse(out) as Checked).projects[0]?.violations).toMatchObject([
      {
        code: 'LAYER_PLATFORM',
        fix: null,
        wayOut: expect.stringContaining('What runs in the browser cannot use Node.'),
      },
    ])
    await app.delete()
  })
})

/** A log as far as SARIF 2.1.0 requires it, and as code hosts read it. */
interface Log {
  readonly $schema: string
  readonly version: string
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly name: string
        readonly version: string
        readonly rules: readonly { id: string; shortDescription: { text: string }; help: { text: string } }[]
      }
    }
    readonly columnKind: string
    readonly originalUriBaseIds: Readonly<Record<string, object>>
    readonly results: readonly Result[]
  }[]
}

interface Result {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly level: string
  readonly message: { readonly text: string }
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string }
      readonly region: { readonly startLine: number; readonly startColumn?: number; readonly endColumn?: number }
    }
  }[]
  readonly fixes?: readonly object[]
}

/** What the schema asks of every log, whatever was found. */
function expectValid(log: Log): readonly Result[] {
  expect(log).toMatchObject({ $schema: expect.stringContaining('sarif-2.1.0'), version: '2.1.0' })
  expect(log.runs).toHaveLength(1)
  const { tool, columnKind, originalUriBaseIds, results } = log.runs[0]!
  expect(tool.driver).toMatchObject({ name: 'layer9', version: expect.stringMatching(/^\d+\.\d+\.\d+/) })
  expect(columnKind).toBe('utf16CodeUnits')
  const { rules } = tool.driver
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
  expect(rules.map(({ id }) => id)).toEqual(expect.arrayContaining(['LAYER_CYCLE', 'LAYER_PLATFORM', 'LAYER_WIRE']))
  for (const { shortDescription, help } of rules) {
    expect(shortDescription.text).toMatch(/\S/)
    expect(help.text).toMatch(/\S/)
  }
  for (const { ruleId, ruleIndex, level, message, locations } of results) {
    expect(rules[ruleIndex]?.id).toBe(ruleId)
    expect(level).toBe(ruleId === 'ROUTE_UNLINKED' ? 'note' : 'error')
    expect(message.text).toMatch(/\S/)
    for (const { physicalLocation } of locations) {
      const { artifactLocation, region } = physicalLocation
      // RFC 3986: no scheme, no leading slash, nothing that would have to be escaped.
      expect(artifactLocation.uri).toMatch(/^(?!\/)(?:[\w.~!$&'()*+,;=@-]|%[\dA-F]{2}|\/)+$/)
      expect(Object.keys(originalUriBaseIds)).toContain(artifactLocation.uriBaseId)
      expect(region.startLine).toBeGreaterThanOrEqual(1)
      expect(region.startColumn ?? 1).toBeGreaterThanOrEqual(1)
      expect(region.endColumn ?? Number.POSITIVE_INFINITY).toBeGreaterThan(region.startColumn ?? 1)
    }
  }
  return results
}

describe('--sarif', () => {
  it('has all that SARIF 2.1.0 requires, for layers, routes and types', async () => {
    const app = await boardWith({
      'app/routes/posts/[id]/odd.ts': `import { recent } from '~/services/people'\nrecent\n`,
      'app/components/odd.ts': `import { type Person } from '~/services/people'\nexport const odd: string = 1\n`,
      'app/strange/a.ts': '',
    })
    const { code, out, err } = await runLayer9(['check', '--sarif'], { cwd: app.root })
    expect({ code, err }).toEqual({ code: 1, err: '' })
    const results = expectValid(JSON.parse(out) as Log)
    const [wire] = results.filter(({ ruleId }) => ruleId === 'LAYER_WIRE').toReversed()
    expect(wire?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'app/routes/posts/%5Bid%5D/odd.ts', uriBaseId: '%SRCROOT%' },
      region: { startLine: 1, startColumn: 24, endColumn: 43 },
    })
    expect(wire?.message.text).toContain('Call recent in a query or action')
    const rules = results.map(({ ruleId }) => ruleId)
    expect(rules).toEqual(expect.arrayContaining(['LAYER_UNKNOWN_FOLDER', 'ROUTE_COMPONENT_MISSING', 'TS2322']))
    const typed = results.find(({ fixes }) => fixes)
    expect(typed?.fixes).toMatchObject([
      {
        description: { text: expect.any(String) },
        artifactChanges: [
          {
            artifactLocation: { uri: 'app/components/odd.ts' },
            replacements: [
              { deletedRegion: { charOffset: 6, charLength: 0 }, insertedContent: { text: ' type' } },
              { deletedRegion: { charOffset: 9, charLength: 5 }, insertedContent: { text: '' } },
            ],
          },
        ],
      },
    ])
    await app.delete()
  })

  it('is empty where all is well, and where there is no app', async () => {
    const app = await boardWith({})
    const well = await runLayer9(['check', '--sarif'], { cwd: app.root })
    expect(well).toMatchObject({ code: 0, err: '' })
    expect(expectValid(JSON.parse(well.out) as Log)).toEqual([])
    await app.delete()
    const none = await runLayer9(['check', '--sarif'], { cwd: import.meta.dirname })
    expect(none).toMatchObject({ code: 2, err: expect.stringContaining('APP_FOLDER_MISSING') })
    expect(expectValid(JSON.parse(none.out) as Log)).toEqual([])
  })

  it('is empty for the framework itself', async () => {
    const { code, out } = await runLayer9(['check', '--sarif'], { cwd: join(import.meta.dirname, '..') })
    expect(code).toBe(0)
    expect(expectValid(JSON.parse(out) as Log)).toEqual([])
  })
})

describe('--since', () => {
  const git = (root: string, ...given: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@b.c', ...given], { cwd: root })

  /** The board under git, with a violation that is committed, and what lies in no layer. */
  async function repository(): Promise<AppCopy> {
    const app = await boardWith({
      'app/services/old.ts': `import '~/state/draft'\n`,
      '.gitignore': 'node_modules\n.layer9\n',
    })
    git(app.root, 'init', '-q', '-b', 'main')
    git(app.root, 'add', '-A')
    git(app.root, 'commit', '-qm', 'First')
    return app
  }

  it('tells of changed files, of untracked ones, and of what they break elsewhere', async () => {
    const app = await repository()
    const all = await runLayer9(['check'], { cwd: app.root })
    expect(all).toMatchObject({ code: 1, out: expect.stringContaining('app/services/old.ts:1') })
    const none = await runLayer9(['check', '--since', 'main'], { cwd: app.root })
    expect(none).toMatchObject({ code: 0, out: expect.stringContaining('Layers are in order since main (') })

    await app.write('app/services/new.ts', `import '~/routes/about'\n`)
    const own = await runLayer9(['check', '--since=HEAD', '--json'], { cwd: app.root })
    expect(own.code).toBe(1)
    expect(JSON.parse(own.out)).toMatchObject({
      ok: false,
      since: 'HEAD',
      projects: [{ violations: [{ code: 'LAYER_UPWARD', file: 'app/services/new.ts' }] }],
    })
    expect((JSON.parse(own.out) as Checked).projects[0]?.violations).toHaveLength(1)

    await app.remove('app/services/new.ts')
    await app.write('app/state/draft.ts', `${await app.read('app/state/draft.ts')}\nexport const added = 1\n`)
    const caused = await runLayer9(['check', '--since', 'main', '--sarif'], { cwd: app.root })
    expect(caused.code).toBe(1)
    const results = expectValid(JSON.parse(caused.out) as Log)
    expect(results[0]?.ruleId).toBe('LAYER_UPWARD')
    // What breaks a layer may break the types of its side too: all in the file that imports the changed one.
    const files = results.map(({ locations: [at] }) => at?.physicalLocation.artifactLocation.uri)
    expect(new Set(files)).toEqual(new Set(['app/services/old.ts']))
    await app.delete()
  })

  it('leaves out errors of routes and types that changed files have no part in', async () => {
    const app = await boardWith({
      'app/routes/odd.tsx': `export const loadr = 1\nexport const loader = () => 1\n`,
      'app/contracts/size.ts': 'export const size: string = 1\n',
      'app/contracts/width.ts': 'export const width = 1\n',
      'app/components/box.ts': `import { width } from '~/contracts/width'\nexport const box: number = width\n`,
      '.gitignore': 'node_modules\n.layer9\n',
    })
    git(app.root, 'init', '-q', '-b', 'main')
    git(app.root, 'add', '-A')
    git(app.root, 'commit', '-qm', 'First')
    const told = async (...more: string[]) => {
      const { code, out } = await runLayer9(['check', '--json', ...more], { cwd: app.root })
      const { routes, types } = JSON.parse(out) as { routes: { code: string }[]; types: { file: string }[] }
      return { code, routes: routes.map((one) => one.code), types: types.map(({ file }) => file) }
    }
    expect(await told()).toMatchObject({ code: 1, types: ['app/contracts/size.ts'] })
    expect((await told()).routes).toContain('ROUTE_COMPONENT_MISSING')
    expect(await told('--since', 'main')).toEqual({ code: 0, routes: [], types: [] })

    // What a changed file breaks in one that did not change.
    await app.write('app/contracts/width.ts', `export const width = 'wide'\n`)
    expect(await told('--since', 'main')).toEqual({ code: 1, routes: [], types: ['app/components/box.ts'] })
    const text = await runLayer9(['check', '--since', 'main'], { cwd: app.root })
    expect(text.out).toContain('app/components/box.ts(2,14): error TS2322: ')
    expect(text.out).not.toContain('size.ts')

    // A route that comes or goes may break any file that names it.
    await app.write('app/routes/fresh.tsx', 'export default function Fresh() {\n  return <p>Fresh</p>\n}\n')
    expect((await told('--since', 'main')).routes).toContain('ROUTE_COMPONENT_MISSING')
    await app.delete()
  })

  it('refuses what is no revision, and a folder without a repository', async () => {
    const app = await repository()
    for (const revision of ['nothing', '-p']) {
      const ended = await runLayer9(['check', `--since=${revision}`], { cwd: app.root })
      expect(ended).toMatchObject({ code: 2, out: '' })
      expect(ended.err).toContain(`REVISION_UNKNOWN  git knows no revision "${revision}" here.`)
    }
    await app.delete()
    const outside = await boardWith({})
    const ended = await runLayer9(['check', '--since', 'main'], { cwd: outside.root })
    expect(ended).toMatchObject({ code: 2, out: '', err: expect.stringContaining('REPOSITORY_MISSING') })
    await outside.delete()
  })
})

describe('chains', () => {
  const label = `import { draft } from '~/state/draft'\nexport const label = (): string => String(draft)\n`
  const card = `import { label } from './label'\n\nexport function Card() {\n  return <p>{label()}</p>\n}\n`

  it('tell which function brings state into a plain component, to a person and as data', async () => {
    const app = await boardWith({ 'app/components/label.ts': label, 'app/components/Card.tsx': card })
    const text = await runLayer9(['check'], { cwd: app.root })
    expect(text.code).toBe(1)
    expect(text.out).toContain(
      'LAYER_HIDDEN_STATE  app/components/Card.tsx:4 (components, 8) calls label in a plain component, which leads to app/components/label.ts → app/state/draft.ts (state, 7)',
    )
    const json = await runLayer9(['check', '--json'], { cwd: app.root })
    expect(JSON.parse(json.out)).toMatchObject({
      ok: false,
      projects: [
        {
          violations: [
            {
              code: 'LAYER_HIDDEN_STATE',
              file: 'app/components/Card.tsx',
              chain: ['app/components/label.ts'],
              target: 'app/state/draft.ts',
              fix: null,
            },
          ],
        },
      ],
    })
    const sarif = await runLayer9(['check', '--sarif'], { cwd: app.root })
    expect(expectValid(JSON.parse(sarif.out) as Log)).toMatchObject([{ ruleId: 'LAYER_HIDDEN_STATE' }])
    await app.delete()
  })

  it('are none where the component is live, or the function a hook', async () => {
    const app = await boardWith({
      'app/components/label.ts': label,
      'app/components/Card.tsx': card.replaceAll('label()', 'useLabel()').replace('{ label }', '{ label as useLabel }'),
    })
    expect(await runLayer9(['check'], { cwd: app.root })).toMatchObject({ code: 0 })
    await app.delete()
  })
})

describe('unused routes', () => {
  const about = 'export default function Alone() {\n  return <h1>Alone</h1>\n}\n'

  it('are hinted at, and fail nothing', async () => {
    const app = await boardWith({ 'app/routes/alone.tsx': about, 'app/routes/alone/[id].tsx': about })
    const text = await runLayer9(['check'], { cwd: app.root })
    expect(text.code).toBe(0)
    expect(text.out).toContain('Hint: Nothing in the app links to /alone, which app/routes/alone.tsx answers.')
    expect(text.out).toContain(
      'Hint: Nothing in the app links to /alone/[id], which app/routes/alone/[id].tsx answers.',
    )
    const json = await runLayer9(['check', '--json'], { cwd: app.root })
    expect(json.code).toBe(0)
    expect(JSON.parse(json.out)).toMatchObject({
      ok: true,
      routes: [],
      hints: [
        { code: 'ROUTE_UNLINKED', data: { id: '/alone' } },
        { code: 'ROUTE_UNLINKED', data: { id: '/alone/[id]' }, places: [{ file: 'app/routes/alone/[id].tsx' }] },
      ],
      types: [],
      typesChecked: true,
    })
    const sarif = await runLayer9(['check', '--sarif'], { cwd: app.root })
    expect(expectValid(JSON.parse(sarif.out) as Log)).toMatchObject([{ level: 'note' }, { level: 'note' }])
    await app.delete()
  })

  it('are none once something links to them', async () => {
    const app = await boardWith({
      'app/routes/alone.tsx': about,
      'app/components/Aside.tsx': 'export const Aside = () => <a href="/alone">Alone</a>\n',
    })
    const { code, out } = await runLayer9(['check'], { cwd: app.root })
    expect(code).toBe(0)
    expect(out).not.toContain('Hint')
    await app.delete()
  })
})
