// Which files a project's rules are about.
import { join } from 'node:path'
import type { Disk } from './disk.ts'

/** Folders that hold nothing of the project itself. */
export const packages: ReadonlySet<string> = new Set(['node_modules'])

/**
 * All files below a folder, absolute, in the order of the disk, without folders of some names. Links are not followed:
 * what they lead to is read where it lies, and imports through them are resolved to it; `onLink` is told of them.
 */
export function filesBelow(
  folder: string,
  disk: Disk,
  { skip, onLink }: { skip?: ReadonlySet<string>; onLink?: (path: string) => void } = {},
): string[] {
  const found: string[] = []
  const waiting = [folder]
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
    for (const [name, kind] of disk.entries(current)) {
      if (kind === 'file') found.push(join(current, name))
      else if (kind === 'link') onLink?.(join(current, name))
      else if (!skip?.has(name)) waiting.push(join(current, name))
    }
  }
  return found
}
