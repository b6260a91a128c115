import { relative } from 'node:path'
import type { Plugin } from 'vite'
import { showingPlace } from '../1-contracts/server.ts'
import { compileStub } from './compile-stub.ts'

/**
 * The part of Layer9's Vite plugin that keeps api modules on the server: in the browser's graph each becomes its stubs.
 * Their source maps are empty on purpose, since a map would carry the server's source.
 *
 * @param options `root`: the project's folder, absolute
 */
export function apiPlugin(options: { readonly root: string }): Plugin {
  return {
    name: 'layer9:api',
    enforce: 'pre',
    applyToEnvironment: (environment) => environment.config.consumer === 'client',
    transform: {
      filter: { id: { include: /\/app\/api\/.*\.[cm]?[jt]sx?(?:\?|$)/, exclude: /\/node_modules\// } },
      handler(code, id) {
        const file = relative(options.root, id.replace(/\?.*$/, '')).replaceAll('\\', '/')
        if (!file.startsWith('app/api/')) return undefined
        return { code: showingPlace(() => compileStub(code, file)), map: { mappings: '' }, moduleSideEffects: false }
      },
    },
  }
}
