// Lines up what the layers compile into one Vite plugin: each layer knows its own files, the host knows the order.
import type { Plugin } from 'vite'
import { type ContractsPluginOptions, contractsPlugin } from '../../1-contracts/build.ts'
import { apiPlugin } from '../../6-api/build.ts'
import { jsxPlugin } from '../../8-components/build.ts'
import { canaryPlugin, layersPlugin } from '../check/index.ts'
import { appTsconfig, findDoor, frameworkPlugin, unmappedPlugin } from './framework.ts'
import { type ModulesOptions, modulesPlugin } from './modules.ts'
import { namesPlugin } from './names.ts'
import { sourcePlugin } from './source.ts'

/** Options of `layer9`: the app's folder, its configuration, and what a build knows besides. */
export interface Layer9Options extends ModulesOptions {
  dev: boolean
  /** Whether elements say where they are written, for the inspector. Default false. */
  places?: boolean
}

/**
 * Everything that makes Vite understand a Layer9 app, in order: the layer rules see each file as it was written, then
 * api modules become stubs, then JSX is compiled, and what is left of a browser module is looked at for names.
 */
export function layer9(options: Layer9Options): Plugin[] {
  const { root, dev, places } = options
  return [
    aliasPlugin(root),
    sourcePlugin({ root }),
    layersPlugin({ root }),
    frameworkPlugin(),
    unmappedPlugin(),
    modulesPlugin(options),
    canaryPlugin({ root }),
    apiPlugin({ root }),
    jsxPlugin({ root, dev, places }),
    namesPlugin({ root }),
    contractsPlugin(contractsOptions(root)),
  ].flat()
}

/** What evaluating an app's contracts takes. */
export function contractsOptions(root: string): ContractsPluginOptions {
  return { root, tsconfig: appTsconfig, door: (specifier) => findDoor(specifier, 'server') }
}

/** `~/` is `app/`, in code and in styles. */
function aliasPlugin(root: string): Plugin {
  return {
    name: 'layer9:alias',
    config: () => ({ resolve: { alias: [{ find: /^~\//, replacement: `${root}/app/` }] } }),
  }
}
