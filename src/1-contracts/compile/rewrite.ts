// A browser's module with the parts of contracts that it names in the place of the contracts. It sees JavaScript: types and
// JSX are gone by then, and so is what only the server runs.
import MagicString, { type SourceMap } from 'magic-string'
import { type ESTree, parseSync } from 'vite'
import type { DescribedModule } from './describe.ts'
import { findPart, type Named, type NamedPart } from './parts.ts'
import { findUses, type Span, typesIn } from './uses.ts'

type Node = ESTree.Node

/** What an imported name is, and the module that makes it. */
export interface Binding {
  readonly named: Named
  readonly origin: DescribedFile
}

/** A module that makes contracts. */
export interface DescribedFile extends DescribedModule {
  /** Absolute. */
  readonly file: string
}

/** The id of the module that is one part of the contracts that a module makes. */
const partId = (file: string, part: string): string => `${file}?layer9-contract=${part}`

/** A module that was changed, as Vite takes it. */
export interface RewrittenModule {
  readonly code: string
  readonly map: SourceMap
}

/**
 * Puts parts in the place of contracts; undefined where none is named. See Contract 6 in ARCHITECTURE.md.
 *
 * @param bindings what the names are that the module imports
 * @param own the module itself where it makes contracts: they become their parts, and what else it does when it is loaded
 *   is marked as pure, so that a bundler drops it where nobody uses it
 */
export function rewriteModule(
  code: string,
  bindings: ReadonlyMap<string, Binding>,
  own?: DescribedFile,
): RewrittenModule | undefined {
  const { program } = parseSync('module.js', code)
  const edit = new Edit(code)
  const all = new Map([...bindings, ...(own ? replaceOwn(program, own, edit) : [])])
  const validating = importedValidate(program)
  const uses = findUses(program, new Set([...all.keys(), ...validating]))
  const validators = new Set(uses.map(({ name }) => name).filter((name) => validating.has(name)))
  for (const use of uses) {
    const binding = all.get(use.name)
    const part = binding && findPart(use, binding.named, validators)
    if (binding && part) edit.replace(part.node, part, binding.origin)
  }
  return edit.result()
}

/** The code of one part. */
export function writePart({ file, parts }: Omit<DescribedFile, 'exports'>, part: string): string | undefined {
  const code = Object.hasOwn(parts, part) ? parts[part] : undefined
  if (code === undefined) return undefined
  const door = "import * as contracts from 'layer9/contracts/browser'"
  return [door, ...importsOf(code, { file, parts }), `export const ${part} = ${code}`, ''].join('\n')
}

/** Imports of the parts that code names. */
function importsOf(code: string, { file, parts }: Omit<DescribedFile, 'exports'>): string[] {
  const words = code.replace(/"(?:[^"\\]|\\.)*"/g, '').match(/[\w$]+/g)
  const names = new Set(words?.filter((word) => Object.hasOwn(parts, word)))
  return [...names].map((name) => `import { ${name} } from ${JSON.stringify(partId(file, name))}`)
}

/** Makes the contracts of a module of their parts, and all else pure; what its constants are then. */
function replaceOwn(program: ESTree.Program, own: DescribedFile, edit: Edit): Map<string, Binding> {
  const replaced = new Map<string, Binding>()
  const names = exportedNames(program)
  for (const { local, isConstant, node } of initialValues(program)) {
    const named = own.exports[names.get(local) ?? local]
    const whole = isConstant ? named?.whole : undefined
    if (named && whole !== undefined && edit.replace(node, { code: whole }, own))
      replaced.set(local, { named, origin: own })
    else if (hasEffects(node)) edit.makePure(node)
  }
  return replaced
}

interface InitialValue {
  /** `default` for what is exported as such without a name. */
  readonly local: string
  readonly isConstant: boolean
  readonly node: Node
}

/** What the names of a module are given when it is loaded. */
function initialValues(program: ESTree.Program): InitialValue[] {
  return program.body.flatMap((statement): InitialValue[] => {
    if (statement.type === 'ExportDefaultDeclaration') {
      const { declaration } = statement
      const isValue = !/Declaration$|Function|^Class/.test(declaration.type)
      return isValue ? [{ local: 'default', isConstant: true, node: declaration }] : []
    }
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declaration?.type !== 'VariableDeclaration') return []
    const isConstant = declaration.kind === 'const'
    return declaration.declarations.flatMap(({ id, init }) =>
      id.type === 'Identifier' && init ? [{ local: id.name, isConstant, node: init }] : [],
    )
  })
}

/** What constants are exported as, where that is another name: `export { Post as Notice }`. */
function exportedNames(program: ESTree.Program): Map<string, string> {
  const specifiers = program.body.flatMap((statement) =>
    statement.type === 'ExportNamedDeclaration' && statement.source === null ? statement.specifiers : [],
  )
  return new Map(specifiers.map(({ local, exported }) => [nameOf(local), nameOf(exported)]))
}

const nameOf = (name: ESTree.ModuleExportName): string => (name.type === 'Literal' ? name.value : name.name)

/** The names by which a module calls `validate`. */
function importedValidate(program: ESTree.Program): Set<string> {
  const imports = program.body.filter(
    (statement) => statement.type === 'ImportDeclaration' && statement.source.value === 'layer9/contracts',
  ) as ESTree.ImportDeclaration[]
  const found = imports.flatMap(({ specifiers }) =>
    specifiers.filter((one) => one.type === 'ImportSpecifier' && nameOf(one.imported) === 'validate'),
  )
  return new Set(found.map(({ local }) => local.name))
}

/** What a bundler cannot tell from an effect: calls, and reading members, which may be a call. */
function hasEffects(node: Node): boolean {
  const types = typesIn(node)
  // It cannot be wrapped.
  if (types.has('AwaitExpression')) return false
  return ['CallExpression', 'NewExpression', 'TaggedTemplateExpression', 'MemberExpression', 'SpreadElement'].some(
    (type) => types.has(type),
  )
}

/** The text as it changes. */
class Edit {
  readonly #text: MagicString
  /** What stands before the module's own code, in one line so that its own lines stay where they are. */
  readonly #before = new Set<string>()
  readonly #replaced: Span[] = []

  constructor(code: string) {
    this.#text = new MagicString(code)
  }

  /** Puts a part in the place of an expression; false where it cannot be there. */
  replace(span: Span, { code, constant }: Omit<NamedPart, 'node'>, origin: DescribedFile): boolean {
    // Within what is gone already.
    if (this.#replaced.some(({ start, end }) => start <= span.start && span.end <= end)) return false
    this.#replaced.push(span)
    this.#text.update(span.start, span.end, code)
    for (const line of importsOf(constant?.code ?? code, origin)) this.#before.add(line)
    if (constant) this.#before.add(`const ${constant.name} = ${constant.code}`)
    return true
  }

  makePure({ start, end }: Span): void {
    this.#text.appendLeft(start, '/*#__PURE__*/ (() => (').appendRight(end, '))()')
  }

  result(): RewrittenModule | undefined {
    if (!this.#text.hasChanged()) return undefined
    if (this.#before.size > 0) this.#text.prepend(`${[...this.#before].join(';')};`)
    return { code: this.#text.toString(), map: this.#text.generateMap({ hires: 'boundary' }) }
  }
}
