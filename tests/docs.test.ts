import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Example, extractExamples } from '../scripts/docs.ts'

const root = join(import.meta.dirname, '..')

/** Writes examples as the app that they are parts of, inside the repository, so that it finds layer9 and valibot. */
function writeApp(name: string, examples: readonly Example[]): string {
  const folder = join(root, 'test-results/docs', name)
  rmSync(folder, { recursive: true, force: true })
  const files = [
    ...examples,
    { file: 'tsconfig.json', text: '{ "extends": "layer9/tsconfig" }' },
    { file: 'package.json', text: '{ "name": "docs-examples", "type": "module", "private": true }' },
  ]
  for (const { file, text } of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  return folder
}

/** `layer9 check`: layers, route types, and the types of the whole app. */
function check(folder: string) {
  const args = [join(root, 'bin/layer9.js'), 'check']
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  return { status, output: stdout + stderr }
}

const examplesOf = (pattern: string): Example[] =>
  globSync(pattern, { cwd: root }).flatMap((path) => extractExamples(readFileSync(join(root, path), 'utf8')))

describe('docs', () => {
  it('shows the parts of one app on the pages of the layers, which checks and type-checks', () => {
    const examples = examplesOf('docs/app/routes/layers/*.tsx')
    const files = examples.map((example) => example.file)
    expect(files.length).toBeGreaterThan(15)
    expect(new Set(files).size).toBe(files.length)
    expect(check(writeApp('layers', examples))).toMatchObject({ status: 0 })
  })

  it('shows a whole app on the first page', () => {
    expect(check(writeApp('index', examplesOf('docs/app/routes/index.tsx')))).toMatchObject({ status: 0 })
  })

  it('would notice an example that is wrong', () => {
    const wrong = { file: 'app/routes/index.tsx', text: "export default () => <p title={1 + ''}>{missing}</p>\n" }
    const { status, output } = check(writeApp('wrong', [wrong]))
    expect(status).toBe(1)
    expect(output).toContain('missing')
  })
})
