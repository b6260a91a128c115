// The compiler's one entry: a module's text in, its text for one side out.
import MagicString, { type SourceMap } from 'magic-string'
import type { ESTree } from 'vite'
import { placeOf } from '../../1-contracts/server.ts'
import { errors } from '../errors.ts'
import { escapeAttribute } from '../html/escape.ts'
import { replaceSpan } from './edit.ts'
import { hookSignature, hotItems } from './hot.ts'
import { planJsx } from './jsx.ts'
import { insertHead, LocalNames } from './local-names.ts'
import { markLive, writePlace } from './mark-live.ts'
import { isComponentName, type LiveReason, markUnits, type Unit } from './marks.ts'
import { quote } from './markup.ts'
import { type NamedBinding, nameBindings } from './names.ts'
import type { Item, ModuleScan } from './scan.ts'
import { scanModule } from './scanner.ts'
import { writeServerTemplate } from './server-writer.ts'
import { applyCut, planCut, serverExports } from './strip.ts'
import { parseSource, type Span } from './syntax.ts'
import { type MarkElement, type TellPlace, type Template, writeTemplate } from './template.ts'

/** How a module is compiled. */
export interface CompileOptions {
  /** Path in the project with forward slashes: `app/components/Counter.tsx`. It names the module's roots. */
  readonly file: string
  readonly side: 'browser' | 'server'
  /** Whether components are replaced while the page runs. */
  readonly dev: boolean
  /** Whether each element of the page says where it is written, for the inspector. Default false. */
  readonly places?: boolean
  /** Whether it lies under `app/routes`, so that its server exports and plain page are kept from the browser. */
  readonly route: boolean
}

/** A compiled module. TypeScript's types are still in it. */
export interface CompiledModule {
  readonly code: string
  /** Null when nothing was changed. */
  readonly map: SourceMap | null
}

/** What one module says about its components, from itself alone. */
export interface ModuleAnalysis {
  readonly components: readonly ComponentAnalysis[]
  /** Names of bindings that the browser can start: each is exported to it as `__l9_` + name. */
  readonly names: readonly string[]
  /** Exports that run on the server alone, as far as the module has them: `loader`, `head`, `access` … */
  readonly route: readonly string[]
}

/** One component with its mark. */
export interface ComponentAnalysis {
  /** The name it is written with; `default` for an anonymous default export, else empty. */
  readonly name: string
  readonly mark: 'live' | 'plain'
  /** Why it is live: the first thing found. Line and column count from 1. */
  readonly reason?: {
    readonly kind: LiveReason['kind']
    readonly name: string
    readonly line: number
    readonly column: number
  }
}

/** The attribute of an element that says where it is written: `app/routes/index.tsx:4:7`, or `5:9` in the same file. */
export const placeAttribute = 'data-layer9-at'

/** Text without these holds no JSX, hook or context, and makes no component of another one (`memo(Row)`). */
const hasComponents = /<[\w$>]|\buse[A-Z]|\b(?:createContext|root)\b|\(\s*\p{Lu}/u

/**
 * Compiles a module for one side: JSX to templates or string building, marks and names, for the browser without what
 * only the server runs.
 *
 * @throws JSX_SYNTAX, JSX_NESTING and the other errors of `compileErrors`, COMPONENT_ASYNCHRONOUS; with their place
 * @example
 * const code = 'export default () => <p>Hello</p>'
 * compileModule(code, { file: 'app/routes/index.tsx', side: 'server', dev: false, route: true }).code // '…<p>Hello</p>…'
 */
export function compileModule(code: string, options: CompileOptions): CompiledModule {
  if (!options.route && !hasComponents.test(code)) return { code, map: null }
  const scan = scanModule(parseSource(code, options.file))
  const units = markUnits(scan)
  const text = new MagicString(code, { filename: options.file })
  const compilation = {
    scan,
    units,
    named: nameBindings(scan, units),
    text,
    names: new LocalNames(code, options.side),
    options,
  }
  refuseAsynchronous(scan, units)
  identifyContexts(compilation)
  const gone = options.side === 'browser' ? compileForBrowser(compilation) : []
  if (options.side === 'server') compileForServer(compilation)
  if (!text.hasChanged()) return { code, map: null }
  const map = text.generateMap({ source: options.file, includeContent: true, hires: 'boundary' })
  // What the browser does not get as code it does not get as a source either; positions stay as they are.
  map.sourcesContent = [blank(code, gone)]
  return { code: text.toString(), map }
}

/** The text with some stretches turned to spaces, line breaks kept. */
function blank(code: string, spans: readonly Span[]): string {
  let text = code
  for (const { start, end } of spans) {
    text = text.slice(0, start) + text.slice(start, end).replace(/[^\n\r]/g, ' ') + text.slice(end)
  }
  return text
}

/** Marks and names of a module, without compiling it. @throws JSX_SYNTAX */
export function analyseModule(code: string, file: string): ModuleAnalysis {
  const scan = scanModule(parseSource(code, file))
  const units = markUnits(scan)
  return {
    components: units.filter(({ name }) => !/^use[A-Z]/.test(name ?? '')).map((unit) => describe(unit, scan)),
    names: nameBindings(scan, units).map(({ name }) => name),
    route: scan.exports.map(({ exported }) => exported).filter((name) => serverExports.has(name)),
  }
}

/** A component as `analyseModule` tells of it. */
export function describe(unit: Unit, scan: ModuleScan): ComponentAnalysis {
  const { reason, fn } = unit
  const isDefault = scan.exports.some(({ exported, item }) => exported === 'default' && item?.node === fn.node)
  const name = unit.name ?? (isDefault ? 'default' : '')
  if (!reason) return { name, mark: 'plain' }
  const { line, column } = placeOf(scan, reason.span)
  return { name, mark: 'live', reason: { kind: reason.kind, name: reason.name, line, column } }
}

/** A module on its way through the compiler. */
interface Compilation {
  readonly scan: ModuleScan
  readonly units: readonly Unit[]
  readonly named: readonly NamedBinding[]
  readonly text: MagicString
  readonly names: LocalNames
  readonly options: CompileOptions
}

/** Returns what was cut. */
function compileForBrowser(compilation: Compilation): Span[] {
  const { scan, units, named, text, names, options } = compilation
  const cut = planCut(scan, { units, named, route: options.route })
  const gone = applyCut(text, scan, cut)
  const isKept = (span: Span): boolean => !gone.some(({ start, end }) => start <= span.start && span.end <= end)
  const templates = replaceJsx(compilation, isKept)
  const hot = options.dev ? hotItems(scan, units).filter((item) => isKept(item.node)) : []
  const anonymous = [...named.map(({ item }) => item), ...hot].find(({ names }) => names.length === 0)
  if (anonymous) nameDefault(anonymous.node, anonymous.statement, compilation)
  annotatePureCalls(compilation, isKept)
  const head = templates.map((template, index) => {
    return `const ${names.template(index)} = ${writeTemplate(template, names.call, quote)};`
  })
  const foot = hot.map((item) => {
    const local = item.names[0] ?? anonymousDefault
    const id = `${options.file}#${item.names[0] ?? 'default'}`
    return `${names.call('hot')}(${local}, ${quote(id)}, ${quote(hookSignature(item, units, scan))});`
  })
  if (anonymous) foot.unshift(...exportDefault(anonymous.node))
  if (named.length > 0) {
    const exported = named.map(({ local, name }) => {
      const from = local ?? anonymousDefault
      return from === `__l9_${name}` ? from : `${from} as __l9_${name}`
    })
    foot.push(`export { ${exported.join(', ')} };`)
  }
  if (hot.length > 0 && exportsOnlyComponents(compilation, cut.exports)) {
    foot.push('if (import.meta.hot) import.meta.hot.accept();')
  }
  insertHead(text, scan, names.importFrom('layer9/components/browser'), head)
  if (foot.length > 0) text.append(`\n${foot.join('\n')}\n`)
  return gone
}

function compileForServer(compilation: Compilation): void {
  const { scan, units, named, text, names, options } = compilation
  const templates = replaceJsx(compilation, () => true)
  const anonymous = named.find(({ local }) => local === null)
  if (anonymous) nameDefault(anonymous.item.node, anonymous.item.statement, compilation)
  const head = templates.flatMap((template, index) => writeServerTemplate(template, index, names))
  head.push(...markLive(units, text, { names, anonymous: anonymousDefault, scan }))
  const foot = named.map(({ local, name }) => {
    return `${names.call('name')}(${local ?? anonymousDefault}, ${quote(options.file)}, ${quote(name)});`
  })
  if (anonymous) foot.unshift(...exportDefault(anonymous.item.node))
  insertHead(text, scan, names.importFrom('layer9/components/server'), head)
  if (foot.length > 0) text.append(`\n${foot.join('\n')}\n`)
}

/** @throws COMPONENT_ASYNCHRONOUS for a component that cannot be shown, before anything runs */
function refuseAsynchronous(scan: ModuleScan, units: readonly Unit[]): void {
  for (const { fn, name } of units) {
    const isDefault = () => scan.exports.some(({ exported, item }) => exported === 'default' && item?.node === fn.node)
    if (!fn.node.async || !(isComponentName(name ?? '') || isDefault())) continue
    const end = fn.node.body?.start ?? fn.node.end
    const places = [placeOf(scan, { start: fn.node.start, end })]
    throw errors.COMPONENT_ASYNCHRONOUS({ component: name ?? '' }, { places })
  }
}

/** Gives contexts the id by which both sides know them: a further argument, so that an unused one can still be dropped. */
function identifyContexts({ scan, text, options }: Compilation): void {
  for (const item of scan.items) {
    const call = frameworkCall(item, scan)
    if (call?.name !== 'createContext') continue
    const { arguments: given, end } = call.node
    const [name = 'default'] = item.names
    const missing = ', undefined'.repeat(2 - given.length)
    const id = `${missing}, ${quote(`${options.file}#${name}`)}`
    const last = given.at(-1)
    if (last) text.appendLeft(last.end, id)
    else text.appendLeft(end - 1, id.slice(2))
  }
}

function replaceJsx({ scan, units, names, text, options }: Compilation, isKept: (span: Span) => boolean): Template[] {
  const live = new Set(units.flatMap(({ reason, functions }) => (reason ? functions : [])).flatMap((fn) => fn.elements))
  // Of plain components alone: live ones may give handlers, and are no edge. Of elements while one develops.
  const tell: TellPlace = (element, span) => {
    if (names.side === 'browser' || live.has(element) || (!span && !options.dev)) return null
    return quote(writePlace(scan, span ?? element))
  }
  const mark: MarkElement = (element, isRoot) => {
    if (!options.places) return ''
    const place = writePlace(scan, element.openingElement)
    // Inside a template the file is that of its root, which is around.
    return ` ${placeAttribute}="${escapeAttribute(isRoot ? place : place.slice(scan.file.length + 1))}"`
  }
  const { templates, replacements } = planJsx(scan, names, { isKept, tell, mark })
  // Inner before outer: what an outer one hangs on the end of an inner one must come after that one's own end.
  for (const { span, parts } of replacements.toReversed()) replaceSpan(text, span, parts)
  return templates
}

/** The variable of a default export that has none. */
const anonymousDefault = '__l9_default'

/** Gives an anonymous default export a variable, so that it can be marked, named and exported twice. */
function nameDefault(node: Span & { type: string }, statement: Span, { text, scan }: Compilation): void {
  if (node.type === 'FunctionDeclaration') {
    const keyword = /^(?:async\s+)?function\s*\*?/.exec(scan.code.slice(node.start, node.end))
    text.appendLeft(node.start + keyword![0].length, ` ${anonymousDefault}`)
    return
  }
  text.update(statement.start, node.start, `const ${anonymousDefault} = `)
}

/** The export that an anonymous default expression has lost to its variable; a declaration keeps its own. */
function exportDefault(node: { type: string }): string[] {
  return node.type === 'FunctionDeclaration' ? [] : [`export { ${anonymousDefault} as default };`]
}

/** Calls of the framework that only make something: a bundler may drop one whose result nobody uses. */
const pureCalls: ReadonlySet<string> = new Set(['memo', 'lazy', 'root', 'createContext'])

function annotatePureCalls({ scan, text }: Compilation, isKept: (span: Span) => boolean): void {
  for (const item of scan.items) {
    const call = frameworkCall(item, scan)
    if (call && pureCalls.has(call.name) && isKept(call.node)) text.prependRight(call.node.start, '/*#__PURE__*/ ')
  }
}

/** What of the framework a variable is made with: `memo` of `const X = memo(…)`. */
function frameworkCall({ node }: Item, scan: ModuleScan): { name: string; node: ESTree.CallExpression } | undefined {
  const init = node.type === 'VariableDeclarator' ? node.init : node
  if (init?.type !== 'CallExpression' || init.callee.type !== 'Identifier') return undefined
  const origin = scan.scope.find(init.callee.name)?.origin
  return origin?.source === 'layer9/components' ? { name: origin.imported, node: init } : undefined
}

/** Whether nothing but components leaves the module, so that replacing them replaces all of it. */
function exportsOnlyComponents({ scan, units }: Compilation, cut: ReadonlySet<unknown>): boolean {
  if (scan.hasStar) return false
  const components = new Set(hotItems(scan, units))
  return scan.exports.every((entry) => {
    if (cut.has(entry)) return true
    const item = entry.item ?? scan.items.find(({ names }) => entry.local !== null && names.includes(entry.local))
    return item !== undefined && components.has(item)
  })
}
