// What `layer9 check` gives to programs.
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
