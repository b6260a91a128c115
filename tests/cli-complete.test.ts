// What every command keeps to: help, data for programs, exit codes, and words for the mistakes that people make.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { runLayer9 } from './harness/command.ts'

const commands = ['dev', 'build', 'start', 'check', 'routes', 'layers', 'why', 'explain']
const ofDatabase = ['generate', 'migrate', 'rollback', 'status', 'seed', 'reset', 'diff', 'touch'].map(
  (name) => `db ${name}`,
)

let app: AppCopy
let empty: string
beforeAll(async () => {
  app = await copyApp('examples/counter')
  empty = await mkdtemp(join(tmpdir(), 'layer9-empty-'))
})
afterAll(async () => {
  await app.delete()
  await rm(empty, { recursive: true })
})

describe('--help', () => {
  it('lists every command', async () => {
    const { code, out } = await runLayer9(['--help'], { cwd: empty })
    expect(code).toBe(0)
    for (const command of [...commands, 'db']) expect(out).toMatch(new RegExp(`^ +${command} {2,}[A-Z]`, 'm'))
  })

  it.each([['db'], ['db', '--help'], ['help', 'db']])('lists those of a database for %j', async (...given) => {
    const { code, out, err } = await runLayer9(given, { cwd: empty })
    expect({ code, err }).toEqual({ code: 0, err: '' })
    for (const command of ofDatabase) expect(out).toMatch(new RegExp(`^ +${command.replace('db ', '')} {2,}[A-Z]`, 'm'))
  })

  it.each([...commands, ...ofDatabase])('tells of %s what it does and each of its options', async (command) => {
    const { code, out, err } = await runLayer9([...command.split(' '), '--help'], { cwd: empty })
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain(`USAGE layer9 ${command}`)
    const options = out.split('\n').filter((line) => /^ +--/.test(line))
    expect(options.length).toBeGreaterThan(0)
    for (const option of options) expect(option).toMatch(/^ +--[\w-]+(=<\w+>)? {4}[A-Z]/)
  })
})

describe('--json', () => {
  const told: readonly [given: readonly string[], shape: unknown][] = [
    [['check'], { ok: true, projects: [expect.objectContaining({ files: 1 })], routes: [], types: [] }],
    [['build'], { build: expect.any(String), pages: [expect.objectContaining({ page: '/' })] }],
    [['routes'], expect.arrayContaining([expect.objectContaining({ route: 'GET /', kind: 'page' })])],
    [['layers'], expect.anything()],
    [['why', 'app/routes/index.tsx'], expect.anything()],
    [['explain', 'ROUTE_CONFLICT'], [expect.objectContaining({ code: 'ROUTE_CONFLICT' })]],
  ]

  it.each(told)('of %j is one JSON document and nothing else', async (given, shape) => {
    const { code, out, err } = await runLayer9([...given, '--json'], { cwd: app.root })
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(JSON.parse(out)).toMatchObject(shape as object)
  })

  it('is had of every command that tells anything', async () => {
    const silent = ['dev', 'start']
    for (const command of [...commands, ...ofDatabase]) {
      const { out } = await runLayer9([...command.split(' '), '--help'], { cwd: empty })
      expect([command, out.includes('--json')]).toEqual([command, !silent.includes(command)])
    }
  })

  it.each([['check'], ['build'], ['routes'], ['layers'], ['why', 'app/x.ts']])(
    'holds the error where %s cannot do its work',
    async (...given) => {
      const { code, out, err } = await runLayer9([...given, '--json'], { cwd: empty })
      expect({ code, err }).toEqual({ code: 2, err: '' })
      expect(JSON.parse(out)).toMatchObject({
        ok: false,
        errors: [{ code: 'APP_FOLDER_MISSING', message: expect.stringContaining(empty), fix: expect.any(String) }],
      })
    },
  )

  it('holds the place of an error, without the source', async () => {
    const broken = await mistaken({ 'app/routes/index.tsx': 'export default function Page() { return <p>\n' })
    const { code, out } = await runLayer9(['build', '--json'], { cwd: broken.root })
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      errors: [{ places: [{ file: 'app/routes/index.tsx', line: 1 }] }],
    })
    await broken.delete()
  })
})

/** The counter with some files of its own. */
async function mistaken(files: Readonly<Record<string, string>>): Promise<AppCopy> {
  const copy = await copyApp('examples/counter')
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(copy.root, path)), { recursive: true })
    await writeFile(join(copy.root, path), content)
  }
  return copy
}

const page = 'export default function Page() { return <h1>Page</h1> }\n'

describe('mistakes', () => {
  interface Mistake {
    readonly files: Readonly<Record<string, string>>
    readonly code: string
    /** What has to stand in the message or the fix. */
    readonly says: readonly string[]
    /** `build` says it too, and not only `check`. */
    readonly build: boolean
  }
  const made: Readonly<Record<string, Mistake>> = {
    'no default export': {
      files: { 'app/routes/about.tsx': 'export function About() { return <h1>About</h1> }\n' },
      code: 'ROUTE_COMPONENT_MISSING',
      says: ['app/routes/about.tsx', 'export default function Page()'],
      build: true,
    },
    'two files for one URL': {
      files: { 'app/routes/about.tsx': page, 'app/routes/about/index.tsx': page },
      code: 'ROUTE_CONFLICT',
      says: ['app/routes/about.tsx', 'app/routes/about/index.tsx', 'Rename or remove'],
      build: true,
    },
    'a loader that the page’s type does not name': {
      files: {
        'app/routes/about.tsx':
          "import type { PageProps } from 'layer9/routes'\nexport const loader = () => ({ name: 'Ada' })\nexport default function About({ data }: PageProps) {\n  return <h1>{data.name}</h1>\n}\n",
      },
      code: 'ROUTE_LOADER_TYPE_MISSING',
      says: ['app/routes/about.tsx:3:31', 'PageProps<typeof loader>'],
      build: false,
    },
    'a folder that is no layer': {
      files: { 'app/utils/text.ts': 'export const text = 1\n' },
      code: 'LAYER_UNKNOWN_FOLDER',
      says: ['app/utils', 'contracts'],
      build: true,
    },
    'an import upwards': {
      files: {
        'app/components/Name.tsx': 'export const name = 1\n',
        'app/services/names.ts': "import { name } from '~/components/Name'\nexport const names = [name]\n",
      },
      code: 'LAYER_UPWARD',
      says: ['app/services/names.ts:1', 'Move'],
      build: true,
    },
    'a misspelt option of the configuration': {
      files: { 'layer9.config.ts': 'export default { prot: 4000 }\n' },
      code: 'CONFIG_UNKNOWN_OPTION',
      says: ['prot', 'port'],
      build: true,
    },
  }

  it.each(Object.entries(made))('%s', async (_, { files, code, says, build }) => {
    const copy = await mistaken(files)
    const ran = build ? ['check', 'build'] : ['check']
    for (const command of ran) {
      const ended = await runLayer9([command], { cwd: copy.root })
      expect([command, ended.code]).toEqual([command, 1])
      const text = ended.out + ended.err
      for (const words of [code, ...says]) expect(text).toContain(words)
    }
    await copy.delete()
  })

  it('no app in this folder', async () => {
    for (const command of ['dev', 'build', 'check', 'routes', 'layers']) {
      const { code, err } = await runLayer9([command], { cwd: empty })
      expect(code).toBe(2)
      expect(err).toContain('APP_FOLDER_MISSING')
      expect(err).toContain('npm create layer9')
    }
  })

  it('a start before the build', async () => {
    const { code, err } = await runLayer9(['start'], { cwd: empty })
    expect(code).toBe(1)
    expect(err).toMatch(/^BUILD_MISSING .*\n {2}Fix: Run `layer9 build` first\./)
  })

  it('a Node that is too old', async () => {
    const old = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'20.11.0'})`
    const { code, err } = await runLayer9(['build'], { cwd: app.root, env: { NODE_OPTIONS: `--import=${old}` } })
    expect(code).toBe(1)
    expect(err).toMatch(/^NODE_TOO_OLD .*20\.11\.0/)
    expect(err).toContain('24.8')
  })

  it.each([
    [['biuld'], 'COMMAND_UNKNOWN', 'build'],
    [['build', '--jsn'], 'OPTION_UNKNOWN', '--jsn'],
    [['dev', 'my-app'], 'ARGUMENT_UNKNOWN', '--root'],
    [['dev', '--port'], 'OPTION_VALUE_MISSING', '--port'],
    [['dev', '--port', 'eighty'], 'PORT_INVALID', 'eighty'],
    [['explain', 'ROUTE_CONFLIKT'], 'ERROR_CODE_UNKNOWN', 'ROUTE_CONFLICT'],
    [['why', 'app/routes/idnex.tsx'], 'FILE_UNKNOWN', 'index.tsx'],
  ])('%j', async (given, code, says) => {
    const ended = await runLayer9(given, { cwd: app.root })
    expect(ended.code).toBe(2)
    expect(ended.err).toContain(code)
    expect(ended.err).toContain(says)
  })
})

describe('explain', () => {
  it('knows every code that the sources of the framework define', async () => {
    const { out } = await runLayer9(['explain', '--json'], { cwd: empty })
    const known = new Set((JSON.parse(out) as { code: string }[]).map(({ code }) => code))
    const defined = await definedCodes()
    expect(defined.size).toBeGreaterThan(90)
    expect([...defined].filter((code) => !known.has(code))).toEqual([])
  })
})

/** The codes in the error files of all layers, read as text: a catalogue that nobody lists is found too. */
async function definedCodes(): Promise<Set<string>> {
  const { glob, readFile } = await import('node:fs/promises')
  const codes = new Set<string>()
  for await (const file of glob('src/**/*errors.ts', { cwd: join(import.meta.dirname, '..') })) {
    const text = await readFile(join(import.meta.dirname, '..', file), 'utf8')
    for (const [, code = ''] of text.matchAll(/^ {2}([A-Z][A-Z0-9_]+): \{$/gm)) codes.add(code)
  }
  return codes
}
