// Small projects on disk for tests, in temporary folders that are gone when the test is over.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** The folder of all cases. */
export const fixtures: string = fileURLToPath(new URL('../fixtures', import.meta.url))

/** A temporary folder with the given files, by path. */
export function tree(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'layer9-tree-')))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) write(root, path, text)
  return root
}

/** Writes one file, and the folders above it. */
export function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

/**
 * A case of fixtures/ as it would lie on a developer's disk: what cannot be kept in the repository as it is (installed
 * packages, symbolic links) is made now.
 */
export function layOut(name: string): string {
  const root = tree({})
  cpSync(join(fixtures, name), root, { recursive: true })
  const packages = join(root, '_node_modules')
  if (existsSync(packages)) renameSync(packages, join(root, 'node_modules'))
  const links = join(root, 'links.json')
  if (!existsSync(links)) return root
  for (const [path, target] of Object.entries(JSON.parse(readFileSync(links, 'utf8')) as Record<string, string>)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    symlinkSync(target, join(root, path))
  }
  return root
}
