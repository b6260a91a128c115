// Tells when the app's configuration changed, came or went.
import { watch } from 'node:fs'
import { isConfigFile } from '../vite/load-config.ts'

/** Milliseconds that an editor may take to write a file: it empties it first, or puts another in its place. */
const settleTime = 100

/**
 * Calls back when layer9.config.ts was written, made or removed, never twice at a time. Keeps no process alive.
 *
 * @example
 * watchConfig('/shop', async () => console.log('The configuration changed.'))
 */
export function watchConfig(root: string, changed: () => Promise<void>): void {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  const watcher = watch(root, { persistent: false }, (_, name) => {
    if (name === null || !isConfigFile(name)) return
    clearTimeout(timer)
    timer = setTimeout(() => (running = running.then(changed)), settleTime)
  })
  // A folder that cannot be watched costs this convenience, and no more.
  watcher.on('error', () => watcher.close())
}
