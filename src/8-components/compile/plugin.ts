import { relative } from 'node:path'
import type { Plugin } from 'vite'
import { showingPlace } from '../../1-contracts/server.ts'
import { compileModule } from './module.ts'

/** Settings of the plugin. */
export interface JsxPluginOptions {
  /** The project's folder, absolute. */
  readonly root: string
  /** Whether components are replaced while the page runs. */
  readonly dev: boolean
  /** Whether each element says where it is written, for the inspector. Default false. */
  readonly places?: boolean | undefined
}

/** Without JSX only what makes contexts is compiled. */
const isPlainScript = /\.[jt]s$/

/**
 * The compiler as a part of Layer9's Vite plugin: compiles the app's `.tsx` and `.jsx`, and what else makes contexts, for
 * the side of the environment that asks, and leaves the types to Vite.
 */
export function jsxPlugin(options: JsxPluginOptions): Plugin {
  return {
    name: 'layer9:jsx',
    enforce: 'pre',
    transform: {
      filter: {
        id: { include: /\.[jt]sx?(?:\?|$)/, exclude: [/\/node_modules\//, /[?&](?:raw|url|inline|worker)\b/] },
      },
      handler(code, id) {
        const file = projectPath(id, options.root)
        if (file === null || (isPlainScript.test(file) && !/\bcreateContext\b/.test(code))) return undefined
        const side = this.environment.config.consumer === 'client' ? 'browser' : 'server'
        const route = file.startsWith('app/routes/')
        const { dev, places = false } = options
        const compiled = showingPlace(() => compileModule(code, { file, side, dev, places, route }))
        if (compiled.map === null) return undefined
        // Vite makes an absolute source relative to the module; a relative one it would take as it is.
        return { code: compiled.code, map: { ...compiled.map, sources: [id.replace(/\?.*$/, '')] } }
      },
    },
  }
}

/** A module's path in the project with forward slashes; null for what lies outside. */
function projectPath(id: string, root: string): string | null {
  const path = relative(root, id.replace(/\?.*$/, '')).replaceAll('\\', '/')
  return path.startsWith('../') || path === '' ? null : path
}
