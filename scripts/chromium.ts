// Finds the Chromium that the browser tests drive, or installs it where that is possible without asking.
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { canInstall, installWithApt } from './apt.ts'

/** Names under which a Chromium that takes the DevTools protocol is found on PATH. */
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/** Places outside PATH: macOS keeps its applications elsewhere. */
const places = [
  '/usr/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/**
 * The path of a Chromium to test with, or undefined. `CHROMIUM` in the environment wins, even when it is wrong: who
 * names a browser wants to hear that it is not there.
 *
 * @example
 * findChromium({ PATH: '/usr/bin' })   // '/usr/bin/chromium'
 */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.CHROMIUM) return isExecutable(env.CHROMIUM) ? env.CHROMIUM : undefined
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean)
  const candidates = [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...places]
  return candidates.find(isExecutable)
}

/**
 * Finds Chromium, or installs Debian's package when run as root with apt.
 *
 * @throws Error that says how to get one, where it cannot be installed from here
 */
export function provideChromium(env: NodeJS.ProcessEnv = process.env): string {
  const found = findChromium(env)
  if (found) return found
  if (!env.CHROMIUM && canInstall()) installWithApt('chromium')
  const installed = findChromium(env)
  if (installed) return installed
  const asked = env.CHROMIUM ? `CHROMIUM=${env.CHROMIUM} is not an executable file. ` : 'No Chromium was found. '
  throw new Error(
    `${asked}Install it (Debian, Ubuntu: sudo apt-get install chromium) or set CHROMIUM to the path of a Chromium or Chrome.`,
  )
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
