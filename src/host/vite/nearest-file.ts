// Finds the file that the path of an import was probably meant to name.
import { readdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { nearest } from '../../1-contracts/server.ts'

/**
 * The path as it should have been written, or undefined when no file beside what it names is called alike.
 *
 * @example
 * console.log(await nearestFile('/shop', '/shop/app/routes/index.tsx', '~/components/Timr'))
 */
export async function nearestFile(root: string, importer: string, specifier: string): Promise<string | undefined> {
  const path = specifier.startsWith('~/')
    ? join(root, 'app', specifier.slice(2))
    : resolve(dirname(importer), specifier)
  const slash = specifier.lastIndexOf('/')
  const wanted = specifier.slice(slash + 1)
  const hasEnding = /\.[a-z]+$/i.test(wanted)
  // A folder that is not there has no files that are called alike.
  const names = await readdir(dirname(path)).catch(() => [] as string[])
  const candidates = names.map((name) => (hasEnding ? name : name.replace(/\.[cm]?[jt]sx?$/, '')))
  const near = nearest(wanted, candidates)
  return near === undefined ? undefined : specifier.slice(0, slash + 1) + near
}
