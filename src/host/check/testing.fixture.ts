// Lays out a case of fixtures/ in a temporary folder as it would lie on a developer's disk: what cannot be kept in the
// repository as it is (installed packages, symbolic links) is made there.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of all cases. */
export const fixtures: string = fileURLToPath(new URL('./fixtures', import.meta.url))

/** Copies a case to a new temporary folder and gives that folder's path. The caller removes it. */
export function layOut(name: string): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), `layer9-${name}-`)))
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
