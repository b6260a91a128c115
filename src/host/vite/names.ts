// Whether the names that a browser module imports are there. A browser says only which name, of neither file nor line,
// and nothing at all in a hot update; and of an api module it gets queries and actions alone.
import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { type Plugin, parseSync } from 'vite'
import { nearest, placeOf, showingPlace } from '../../1-contracts/build.ts'
import type { Place } from '../../1-contracts/index.ts'
import { compileStub } from '../../6-api/build.ts'
import { readExports } from '../../9-routes/build.ts'
import { errors } from '../errors.ts'

/** A name that a module imports from another one, and where. */
interface ImportedName {
  readonly name: string
  readonly specifier: string
  readonly start: number
  readonly end: number
}

/** The plugin. It sees modules without their types, and without what only the server runs of them. */
export function namesPlugin({ root }: { readonly root: string }): Plugin {
  const app = `${root}/app/`
  const isOurs = (id: string): boolean => id.startsWith(app) && /\.(?:[cm]?[jt]s|[jt]sx)$/.test(id)
  return {
    name: 'layer9:names',
    applyToEnvironment: (environment) => environment.config.consumer === 'client',
    transform: {
      filter: { id: /\/app\/.*\.(?:[cm]?[jt]s|[jt]sx)(?:\?|$)/ },
      async handler(code, id) {
        const importer = id.replace(/\?.*$/, '')
        if (!isOurs(importer)) return
        for (const imported of readNames(code)) {
          const target = (await this.resolve(imported.specifier, importer))?.id
          if (target === undefined || !isOurs(target)) continue
          await checkName(root, { importer, target, ...imported }).catch((error: Error) => {
            throw this.environment.mode === 'dev' ? Object.assign(error, { loc: locOf(code, imported) }) : error
          })
        }
      },
    },
    // Vite takes up what importers of a changed module came to the last time, and with it names that may be gone.
    hotUpdate({ modules }) {
      for (const { importers } of modules)
        for (const importer of importers) this.environment.moduleGraph.invalidateModule(importer)
    },
  }
}

/** What a module wants of another one. */
interface Wanted extends ImportedName {
  readonly importer: string
  readonly target: string
}

/** @throws IMPORT_NAME_MISSING, IMPORT_STAYS_ON_SERVER */
async function checkName(root: string, wanted: Wanted): Promise<void> {
  const { target, importer, name } = wanted
  const from = pathIn(root, target)
  const source = await readFile(target, 'utf8')
  const given = listExports(source, from)
  // What does not parse says so itself.
  if (!given) return
  const sent = from.startsWith('app/api/') ? listExports(compileStub(source, from), from) : given
  if (!sent || sent.includes(name)) return
  const places = await findPlace(root, importer, wanted)
  const near = nearest(name, sent)
  showingPlace(() => {
    if (given.includes(name)) throw errors.IMPORT_STAYS_ON_SERVER({ name, from }, { places })
    throw errors.IMPORT_NAME_MISSING({ name, from, ...(near !== undefined && { near }) }, { places })
  })
}

/** Where an import is in compiled code: Vite's server follows it through the source maps to what was written. */
function locOf(code: string, span: ImportedName): { line: number; column: number } {
  const { line, column } = placeOf({ file: '', code }, span)
  return { line, column: column - 1 }
}

/** The names of values that a module exports; undefined where its own text does not tell. */
function listExports(source: string, file: string): string[] | undefined {
  const exports = readExports(source, file)
  return exports && !exports.hasStar ? exports.list.map(({ name }) => name) : undefined
}

function readNames(code: string, file = 'module.js'): ImportedName[] {
  const { staticImports, staticExports } = parseSync(file, code).module
  const imported = staticImports.flatMap(({ entries, moduleRequest }) =>
    entries.map(({ importName }) => ({ importName, from: moduleRequest })),
  )
  const passedOn = staticExports.flatMap(({ entries }) =>
    entries.map(({ importName, moduleRequest }) => ({ importName, from: moduleRequest })),
  )
  return [...imported, ...passedOn].flatMap(({ importName: { kind, name, start, end }, from }) => {
    // A namespace, or everything: no name in particular.
    if (from === null || start === null || end === null || (kind !== 'Name' && kind !== 'Default')) return []
    return [{ name: kind === 'Default' ? 'default' : String(name), specifier: from.value, start, end }]
  })
}

/** Where a file imports a name, in the text that its author wrote. */
async function findPlace(root: string, importer: string, { specifier, name }: Wanted): Promise<Place[]> {
  const code = await readFile(importer, 'utf8')
  const found = readNames(code, importer).find((one) => one.name === name && one.specifier === specifier)
  return found ? [placeOf({ file: pathIn(root, importer), code }, found)] : []
}

const pathIn = (root: string, file: string): string => relative(root, file).replaceAll('\\', '/')
