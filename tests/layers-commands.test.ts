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
    expect(ended).toMatchObject({ code: 1, out: '' })
    expect(ended.err).toContain('APP_FOLDER_MISSING')
  })
})
