// Which files a project's rules are about.
import { join } from 'node:path'
import type { Disk } from './disk.ts'

/** Folders that hold nothing of the project itself. */
const passedOver = new Set(['node_modules', 'dist', '.layer9', '.git'])

/**
 * All files below a folder, absolute, in the order of the disk. Links are not followed: what they lead to is read where
 * it lies, and imports through them are resolved to it. In the framework's own source, `fixtures` hold broken apps.
 */
export function filesBelow(folder: string, disk: Disk, skip: ReadonlySet<string> = new Set()): string[] {
  const found: string[] = []
  const waiting = [folder]
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
    for (const [name, kind] of disk.entries(current)) {
      if (kind === 'file') found.push(join(current, name))
      else if (kind === 'folder' && !passedOver.has(name) && !skip.has(name)) waiting.push(join(current, name))
    }
  }
  return found
}
