// The layer rules inside Vite: a build ends with the same message that `layer9 check` prints, the development server
// shows it on its overlay, and a browser's graph is refused what only the server may have.
import { existsSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import type { Plugin, Rolldown } from 'vite'
import type { Layer9Error } from '../../1-contracts/index.ts'
import { errors as refusals, waysOut } from '../refuse/errors.ts'
import { Checker } from './checker.ts'
import { drawLine, drawViolation } from './draw.ts'
import { errors } from './errors.ts'
import { isServerLayer, layerNumbered } from './layers.ts'
import type { Alias } from './resolve.ts'
import { isScanned } from './scan.ts'
import type { Violation } from './violation.ts'

/** What Vite and Rolldown show of an error beside its message. */
interface Shown {
  readonly message: string
  /** The file, absolute, so that an editor can be opened. */
  readonly id?: string
  readonly frame?: string
  readonly loc?: { readonly file: string; readonly line: number; readonly column: number }
}

/** Options of `layersPlugin`. */
export interface LayersPluginOptions {
  /** The folder that holds `app/`. */
  readonly root: string
}

const name = 'layer9:layers'
const serverDoor = new RegExp(`^(?:${Object.keys(waysOut).join('|')})$`)
const notOurs = /[\\/]node_modules[\\/]|^\0/

/**
 * The Vite plugin of the layer rules. It must stand before plugins that change what a file imports, for it judges the
 * files as they are written. A broken rule is thrown with `id`, `loc`, `frame` and `plugin`, as Vite's overlay wants it.
 */
export function layersPlugin({ root }: LayersPluginOptions): Plugin {
  let checker = new Checker({ root })
  let isBuild = false
  let checked: Promise<readonly Violation[]> | undefined
  return {
    name,
    enforce: 'pre',
    sharedDuringBuild: true,
    configResolved(config) {
      isBuild = config.command === 'build'
      checker = new Checker({ root, aliases: config.resolve.alias.filter(isOwnAlias) })
    },
    async buildStart() {
      if (!isBuild) return
      // Both halves of a build ask; the rules are the same for both.
      checked ??= checker.checkAll().then(({ violations }) => violations)
      const violations = await checked
      if (violations.length > 0) throw shown({ message: violations.map(drawViolation).join('\n\n') }, isBuild)
    },
    watchChange(file, { event }) {
      checker.changed(file, event)
      checked = undefined
    },
    resolveId: {
      order: 'pre',
      filter: { id: serverDoor },
      handler(door, importer, options) {
        if (this.environment.config.consumer !== 'client' || ('scan' in options && options.scan)) return undefined
        throw shown(refusedDoor(checker, root, { door, importer }), isBuild)
      },
    },
    load: {
      order: 'pre',
      filter: { id: { exclude: notOurs } },
      handler(id) {
        if (this.environment.config.consumer !== 'client' || !isServerFile(checker, withoutQuery(id))) return
        throw shown(refusedModule(checker, withoutQuery(id), importerOf(id, this)), isBuild)
      },
    },
    transform: {
      order: 'pre',
      filter: { id: { exclude: notOurs } },
      handler(_code, id) {
        const file = withoutQuery(id)
        if (isBuild || !isScanned(file) || !existsSync(file)) return
        const [violation] = checker.checkFile(file)
        if (violation) throw shown(shownViolation(violation, file), isBuild)
      },
    },
  }
}

/**
 * An error whose stack shows none of the machinery it went through. The bundler prints message and stack of a failed
 * build, so there the stack is empty; a server's log prints the stack alone, so there it says all.
 */
function shown(parts: Shown, isBuild: boolean): Error {
  const error = Object.assign(new Error(parts.message), parts)
  error.stack = isBuild ? '' : [parts.message, parts.frame].filter(Boolean).join('\n')
  return error
}

/** Vite's own aliases (its client) are patterns that no app's import can mean. */
function isOwnAlias(alias: { find: string | RegExp; replacement: string }): alias is Alias {
  return !(alias.find instanceof RegExp && /@vite/.test(alias.find.source))
}

function isServerFile(checker: Checker, path: string): boolean {
  const layer = isAbsolute(path) ? checker.layerOf(path) : undefined
  return layer !== undefined && isServerLayer(layerNumbered(layer)) && checker.isOwn(path)
}

function withoutQuery(id: string): string {
  return id.replace(/\?.*$/s, '')
}

/** A violation for the overlay, which draws message, file and frame itself. */
function shownViolation(violation: Violation, file: string): Shown {
  const { code, message, fix, line, column } = violation
  const at = { id: file, loc: { file, line, column: column - 1 } }
  return { message: `${code}  ${message}\n  ${fix}`, ...at, frame: drawLine(violation) }
}

/** The refusal of `layer9/platform` and the like, with the import that asked for it. */
function refusedDoor(
  checker: Checker,
  root: string,
  { door, importer }: { door: string; importer: string | undefined },
): Shown {
  const file = importer && withoutQuery(importer)
  const place = file && existsSync(file) ? checker.findImport(file, door) : undefined
  const named = place ? `${place.file}:${place.line}` : file?.replace(`${root}/`, '')
  const error = refusals.SERVER_DOOR_IN_BROWSER({ door, ...(named && { importer: named }) })
  return {
    ...drawnRefusal(error),
    ...(file && { id: file }),
    ...(place && { frame: drawLine(place), loc: locationOf(file, place) }),
  }
}

/** What the rules should have caught at the import; whatever way it came in by, it does not get into a browser. */
function refusedModule(checker: Checker, id: string, importer: string | undefined): Shown {
  const facts = { line: 0, column: 1, length: 0, names: [], typeOnly: false, text: '', specifier: checker.relative(id) }
  const to = layerNumbered(checker.layerOf(id) ?? 0)
  const file = importer ? checker.relative(withoutQuery(importer)) : 'The browser build'
  return { ...drawnRefusal(errors.LAYER_WIRE({ ...facts, file, to })), id }
}

/** Which module asked for one that is about to be loaded: the bundler does not say, so all that it knows are searched. */
function importerOf(
  id: string,
  graph: Pick<Rolldown.PluginContext, 'getModuleIds' | 'getModuleInfo'>,
): string | undefined {
  for (const candidate of graph.getModuleIds()) {
    const info = graph.getModuleInfo(candidate)
    if (info && [...info.importedIds, ...info.dynamicallyImportedIds].includes(id)) return candidate
  }
  return undefined
}

function drawnRefusal(error: Layer9Error): Shown {
  return { message: `${error.code}  ${error.message}\n  ${error.fix}` }
}

function locationOf(file: string | undefined, place: { line: number; column: number }): NonNullable<Shown['loc']> {
  return { file: file ?? '', line: place.line, column: place.column - 1 }
}
