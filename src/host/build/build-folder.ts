// Where a build is made, and how it takes the place of the last one. Two builds of one app may run at the same time, in
// processes that do not know of each other: each has a folder of its own, and the last to end is the one that stays.
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'

/** Where a build lies, below the app's folder. */
export const buildFolder = '.layer9/build'

/** Beginning of the names of folders in which builds are made. */
const prefix = 'build-next'

/** After this many milliseconds a folder is taken for one whose build was killed: no build takes that long. */
const abandoned = 3_600_000

/** Makes an empty folder for a build, as near to the place of the finished one as a rename needs it to be. */
export async function openNext(root: string): Promise<string> {
  const parent = `${root}/.layer9`
  await mkdir(parent, { recursive: true })
  await sweep(parent)
  // Not by `mkdtemp`, whose folders only their owner may read: another user may serve what was built.
  const next = `${parent}/${prefix}-${randomUUID().slice(0, 8)}`
  await mkdir(next)
  return next
}

/** Removes what builds left that did not end. */
async function sweep(parent: string): Promise<void> {
  const names = await readdir(parent)
  for (const name of names.filter((candidate) => candidate.startsWith(prefix))) {
    // Another build may sweep too.
    const found = await stat(`${parent}/${name}`).catch(() => undefined)
    if (found && Date.now() - found.mtimeMs > abandoned) await rm(`${parent}/${name}`, { recursive: true, force: true })
  }
}

/** Puts the new build in the place of the old one; nobody ever sees half of one. */
export async function placeBuild(next: string, folder: string): Promise<void> {
  const old = `${next}-old`
  for (;;) {
    await rm(old, { recursive: true, force: true })
    await rename(folder, old).catch(unless('ENOENT'))
    const placed = await rename(next, folder).then(() => true, unless('ENOTEMPTY', 'EEXIST'))
    if (placed) break
    // Another build came in between: it is the old one now. There are only so many, so this ends.
  }
  await rm(old, { recursive: true, force: true })
}

/** A handler that takes errors with one of these codes for no result, and throws all others. */
export function unless(...codes: readonly string[]): (error: unknown) => undefined {
  return (error) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (!codes.includes(String(code))) throw error
  }
}
