import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { findChanges } from './git-changes.ts'

/** An empty folder that is gone after the test. */
function folder(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'layer9-git-')))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  return root
}

const git = (root: string, ...given: string[]): string =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@b.c', ...given], { cwd: root, encoding: 'utf8' })

/** A repository whose first commit has two files, tagged v1. */
function repository(): string {
  const root = folder()
  git(root, 'init', '-q')
  mkdirSync(join(root, 'my app/app'), { recursive: true })
  writeFileSync(join(root, 'my app/app/a.ts'), '1')
  writeFileSync(join(root, 'b.ts'), '1')
  writeFileSync(join(root, '.gitignore'), 'ignored\n')
  git(root, 'add', '-A')
  git(root, 'commit', '-qm', 'First')
  git(root, 'tag', 'v1')
  return root
}

/** What changed, as paths from the top. */
const changesOf = async (root: string, revision: string, below = '.') =>
  [...(await findChanges(join(root, below), revision)).files].map((path) => relative(root, path)).sort()

describe('findChanges', () => {
  it('finds what was edited, staged, committed, removed and added since, wherever it is asked', async () => {
    const root = repository()
    expect(await changesOf(root, 'v1')).toEqual([])
    writeFileSync(join(root, 'my app/app/a.ts'), '2')
    writeFileSync(join(root, 'new ä.ts'), '1')
    writeFileSync(join(root, 'ignored'), '1')
    rmSync(join(root, 'b.ts'))
    expect(await changesOf(root, 'HEAD')).toEqual(['b.ts', 'my app/app/a.ts', 'new ä.ts'])
    git(root, 'add', '-A')
    expect(await changesOf(root, 'HEAD', 'my app')).toEqual(['b.ts', 'my app/app/a.ts', 'new ä.ts'])
    git(root, 'commit', '-qm', 'Second')
    expect(await changesOf(root, 'HEAD')).toEqual([])
    expect(await changesOf(root, 'v1')).toEqual(['b.ts', 'my app/app/a.ts', 'new ä.ts'])
    expect(await changesOf(root, 'HEAD~1', 'my app')).toHaveLength(3)
  })

  it('takes a changed link for what it leads to', async () => {
    const root = repository()
    symlinkSync('my app', join(root, 'link'))
    expect(await findChanges(root, 'v1')).toMatchObject({ revision: 'v1', folders: [join(root, 'my app')] })
  })

  it.each(['nothing', '--all', '-p', '', 'v1; touch x', '$(touch x)', '--output=x', 'v1:b.ts'])(
    'refuses %j, which is no revision',
    async (revision) => {
      const root = repository()
      await expect(findChanges(root, revision)).rejects.toMatchObject({ code: 'REVISION_UNKNOWN', data: { revision } })
      expect(await changesOf(root, 'v1')).toEqual([])
    },
  )

  it('refuses a folder that lies in no repository', async () => {
    const root = folder()
    await expect(findChanges(root, 'HEAD')).rejects.toMatchObject({
      code: 'REPOSITORY_MISSING',
      data: { root, reason: expect.stringContaining('not a git repository') },
    })
    await expect(findChanges(join(root, 'none'), 'HEAD')).rejects.toMatchObject({ code: 'REPOSITORY_MISSING' })
  })

  it('says that there is no git', async () => {
    const root = folder()
    vi.stubEnv('PATH', '/nowhere')
    onTestFinished(() => void vi.unstubAllEnvs())
    await expect(findChanges(root, 'HEAD')).rejects.toMatchObject({ code: 'GIT_MISSING' })
  })
})
