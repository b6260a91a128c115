// What changed since a revision of git. No shell is started: a revision reaches git as one argument, and never as an
// option.
import { execFile } from 'node:child_process'
import { realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Changes } from '../check/index.ts'
import { errors } from '../errors.ts'

const run = promisify(execFile)

/**
 * The files that differ from a revision, staged or not, and those that git does not know yet, in the whole repository
 * around a folder: what lies beside an app may be what it imports.
 *
 * @throws REVISION_UNKNOWN, REPOSITORY_MISSING, GIT_MISSING
 */
export async function findChanges(root: string, revision: string): Promise<Changes> {
  // git would take it for an option; no name of a branch or a tag begins like this (git-check-ref-format).
  if (revision.startsWith('-')) throw errors.REVISION_UNKNOWN({ revision })
  const top = await findTop(root)
  const commit = await git(top, ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]).catch(() => '')
  if (commit.trim() === '') throw errors.REVISION_UNKNOWN({ revision })
  const differing = ['diff', '--name-only', '--no-renames', '--no-relative', '--no-ext-diff', '-z']
  const [changed, moved, added] = await Promise.all([
    git(top, [...differing, commit.trim(), '--']),
    git(top, [...differing, '--diff-filter=AD', commit.trim(), '--']),
    git(top, ['ls-files', '--others', '--exclude-standard', '-z']),
  ])
  const absolute = (listed: string): string[] =>
    listed
      .split('\0')
      .filter((path) => path !== '')
      .map((path) => join(top, path))
  return { revision, ...sort(absolute(changed + added)), moved: new Set(absolute(moved + added)) }
}

/** The rules know files by their real paths; a link or a submodule that changed stands for all that it leads to. */
function sort(paths: readonly string[]): Pick<Changes, 'files' | 'folders'> {
  const files = new Set<string>(paths)
  const folders: string[] = []
  for (const path of paths) {
    const found = statSync(path, { throwIfNoEntry: false })
    // It was removed, or is a link to nothing.
    if (!found) continue
    if (found.isDirectory()) folders.push(realpathSync(path))
    else files.add(realpathSync(path))
  }
  return { files, folders }
}

async function findTop(root: string): Promise<string> {
  try {
    const top = await git(root, ['rev-parse', '--show-toplevel'])
    return realpathSync(top.replace(/\r?\n$/, ''))
  } catch (error) {
    if (codeOf(error) === 'ENOENT' && statSync(root, { throwIfNoEntry: false }))
      throw errors.GIT_MISSING({ option: '--since' })
    const reason = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
    throw errors.REPOSITORY_MISSING({ root, reason: reason.split('\n')[0] || 'there is no such folder.' })
  }
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

/** Runs git to its end. A list of all files of a large repository is some megabytes. */
async function git(cwd: string, given: readonly string[]): Promise<string> {
  const { stdout } = await run('git', given, { cwd, maxBuffer: 256 * 1024 * 1024 })
  return stdout
}
