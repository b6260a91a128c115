import type { EnvironmentModuleNode, Plugin } from 'vite'
import { showingPlace } from '../showing-place.ts'
import { ContractModules } from './contract-modules.ts'
import type { DescribedModule } from './describe.ts'
import type { EvaluateOptions } from './evaluate.ts'
import { Evaluation } from './evaluation.ts'
import { findBindings } from './imported.ts'
import { rewriteModule, writePart } from './rewrite.ts'

/** Where an app lies, and where the framework. */
export type ContractsPluginOptions = Omit<EvaluateOptions, 'alias'>

/**
 * The part of Layer9's Vite plugin that gives browsers of contracts what their code names. A module that makes contracts
 * makes them of their parts there, which are known by evaluating it; code that names a part imports that part alone.
 */
export function contractsPlugin(options: ContractsPluginOptions): Plugin {
  const modules = new ContractModules(options.root)
  let evaluation = new Evaluation(options)
  let isBuild = false
  /** Of a build: all are evaluated at once, whether a browser gets them or not. */
  let all: Promise<void> = Promise.resolve()

  return {
    name: 'layer9:contracts',
    sharedDuringBuild: true,
    applyToEnvironment: (environment) => environment.config.consumer === 'client',
    configResolved({ command, resolve }) {
      isBuild = command === 'build'
      evaluation = new Evaluation({ ...options, alias: resolve.alias })
    },
    buildStart() {
      if (!isBuild) return
      all = evaluation.all(modules.list())
      // Whoever needs it is told, and so is the end of the build.
      all.catch(() => {})
    },
    async buildEnd(error) {
      if (!error) await showing(all)
    },
    load: {
      filter: { id: /\/app\/contracts\/.*\?layer9-contract=/ },
      async handler(id) {
        const [file = '', part = ''] = id.split(/\?layer9-contract=/)
        const described = await showing(evaluation.of(file))
        const code = described && writePart({ ...described, file }, part)
        return code === undefined ? undefined : { code, map: { mappings: '' }, moduleSideEffects: false }
      },
    },
    transform: {
      filter: { id: { include: /\/app\/.*\.[cm]?[jt]sx?$/, exclude: /\/node_modules\// } },
      async handler(code, id) {
        const describe = async (file: string): Promise<DescribedModule | undefined> =>
          modules.holds(file) ? await evaluation.of(file) : undefined
        const own = await showing(describe(id))
        const bindings = await findBindings(code, id, { modules, describe })
        if (!own) return bindings.size > 0 ? rewriteModule(code, bindings) : undefined
        const rewritten = rewriteModule(code, bindings, { ...own, file: id })
        return { ...rewritten, moduleSideEffects: false }
      },
    },
    async hotUpdate({ file, modules: changed }) {
      modules.forget(file)
      const { moduleGraph } = this.environment
      const affected = (await evaluation.forget(file)).flatMap((one) => [...(moduleGraph.getModulesByFile(one) ?? [])])
      if (affected.length === 0 && !modules.has(file)) return undefined
      const nodes = [...new Set([...changed, ...affected])]
      // What names a contract is made anew: Vite would take up what it came to the last time.
      for (const importer of importersOf(nodes, modules)) moduleGraph.invalidateModule(importer)
      return nodes
    },
  }
}

/** What imports modules, and what imports those of the layer that pass them on. */
function importersOf(nodes: readonly EnvironmentModuleNode[], modules: ContractModules): Set<EnvironmentModuleNode> {
  const found = new Set<EnvironmentModuleNode>()
  const waiting = [...nodes]
  for (const { importers } of waiting) {
    for (const importer of importers) {
      if (!found.has(importer) && importer.file && modules.has(importer.file)) waiting.push(importer)
      found.add(importer)
    }
  }
  return found
}

/** An error has its place where Vite's overlay and terminal look for it. */
async function showing<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    return showingPlace<Result>(() => {
      throw error
    })
  }
}
