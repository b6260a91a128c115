// Says what roots are given, and what could be done about it.
import { readFile } from 'node:fs/promises'
import { findLiveElement } from '../8-components/build.ts'
import type { RootProps } from './measured-props.ts'

/** Bytes of props of one kind of root from which on there is a hint. */
export const muchProps = 10_240

/** Bytes for people. */
export const drawBytes = (bytes: number): string => (bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KiB`)

/** `List 12.1 KiB, 3 Likes 96 B`; nothing where there are no roots. */
export function drawProps(roots: readonly RootProps[]): string {
  return roots.map(({ name, count, bytes }) => `${count > 1 ? `${count} ` : ''}${name} ${drawBytes(bytes)}`).join(', ')
}

/** What a root costs, and the smallest element that has to be live. `root` is the app's folder. */
export async function drawHint(root: string, page: string, given: RootProps): Promise<string> {
  const { module, name, bytes, largest } = given
  const most = largest && largest.bytes > bytes / 2 ? `, ${drawBytes(largest.bytes)} of it as "${largest.name}"` : ''
  const head = `${page}: the root ${name} (${module}) is given ${drawBytes(bytes)}${most}, besides what it shows.`
  const element = await findElement(root, module, name)
  if (!element) return `${head} Give it less, or make what needs no script a plain component.`
  const { tag, line, column } = element
  return `${head} Only <${tag}> at ${module}:${line}:${column} has to be live: move it into a component of its own.`
}

async function findElement(root: string, module: string, name: string): Promise<ReturnType<typeof findLiveElement>> {
  try {
    return findLiveElement(await readFile(`${root}/${module}`, 'utf8'), module, name)
  } catch {
    // A module that cannot be read or parsed is told of elsewhere.
    return undefined
  }
}
