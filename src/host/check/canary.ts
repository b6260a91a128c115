// A canary in every server module: a string that stands nowhere else, so that finding it in a file for browsers proves
// that the module's code has got there, by whatever way.
//
// It is a statement with an effect, so no bundler drops it from a module that stays: in a browser's chunk it survives
// minifying, in the server's bundle it marks each module, should that bundle be copied where browsers reach it. It is
// made from the path alone: two builds of one source stay equal, and the proof needs no list from the build.
import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'
import { isTest, type Layer } from './layers.ts'
import { Project } from './project.ts'

const code = /\.[mc]?[jt]sx?$/

/** Layers whose code never leaves the server. Of `api` the browser gets stubs, which replace the whole file. */
function staysOnServer(layer: Layer | undefined): boolean {
  return layer !== undefined && layer.number >= 2 && layer.number <= 6
}

/** The canary of a server module, by its path relative to the project, with `/`. */
export function canaryOf(path: string): string {
  return `layer9:canary:${createHash('sha256').update(path).digest('hex').slice(0, 24)}`
}

/** All modules of an app that never leave the server, absolute; tests are none. */
export function serverModules(project: Project): string[] {
  return project.files.filter((file) => code.test(file) && !isTest(file) && staysOnServer(project.layerOf(file)))
}

/**
 * The Vite plugin that puts the canaries in, in builds alone. It must stand before the plugin that makes stubs of `api`
 * modules, so that a stub that kept some of its module would be found.
 */
export function canaryPlugin({ root }: { readonly root: string }): Plugin {
  let project = new Project({ root, mode: 'app' })
  return {
    name: 'layer9:canary',
    apply: 'build',
    enforce: 'pre',
    sharedDuringBuild: true,
    buildStart() {
      // A second build in one process may find other files.
      project = new Project({ root, mode: 'app' })
    },
    transform: {
      filter: { id: { include: code, exclude: /[\\/]node_modules[\\/]/ } },
      handler(text, id) {
        const path = project.relative(id)
        // The framework may lie beside the app: its own modules are no secret, and some are for the browser.
        if (!path.startsWith('app/') || !staysOnServer(project.layerOf(id))) return undefined
        const canary = JSON.stringify(canaryOf(path))
        // At the end, so that every place before it keeps its line and column: the source map stays right as it is. And
        // behind empty lines, which stand in its place where an error shows the lines around the last one.
        return { code: `${text}\n\n\n;globalThis[Symbol.for("layer9.canary")] = ${canary};\n`, map: null }
      },
    },
  }
}
