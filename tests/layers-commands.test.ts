// The commands that show an app by its layers.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { repository, runLayer9 } from './harness/command.ts'

let app: AppCopy
beforeAll(async () => {
  app = await copyApp('examples/board')
})
afterAll(async () => await app.delete())

/** What `layer9 layers --json` writes, as far as it is looked at here. */
interface Ladders {
  readonly projects: readonly {
    readonly folder: string
    readonly mode: string
    readonly layers: readonly {
      name: string
      files: number
      lines: number
      arrows: { to: string; imports: number; violations: number }[]
    }[]
    readonly violations: readonly { code: string }[]
  }[]
}

describe('layers', () => {
  it('draws the ladder of an app within 80 columns, without colour', async () => {
    const { code, out, err } = await runLayer9(['layers'], { cwd: app.root })
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^app: \d+ files, [\d,]+ lines\n/)
    expect(out).toMatch(/^ 9 routes +\d+ files +\d+ lines {2}→ components \d+, api \d+, contracts \d+$/m)
    expect(out).toMatch(/the wire ─+\n 6 api/)
    expect(out).toMatch(/\nNo violations\.\n$/)
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
    expect(out).not.toContain('\u001b')
  })

  it('counts what breaks a rule, and leaves the exit code to check', async () => {
    const copy = await copyApp('examples/board')
    await copy.write('app/contracts/odd.ts', `import '~/services/posts'\n`)
    const { code, out } = await runLayer9(['layers', '--json'], { cwd: copy.root })
    expect(code).toBe(0)
    const [project] = (JSON.parse(out) as Ladders).projects
    const contracts = project?.layers.find(({ name }) => name === 'contracts')
    expect(contracts?.arrows).toEqual([expect.objectContaining({ to: 'services', imports: 1, violations: 1 })])
    expect(project?.violations.map(({ code }) => code)).toContain('LAYER_UPWARD')
    expect((await runLayer9(['layers'], { cwd: copy.root })).out).toContain('→ services 1 (1 REFUSED)')
    await copy.delete()
  })

  it('draws the framework itself', async () => {
    const { code, out } = await runLayer9(['layers', '--json'], { cwd: repository })
    expect(code).toBe(0)
    const source = (JSON.parse(out) as Ladders).projects.find(({ mode }) => mode === 'source')
    expect(source?.layers.map(({ name }) => name)).toEqual(
      'host routes components state api middleware services data platform contracts'.split(' '),
    )
    for (const { files, lines } of source?.layers ?? []) expect(lines).toBeGreaterThanOrEqual(files)
  })

  it('says where there is no app', async () => {
    const ended = await runLayer9(['layers'], { cwd: `${repository}/scripts` })
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(ended.err).toContain('APP_FOLDER_MISSING')
  })
})

describe('why', () => {
  /** What is drawn of a file of the board, which must be known. */
  const whyOf = async (file: string, root = app.root) => {
    const ended = await runLayer9(['why', file], { cwd: root })
    expect({ code: ended.code, err: ended.err }).toEqual({ code: 0, err: '' })
    return ended.out
  }

  it('says plainly that there is no build', async () => {
    const out = await whyOf('app/components/LikeButton.tsx')
    expect(out).toMatch(/^ {2}layer {7}components, 8$/m)
    expect(out).toMatch(/^ {2}runs {8}on the server and in the browser$/m)
    expect(out).toMatch(/^ {2}build {7}none yet: `layer9 build` makes one/m)
    expect(out).toMatch(/^ {2}components {2}LikeButton is live: line \d+ calls useState$/m)
    expect(out).toMatch(/^ {2}imported by app\/routes\/posts\/\[id\]\.tsx:\d+ \(routes, 9\)$/m)
  })

  it('tells what the last build made of it: chunks and pages', async () => {
    const built = await copyApp('examples/board')
    expect((await runLayer9(['build'], { cwd: built.root })).code).toBe(0)
    const live = await whyOf('app/components/LikeButton.tsx', built.root)
    expect(live).toMatch(/^ {2}in browsers \/_layer9\/assets\/LikeButton-[\w-]+\.js$/m)
    expect(live).toMatch(/^ {2}pages {7}\/posts\/\[id\]$/m)
    const plain = await whyOf('app/components/PostList.tsx', built.root)
    expect(plain).toContain('in browsers nothing: no script holds code of it')
    expect(plain).toContain('PostList is plain')
    const api = await whyOf('~/api/posts.ts', built.root)
    expect(api).toContain('on the server; browsers get a stub that calls it')
    expect(api).toMatch(/in browsers \/_layer9\/assets\/LikeButton/)
    expect(await whyOf('app/services/posts.ts', built.root)).toContain('nothing, as of every file of its layer')
    const layout = await whyOf('app/routes/layout.tsx', built.root)
    expect(layout).toMatch(/pages {7}\/about\n {14}\/\n/)
    await built.write('app/components/PostDate.tsx', await built.read('app/components/PostDate.tsx'))
    expect(await whyOf('app/components/PostDate.tsx', built.root)).toContain('older than the file')
    await built.delete()
  })

  it('gives the same as data', async () => {
    const { out } = await runLayer9(['why', 'app/contracts/words.ts', '--json'], { cwd: app.root })
    const why = JSON.parse(out) as { importers: object[] }
    expect(why).toMatchObject({
      file: 'app/contracts/words.ts',
      layer: { name: 'contracts', number: 1 },
      runs: 'both',
      built: null,
      components: [],
      violations: [],
    })
    expect(why.importers.length).toBeGreaterThan(0)
  })

  describe('a refused import', () => {
    it('is shown with the rule and the way out', async () => {
      const copy = await copyApp('examples/board')
      await copy.write('app/services/odd.ts', `import { LikeButton } from '~/components/LikeButton'\nLikeButton\n`)
      const out = await whyOf('app/components/LikeButton.tsx', copy.root)
      expect(out).toContain('app/services/odd.ts:1 (services, 4)  REFUSED')
      expect(out).toContain('LAYER_UPWARD  app/services/odd.ts:1 (services, 4) imports ~/components/LikeButton')
      expect(out).toContain('Use LikeButton in components (8) or above, and hand down what this file needs.')
      expect(out).not.toContain('Shortest:')
      await copy.delete()
    })

    it('is shown with the shortest legal fix where there is one that a program can make', async () => {
      const copy = await copyApp('examples/board')
      await copy.write('app/state/price.ts', 'export const price = (of: number): string => of.toFixed(2)\n')
      await copy.write('app/services/odd.ts', `import { price } from '~/state/price'\nprice(1)\n`)
      for (const file of ['app/state/price.ts', 'app/services/odd.ts']) {
        const out = await whyOf(file, copy.root)
        expect(out).toContain(
          'Shortest: Move app/state/price.ts to app/contracts/price.ts, and change what imports it (1 file).',
        )
      }
      await copy.delete()
    })
  })

  it('knows the files of the framework', async () => {
    const out = await whyOf('src/host/config.ts', repository)
    expect(out).toMatch(/^ {2}layer {7}host$/m)
    expect(out).toContain('src/host/config.test.ts:2 (a test)')
    expect(out).not.toContain('build ')
  })

  it.each([
    ['app/components/LikeButton', 'app/components/LikeButton.tsx'],
    ['components/PostList.tsx', 'app/components/PostList.tsx'],
    ['app/routes/LikeButton.tsx', 'app/components/LikeButton.tsx'],
    ['app/componets/LikeBtton.tsx', 'app/components/LikeButton.tsx'],
  ])('takes %s for %s', async (given, near) => {
    const ended = await runLayer9(['why', given], { cwd: app.root })
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(ended.err).toContain(`FILE_UNKNOWN  No file of the app's layers is called ${given}; did you mean ${near}?`)
  })

  it('has no guess for what is like nothing', async () => {
    const ended = await runLayer9(['why', 'vite.config.js'], { cwd: app.root })
    expect(ended.err).toContain("FILE_UNKNOWN  No file of the app's layers is called vite.config.js.\n")
    expect(ended.err).toContain('`layer9 layers` shows what lies there')
  })
})
