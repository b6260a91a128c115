// Whether the modules and names that a module imports are there. Node says only which module, a browser only which name,
// of neither file nor line, and nothing at all in a hot update; and of an api module browsers get queries and actions
// alone.
import { existsSync } from 'node:fs'
import type { Plugin } from 'vite'
import { nearest, placeOf, showingPlace } from '../../1-contracts/server.ts'
import { compileStub } from '../../6-api/build.ts'
import { errors } from '../errors.ts'
import { findDoor, listDoors } from './framework.ts'
import { findPlace, type Imported, listExports, pathIn, readImports } from './imported-names.ts'
import { nearestFile } from './nearest-file.ts'
import { readSource } from './source.ts'

type Side = 'browser' | 'server'

/** The plugin. It sees modules without their types, and without what only the other side runs of them. */
export function namesPlugin({ root }: { readonly root: string }): Plugin {
  const app = `${root}/app/`
  const isOurs = (id: string): boolean => id.startsWith(app) && /\.(?:[cm]?[jt]s|[jt]sx)$/.test(id)
  // Of a path under `~/` Vite says where it leads, whether something is there or not.
  const isGone = (id: string): boolean => id.startsWith(app) && !existsSync(id.replace(/\?.*$/, ''))
  /** What modules exported when they were looked at. */
  const exported = new Map<string, string | undefined>()
  const check = async (imported: Imported, target: string | undefined, from: Importer): Promise<void> => {
    const { name, specifier } = imported
    if (name === undefined) {
      if (target === undefined || isGone(target)) await refuse(root, from.importer, imported)
    } else if (target !== undefined && (isOurs(target) || isDoor(specifier, from.side))) {
      exported.set(target, await checkName(root, { ...imported, ...from, name, target }))
    }
  }
  return {
    name: 'layer9:names',
    transform: {
      filter: { id: /\/app\/.*\.(?:[cm]?[jt]s|[jt]sx)(?:\?|$)/ },
      async handler(code, id) {
        const importer = id.replace(/\?.*$/, '')
        if (!isOurs(importer)) return
        const side = this.environment.config.consumer === 'client' ? 'browser' : 'server'
        const targets = new Map<string, string | undefined>()
        for (const imported of readImports(code)) {
          const { specifier } = imported
          const look = async (): Promise<void> => {
            // Vite throws at a door that the package does not have.
            const known = isFramework(specifier) ? { id: findDoor(specifier, side) } : undefined
            if (!targets.has(specifier))
              targets.set(specifier, (known ?? (await this.resolve(specifier, importer)))?.id)
            await check(imported, targets.get(specifier), { importer, side })
          }
          await look().catch((error: Error) => {
            throw this.environment.mode === 'dev' ? Object.assign(error, { loc: locOf(code, imported) }) : error
          })
        }
      },
    },
    // Vite takes up what importers of a changed module came to the last time, and with it names that may be gone.
    async hotUpdate({ file, modules, type, read }) {
      const isSame = type === 'update' && exported.get(file) === listExports(await read(), file)?.join()
      const { moduleGraph } = this.environment
      for (const module of isSame ? [] : modules) {
        if (type === 'delete') moduleGraph.invalidateModule(module)
        for (const importer of module.importers) moduleGraph.invalidateModule(importer)
      }
    },
  }
}

const isFramework = (specifier: string): boolean => /^layer9(?:\/|$)/.test(specifier)

/** Whether a module is the framework's, and may be had on this side: others refuse it, in words of their own. */
function isDoor(specifier: string, side: Side): boolean {
  const door = findDoor(specifier, side)
  return door !== undefined && door === findDoor(specifier, 'server')
}

/** Says that an import leads nowhere. @throws IMPORT_NOT_FOUND */
async function refuse(root: string, importer: string, imported: Imported): Promise<void> {
  const { specifier } = imported
  // What plugins make, what lies in `public/` and what a URL names is nobody's file here.
  if (!/^(?:~\/|\.\.?\/|@?[a-z])/i.test(specifier) || /^[a-z][a-z+-]*:/i.test(specifier)) return
  const near = /^(?:~|\.)/.test(specifier)
    ? await nearestFile(root, importer, specifier)
    : nearest(specifier, listDoors())
  const places = await findPlace(root, importer, imported)
  showingPlace(() => {
    throw errors.IMPORT_NOT_FOUND({ specifier, ...(near !== undefined && { near }) }, { places })
  })
}

/** Who imports, and for which side. */
interface Importer {
  readonly importer: string
  readonly side: Side
}

/** What a module wants of another one. */
interface Wanted extends Imported, Importer {
  readonly name: string
  readonly target: string
}

/** What the other module exports. @throws IMPORT_NAME_MISSING, IMPORT_STAYS_ON_SERVER */
async function checkName(root: string, wanted: Wanted): Promise<string | undefined> {
  const { target, importer, side, specifier, name } = wanted
  const from = findDoor(specifier, side) === target ? specifier : pathIn(root, target)
  const source = await readSource(target)
  const given = listExports(source, target)
  // What does not parse says so itself.
  if (!given) return undefined
  const sent = side === 'browser' && from.startsWith('app/api/') ? listExports(compileStub(source, from), from) : given
  if (!sent || sent.includes(name)) return given.join()
  const places = await findPlace(root, importer, wanted)
  const near = nearest(name, sent)
  return showingPlace(() => {
    if (given.includes(name)) throw errors.IMPORT_STAYS_ON_SERVER({ name, from }, { places })
    throw errors.IMPORT_NAME_MISSING({ name, from, ...(near !== undefined && { near }) }, { places })
  })
}

/** Where an import is in compiled code: Vite's server follows it through the source maps to what was written. */
function locOf(code: string, span: Imported): { line: number; column: number } {
  const { line, column } = placeOf({ file: '', code }, span)
  return { line, column: column - 1 }
}
