import { relative } from 'node:path'
import type { Plugin } from 'vite'
import { drawFrame, Layer9Error } from '../1-contracts/index.ts'
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

/** Runs a compilation; its error gets the place and frame where Vite's overlay and terminal look for them. */
function showingPlace(compile: () => string): string {
  try {
    return compile()
  } catch (error) {
    const place = error instanceof Layer9Error ? error.places[0] : undefined
    if (!place || !(error instanceof Layer9Error)) throw error
    const { file, line, column } = place
    throw Object.assign(error, { loc: { file, line, column }, frame: `${drawFrame(place)}\n  Fix: ${error.fix}` })
  }
}
