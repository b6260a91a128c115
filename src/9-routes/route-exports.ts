// What is wrong with the exports of a route file, as far as its text tells: what a start would refuse, said before.
import type { ESTree } from 'vite'
import { type ModuleExport, type ModuleExports, readExports } from '../1-contracts/build.ts'
import type { Layer9Error, Place } from '../1-contracts/index.ts'
import { placeOf } from '../1-contracts/server.ts'
import { errors } from './errors.ts'
import { isHonoured, notYet } from './not-yet.ts'

/** A route file with what it exports. */
interface RouteFile extends ModuleExports {
  /** Relative to app/routes. */
  readonly file: string
  readonly source: string
}

/**
 * Looks for exports that a start would refuse, and for misspelt ones, which it would ignore. Silent about all that only
 * running the module could tell.
 *
 * @param file relative to app/routes
 * @param guards the names that `access` may have, as `readGuardNames` gives them; undefined: nobody can say
 * @returns ROUTE_COMPONENT_MISSING, ROUTE_EXPORT_UNSUPPORTED, ROUTE_ACCESS_UNKNOWN, ROUTE_IDENTITY_INVALID,
 *   ROUTE_STORE_INVALID, ROUTE_EXPORT_MISSPELT
 */
export function checkRouteExports(file: string, source: string, guards: readonly string[] | undefined): Layer9Error[] {
  const exports = readExports(source, file)
  if (!exports) return []
  const route: RouteFile = { ...exports, file, source }
  return [
    ...checkComponent(route),
    ...checkNotYet(route),
    ...checkAccess(route, guards),
    ...checkIdentity(route),
    ...checkStore(route),
    ...checkSpelling(route),
  ]
}

/**
 * The names that pages may give as their `access`, or undefined where the text of `app/middleware/index.ts` does not
 * tell them.
 *
 * @example
 * const source = "import { guards } from 'layer9/middleware'\nexport const access = guards({ signedIn })"
 * readGuardNames(source) // ['everyone', 'signedIn']
 */
export function readGuardNames(source: string, file = 'index.ts'): readonly string[] | undefined {
  const exports = readExports(source, file)
  const found = exports?.list.find(({ name }) => name === 'access')
  if (!exports || (!found && exports.hasStar)) return undefined
  if (!found) return []
  const call = found.value
  if (call?.type !== 'CallExpression' || call.callee.type !== 'Identifier') return undefined
  if (exports.importedAs(call.callee.name) !== 'layer9/middleware guards') return undefined
  const [list] = call.arguments
  const names = list?.type === 'ObjectExpression' ? list.properties.map(keyOf) : [undefined]
  return names.every((name) => name !== undefined) ? ['everyone', ...names] : undefined
}

function keyOf(property: ESTree.ObjectExpression['properties'][number]): string | undefined {
  if (property.type !== 'Property' || property.computed) return undefined
  if (property.key.type === 'Identifier') return property.key.name
  return property.key.type === 'Literal' ? String(property.key.value) : undefined
}

/** Expressions that are no function, whatever is in them. */
const noFunctions = /^(?:Literal|TemplateLiteral|ObjectExpression|ArrayExpression|JSXElement|JSXFragment)$/

function checkComponent(route: RouteFile): Layer9Error[] {
  const found = route.list.find(({ name }) => name === 'default')
  if (found && !noFunctions.test(found.value?.type ?? '')) return []
  return [errors.ROUTE_COMPONENT_MISSING({ file: route.file }, { places: found ? [placeIn(route, found)] : [] })]
}

function checkNotYet(route: RouteFile): Layer9Error[] {
  return route.list
    .filter(({ name, value }) => notYet.includes(name) && value !== undefined && !isHonoured(name, literalOf(value)))
    .map((one) =>
      errors.ROUTE_EXPORT_UNSUPPORTED({ file: route.file, name: one.name }, { places: [placeIn(route, one)] }),
    )
}

function checkAccess(route: RouteFile, guards: readonly string[] | undefined): Layer9Error[] {
  const found = route.list.find(({ name }) => name === 'access')
  const access = literalOf(found?.value)
  if (!found || !guards || access === undefined || typeof access === 'object') return []
  if (access === 'everyone' || guards.includes(String(access))) return []
  const data = { file: route.file, access: String(access), known: guards }
  return [errors.ROUTE_ACCESS_UNKNOWN(data, { places: [placeIn(route, found.value ?? found)] })]
}

function checkIdentity(route: RouteFile): Layer9Error[] {
  return route.list
    .filter(({ name, value }) => name === 'identity' && value !== undefined && isNoIdentity(value))
    .map((one) => errors.ROUTE_IDENTITY_INVALID({ file: route.file }, { places: [placeIn(route, one.value ?? one)] }))
}

/** Values of which the text tells that they are neither a list of texts nor a function. */
function isNoIdentity(value: ESTree.Node): boolean {
  if (value.type !== 'ArrayExpression') return noFunctions.test(value.type)
  return value.elements.some((name) => name?.type === 'Literal' && typeof name.value !== 'string')
}

/** Values other than true and false, as far as the text tells. */
function checkStore(route: RouteFile): Layer9Error[] {
  const isWrong = (value: ESTree.Node): boolean =>
    value.type === 'Literal'
      ? typeof value.value !== 'boolean'
      : noFunctions.test(value.type) || /Function/.test(value.type)
  return route.list
    .filter(({ name, value }) => name === 'store' && value !== undefined && isWrong(value))
    .map((one) => errors.ROUTE_STORE_INVALID({ file: route.file }, { places: [placeIn(route, one.value ?? one)] }))
}

/** Names that mean something here. The others of `notYet` are none: who misspells them misses nothing yet. */
const meant = ['loader', 'head', 'access', 'identity', 'store']

function checkSpelling(route: RouteFile): Layer9Error[] {
  const given = new Set(route.list.map(({ name }) => name))
  return route.list.flatMap((one) => {
    const near = meant.find((name) => !given.has(name) && isSlip(one.name, name))
    if (near === undefined) return []
    const data = { file: route.file, name: one.name, near }
    return [errors.ROUTE_EXPORT_MISSPELT(data, { places: [placeIn(route, one)] })]
  })
}

/**
 * Whether a name is another with one letter more or less, or two neighbours swapped. A letter in the place of another
 * is not looked for: `read`, `leader` and `loaded` are words of their own.
 */
function isSlip(name: string, known: string): boolean {
  if (name.length === known.length) {
    const at = [...name].findIndex((letter, index) => letter !== known[index])
    return at >= 0 && name === known.slice(0, at) + known[at + 1] + known[at] + known.slice(at + 2)
  }
  const [short, long] = name.length < known.length ? [name, known] : [known, name]
  const shorter = [...long].map((_, at) => long.slice(0, at) + long.slice(at + 1))
  return shorter.includes(short)
}

/** The value of a literal; an empty object for functions, lists and objects; undefined for what is computed. */
function literalOf(node: ESTree.Node | undefined): unknown {
  if (node?.type === 'Literal') return node.value
  if (node?.type === 'TemplateLiteral') return node.expressions.length === 0 ? node.quasis[0]?.value.cooked : undefined
  return node && /Function|^(?:Array|Object)Expression$/.test(node.type) ? {} : undefined
}

function placeIn({ file, source }: RouteFile, span: Pick<ModuleExport, 'start' | 'end'>): Place {
  return placeOf({ file: `app/routes/${file}`, code: source }, span)
}
