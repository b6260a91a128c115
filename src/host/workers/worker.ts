// The process of one worker: the server of the build, which is handed its connections by the primary.
import module from 'node:module'
import { pathToFileURL } from 'node:url'
import { deepenStacks } from '../stack-depth.ts'
import type { FromWorker, ToWorker } from './messages.ts'

module.enableCompileCache?.()
deepenStacks()
const { entry, again } = JSON.parse(process.argv[2]!) as { entry: string; again: boolean }

/** Told to end before there is a server that could. */
const leave = ({ end }: ToWorker): void => {
  if (end) process.exit(0)
}
process.on('message', leave)

try {
  // Written by `layer9 build` from `mainModule`.
  const { start } = (await import(pathToFileURL(entry).href)) as { start(given: object): Promise<void> }
  await start({ worker: true, again })
  process.off('message', leave)
  process.send?.({ ready: true } satisfies FromWorker)
} catch (error) {
  const { drawAnyError } = await import('../draw-any-error.ts')
  process.send?.({ failed: drawAnyError(error) } satisfies FromWorker, undefined, undefined, () => process.exit(1))
}
