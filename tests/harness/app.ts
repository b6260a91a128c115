// Copies of apps to work on: a test may edit, build and throw away what it likes.
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { repository } from './command.ts'

/** An app in a folder of its own. */
export interface AppCopy {
  readonly root: string
  read(path: string): Promise<string>
  write(path: string, content: string): Promise<void>
  /** Replaces a text that must be there. */
  edit(path: string, from: string, to: string): Promise<void>
  remove(path: string): Promise<void>
  /** Deletes the folder. */
  delete(): Promise<void>
}

/**
 * Copies `examples/counter` or `tests/fixtures/site` to a temporary folder, with the repository's packages.
 *
 * @example
 * const app = await copyApp('tests/fixtures/site')
 */
export async function copyApp(source: string): Promise<AppCopy> {
  const root = await mkdtemp(join(tmpdir(), 'layer9-'))
  const skip = new Set(['node_modules', '.layer9'])
  await cp(join(repository, source), root, { recursive: true, filter: (path) => !skip.has(basename(path)) })
  await symlink(join(repository, 'node_modules'), join(root, 'node_modules'), 'dir')
  return openApp(root)
}

/** The same for a folder that is there already. */
export function openApp(root: string): AppCopy {
  const read = async (path: string) => await readFile(join(root, path), 'utf8')
  const write = async (path: string, content: string) => await writeFile(join(root, path), content)
  return {
    root,
    read,
    write,
    async edit(path, from, to) {
      const content = await read(path)
      // Vite's watcher takes two changes of a file within 50 ms for one; no person saves so fast.
      await new Promise((resolve) => setTimeout(resolve, 60))
      if (!content.includes(from)) throw new Error(`${path} does not hold ${JSON.stringify(from)}`)
      await write(path, content.replace(from, to))
    },
    remove: async (path) => await rm(join(root, path)),
    delete: async () => await rm(root, { recursive: true, force: true, maxRetries: 5 }),
  }
}
