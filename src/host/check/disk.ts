// What the checker knows of the disk: folders read once, real paths, the text of files. One Disk serves one check;
// the development server forgets a folder when something in it changes.
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

type EntryKind = 'file' | 'folder' | 'link'

/** Remembers folders and real paths, because most questions are about files that are not there. */
export class Disk {
  readonly #folders = new Map<string, ReadonlyMap<string, EntryKind>>()
  readonly #realFolders = new Map<string, string>()
  readonly #json = new Map<string, unknown>()

  /** What lies directly in a folder; empty if there is no such folder. */
  entries(folder: string): ReadonlyMap<string, EntryKind> {
    let known = this.#folders.get(folder)
    if (!known) {
      known = readFolder(folder)
      this.#folders.set(folder, known)
    }
    return known
  }

  /** Whether there is a file at a path, links followed. */
  isFile(path: string): boolean {
    return this.#kind(path) === 'file'
  }

  /** The path with the first of some extensions that makes it a file. */
  firstFile(path: string, extensions: readonly string[]): string | undefined {
    const folder = dirname(path)
    if (folder === path) return undefined
    const entries = this.entries(folder)
    if (entries.size === 0) return undefined
    const name = basename(path)
    for (const extension of extensions) {
      const kind = entries.get(name + extension)
      if (kind === 'file' || (kind === 'link' && kindBehindLink(path + extension) === 'file')) return path + extension
    }
    return undefined
  }

  /** Whether there is a folder at a path, links followed. */
  isFolder(path: string): boolean {
    return this.#kind(path) === 'folder'
  }

  /** The path without any symbolic link in it. */
  real(path: string): string {
    const folder = dirname(path)
    if (folder === path) return path
    if (this.entries(folder).get(basename(path)) === 'link') return realpathSync(path)
    return join(this.#realFolder(folder), basename(path))
  }

  /** The parsed JSON of a file, comments allowed, or undefined when it cannot be read. */
  json(path: string): unknown {
    if (!this.#json.has(path))
      this.#json.set(path, this.isFile(path) ? parseJson(readFileSync(path, 'utf8')) : undefined)
    return this.#json.get(path)
  }

  /** Forgets a folder and the JSON in it, after something was added, removed or changed there. */
  forget(path: string): void {
    this.#folders.delete(path)
    // A file that is new may lie in folders that are new: nobody tells of these.
    for (let folder = dirname(path), below = path; folder !== below; below = folder, folder = dirname(folder))
      this.#folders.delete(folder)
    this.#json.delete(path)
    this.#realFolders.clear()
  }

  #kind(path: string): 'file' | 'folder' | undefined {
    const folder = dirname(path)
    if (folder === path) return 'folder'
    const kind = this.entries(folder).get(basename(path))
    return kind === 'link' ? kindBehindLink(path) : kind
  }

  #realFolder(folder: string): string {
    let known = this.#realFolders.get(folder)
    if (known === undefined) {
      known = realPathOrSelf(folder)
      this.#realFolders.set(folder, known)
    }
    return known
  }
}

function readFolder(folder: string): ReadonlyMap<string, EntryKind> {
  const found = new Map<string, EntryKind>()
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const kind = entry.isSymbolicLink() ? 'link' : entry.isDirectory() ? 'folder' : 'file'
      found.set(entry.name, kind)
    }
  } catch {
    // No folder, or none that may be read: nothing in it can be imported either.
  }
  return found
}

function kindBehindLink(path: string): 'file' | 'folder' | undefined {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return undefined
  return found.isDirectory() ? 'folder' : 'file'
}

function realPathOrSelf(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    return folder
  }
}

/** JSON with comments and trailing commas, as in tsconfig.json; undefined when it is neither. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Strings are matched first, so that what looks like a comment inside them stays.
    const bare = text.replace(
      /("(?:\\.|[^"\\])*")|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
      (_, string: string | undefined) => string ?? '',
    )
    const strict = bare.replace(/("(?:\\.|[^"\\])*")|,(?=\s*[\]}])/g, (_, string: string | undefined) => string ?? '')
    try {
      return JSON.parse(strict.replace(/^\uFEFF/, ''))
    } catch {
      return undefined
    }
  }
}
