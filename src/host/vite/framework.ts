// Resolves `layer9/…` to the very package that this host is part of: two copies of a runtime would be two worlds.
import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

type Target = string | { readonly [condition: string]: string }

/** The folder of the package `layer9`. */
export const packageFolder: string = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\/$/, '')

/** Whether this very module runs from `src/`, as in the framework's own tests, and not from `dist/`. */
const fromSource = import.meta.url.endsWith('.ts')

/** What an app's TypeScript is read by here. Its own is for editors: it refers to projects that need not be there yet. */
export const appTsconfig: string = `${packageFolder}/tsconfig/app.json`

/** The folder of the layers: `src` or `dist`. */
export const frameworkFolder: string = `${packageFolder}/${fromSource ? 'src' : 'dist'}`

let doors: Readonly<Record<string, Target>> | undefined

/**
 * The file behind a door of the package, or undefined when there is no such door.
 *
 * @example
 * findDoor('layer9/platform', 'browser') // '…/host/refuse/platform.…' (which refuses)
 */
export function findDoor(specifier: string, side: 'browser' | 'server'): string | undefined {
  if (!/^layer9(?:\/|$)/.test(specifier)) return undefined
  doors ??= readDoors()
  const target = doors[`.${specifier.slice('layer9'.length)}`]
  const file = typeof target === 'string' ? target : (side === 'browser' && target?.['browser']) || target?.['default']
  if (!file) return undefined
  const path = `${packageFolder}/${file.slice(2)}`
  return fromSource ? path.replace('/dist/', '/src/').replace(/\.js$/, '.ts') : path
}

/** The doors of the package, as an app may import them. */
export function listDoors(): string[] {
  doors ??= readDoors()
  return Object.keys(doors).map((door) => `layer9${door.slice(1)}`)
}

/** Everything that browsers load of the framework in development, in one file; `src/host/dev/browser.ts` lists it. */
const bundle = `${packageFolder}/dist/browser/layer9.js`

/**
 * The framework as development gives it to browsers, or undefined where it was not built, as in its own tests.
 *
 * @example
 * const file = findBundle() ?? findDoor('layer9/components', 'browser')
 */
export function findBundle(): string | undefined {
  return !fromSource && existsSync(bundle) ? bundle : undefined
}

/** A door that browsers may have is in the bundle; the others refuse, each with a message of its own. */
function findDevelopmentDoor(specifier: string): string | undefined {
  const door = findDoor(specifier, 'browser')
  return door === findDoor(specifier, 'server') ? (findBundle() ?? door) : door
}

function readDoors(): Readonly<Record<string, Target>> {
  const text = readFileSync(`${packageFolder}/package.json`, 'utf8')
  // Our own file, whose exports have one or two conditions and no nesting.
  return (JSON.parse(text) as { exports: Record<string, Target> }).exports
}

/** Vite's own module on every page of development. */
const viteClient = /\/vite\/dist\/client\/client\.mjs$/

/** What its overlay says of a `vite.config.js`, which no app here has. */
const viteTip = /, h\("br"\), "You can also disable this overlay[^;]*?hmrConfigName\), "\."/

/** What tells Vite that code has no map (Rollup's convention); without a word it would make one, line by line. */
const noMap = { mappings: '' } as const

/**
 * Makes no maps for two large modules of development: ours, which is readable as it is, and Vite's client. They
 * would take a good part of the time until the first click.
 */
export function unmappedPlugin(): Plugin {
  const file = findBundle()
  return {
    name: 'layer9:unmapped',
    apply: 'serve',
    load: {
      filter: { id: /\/dist\/browser\/layer9\.js$/ },
      handler: async (id) => (id === file ? { code: await readFile(id, 'utf8'), map: noMap } : undefined),
    },
    transform: {
      filter: { id: viteClient },
      handler: (code) => ({ code: code.replace(viteTip, ''), map: noMap }),
    },
  }
}

/** Resolves the package's doors in builds and for the browser. On the development server Node itself loads them. */
export function frameworkPlugin(): Plugin {
  return {
    name: 'layer9:framework',
    enforce: 'pre',
    resolveId: {
      filter: { id: /^layer9(?:\/|$)/ },
      handler(specifier) {
        const side = this.environment.config.consumer === 'client' ? 'browser' : 'server'
        if (this.environment.mode !== 'dev') return findDoor(specifier, side)
        return side === 'server' ? undefined : findDevelopmentDoor(specifier)
      },
    },
  }
}

/** Folders that Vite may serve files from in development, besides the app's own: ours, and those of packages. */
export const servedFolders: readonly string[] = [
  frameworkFolder,
  `${packageFolder}/node_modules`,
  ...(basename(dirname(packageFolder)) === 'node_modules' ? [dirname(packageFolder)] : []),
]
