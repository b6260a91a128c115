// Decides which requests of development are Vite's: modules, their sources, and what lies in public/. They are checked
// before Vite sees them (SECURITY I12), and never reach the app's chain.
import { realpathSync, statSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { noPageReply } from '../../2-platform/index.ts'

/** Where the files lie. */
export interface ViteRequestOptions {
  root: string
  /** Path the app is mounted at, with a slash at both ends. */
  base: string
}

/** Whose request it is; `no page` where the navigation of a page asks for a file; `refused` with the reason that is told. */
export type Verdict = 'app' | 'vite' | 'no page' | { readonly refused: string }

/** Paths that only Vite's client and its modules use. */
const internal = /^(?:@vite\/|@id\/|@fs\/|node_modules\/|\.layer9\/cache\/)/

/** Layers that never leave the server: not as modules, and not as text. */
const serverLayer = /^app\/(?:middleware|services|data|platform)(?:\/|$)/

/** Makes the judge of requests. */
export function createViteRequests({ root, base }: ViteRequestOptions): (message: IncomingMessage) => Verdict {
  return (message) => {
    if (message.method !== 'GET' && message.method !== 'HEAD') return 'app'
    const path = readPath(message.url ?? '/', base)
    if (path === undefined || path === '') return 'app'
    // A file that a link leads to is the browser's, as in production.
    if (isFile(join(root, 'public', path)))
      return noPageReply(message as { method: 'GET' } & typeof message) ? 'no page' : 'vite'
    if (!internal.test(path) && !(path.startsWith('app/') && isFile(join(root, path)))) return 'app'
    if (isFromElsewhere(message)) return { refused: 'Modules of a development server are for its own pages only.' }
    const inRoot = pathInRoot(path, root)
    if (inRoot && serverLayer.test(inRoot))
      return { refused: `${inRoot} lies in a layer that never leaves the server.` }
    return 'vite'
  }
}

/** The path below the base, decoded once; undefined when it is outside, malformed, or climbs. */
function readPath(url: string, base: string): string | undefined {
  const end = url.search(/[?#]/)
  const raw = end < 0 ? url : url.slice(0, end)
  if (!raw.startsWith(base)) return undefined
  try {
    const path = decodeURI(raw.slice(base.length))
    return path.includes('\0') || /(?:^|[\\/])\.\.(?:[\\/]|$)/.test(path) ? undefined : path
  } catch {
    return undefined
  }
}

/** `Sec-Fetch-Site` is set by the browser alone; without it the client is no browser (Fetch Metadata §2.3). */
function isFromElsewhere({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site']
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}

/** The real file's path relative to the project, whatever links lead to it; undefined outside of it. */
function pathInRoot(path: string, root: string): string | undefined {
  const file = path.startsWith('@fs/') ? path.slice(3) : join(root, path)
  try {
    const real = realpathSync(file).replaceAll('\\', '/')
    return real.startsWith(`${root}/`) ? real.slice(root.length + 1) : undefined
  } catch {
    return undefined
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    // None, or a path that no file can have (a name that is too long, a file as a folder, a circle of links).
    return false
  }
}
