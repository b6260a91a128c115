// The process of one worker: the server of the build, which listens at the port that the primary holds.
import module from 'node:module'
import { pathToFileURL } from 'node:url'
import type { FromWorker, ToWorker } from './messages.ts'

module.enableCompileCache?.()
const { entry, ...given } = JSON.parse(process.argv[2]!) as { entry: string }
const tell = (message: FromWorker): unknown => process.send?.(message)

const turn = new Promise<void>((resolve) => {
  process.on('message', ({ listen }: ToWorker) => listen && resolve())
})
/** Told to end before there is a server that could. */
const leave = ({ end }: ToWorker): void => {
  if (end) process.exit(0)
}
process.on('message', leave)

try {
  // Written by `layer9 build` from `mainModule`.
  const { start } = (await import(pathToFileURL(entry).href)) as { start(given: object): Promise<void> }
  await start({
    ...given,
    worker: {
      async turn() {
        tell({ loaded: true })
        await turn
        process.off('message', leave)
      },
      ready: (url: string) => tell({ ready: url }),
    },
  })
} catch (error) {
  const { drawAnyError } = await import('../draw-any-error.ts')
  process.send?.({ failed: drawAnyError(error) } satisfies FromWorker, undefined, undefined, () => process.exit(1))
}
