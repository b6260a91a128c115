// What the names are that a module imports from modules with contracts.
import { parseSync } from 'vite'
import type { ContractModules } from './contract-modules.ts'
import type { DescribedModule } from './describe.ts'
import type { Binding } from './rewrite.ts'

/** What is known of an app's contracts. */
export interface Known {
  readonly modules: ContractModules
  /** What a module with contracts came to. It may throw. */
  readonly describe: (file: string) => Promise<DescribedModule | undefined>
}

/** The contracts among the imports of a module, by their local names. */
export async function findBindings(code: string, file: string, known: Known): Promise<Map<string, Binding>> {
  const bindings = new Map<string, Binding>()
  // The folder's name stands in every path that leads there from another one.
  if (!known.modules.has(file) && !code.includes('contracts')) return bindings
  const imports = parseSync('module.js', code).module.staticImports
  for (const { moduleRequest, entries } of imports) {
    const target = entries.length > 0 ? known.modules.resolve(moduleRequest.value, file) : undefined
    if (target === undefined || !known.modules.has(target)) continue
    for (const { importName, localName } of entries) {
      const binding =
        importName.kind === 'NamespaceObject'
          ? await bindAll(target, known)
          : await bind({ file: target, name: importName.name ?? 'default' }, known)
      if (binding) bindings.set(localName.value, binding)
    }
  }
  return bindings
}

async function bind(
  imported: { file: string; name: string },
  { modules, describe }: Known,
): Promise<Binding | undefined> {
  const origin = modules.originOf(imported)
  const described = origin && (await describe(origin.file).catch(() => undefined))
  const named = origin && described?.exports[origin.name]
  return named && { named, origin: { ...described, file: origin.file } }
}

/** A namespace, as far as the module makes its contracts itself. */
async function bindAll(file: string, { describe }: Known): Promise<Binding | undefined> {
  const described = await describe(file).catch(() => undefined)
  return described && { named: described.exports, origin: { ...described, file } }
}
