// An import of values that are only used as types becomes an import of types, which the compiler erases.
import { readFileSync } from 'node:fs'
import { type ESTree, parseSync } from 'vite'
import type { TextEdit } from './edit.ts'
import type { Reference } from './reference.ts'

type Edit = Omit<TextEdit, 'file'>

/** The edits that make it one, or undefined when a value of it is used, or may be. */
export function importAsTypes(path: string, reference: Reference): Edit[] | undefined {
  // JavaScript has no types to import.
  if (!/\.[mc]?tsx?$/.test(path)) return undefined
  const { program } = parseSync(path, readFileSync(path, 'utf8'))
  const statement = program.body.find((one) => 'source' in one && one.source?.start === reference.start)
  if (statement?.type === 'ExportNamedDeclaration' && reference.inlineType)
    return [insertType(statement.start + 'export'.length), ...statement.specifiers.flatMap(dropInline)]
  if (statement?.type !== 'ImportDeclaration' || statement.phase) return undefined
  const { specifiers } = statement
  const hasDefault = specifiers[0]?.type === 'ImportDefaultSpecifier'
  // Without bindings it is there for what it does; `import type A, { B }` does not exist.
  if (specifiers.length === 0 || (hasDefault && specifiers.length > 1)) return undefined
  const locals = new Set(specifiers.map(({ local }) => local.name))
  if (!reference.inlineType && isUsedAsValue(program, locals)) return undefined
  return [insertType(statement.start + 'import'.length), ...specifiers.flatMap(dropInline)]
}

const insertType = (at: number): Edit => ({ start: at, end: at, text: ' type' })

type Specifier = ESTree.ImportDeclaration['specifiers'][number] | ESTree.ExportSpecifier

/** `type A` within the braces becomes `A`: twice would be an error. */
function dropInline(specifier: Specifier): Edit[] {
  const name = specifier.type === 'ImportSpecifier' ? specifier.imported : specifier.local
  const isType = 'importKind' in specifier ? specifier.importKind === 'type' : isTypeExport(specifier)
  return isType ? [{ start: specifier.start, end: name.start, text: '' }] : []
}

const isTypeExport = (specifier: Specifier): boolean =>
  specifier.type === 'ExportSpecifier' && specifier.exportKind === 'type'

/** Whatever lies in these is erased. */
const erased: ReadonlySet<string> = new Set([
  'TSTypeAnnotation',
  'TSTypeReference',
  'TSTypeQuery',
  'TSImportType',
  'TSTypeParameterInstantiation',
  'TSTypeParameterDeclaration',
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
  'TSClassImplements',
  'ImportDeclaration',
])

/**
 * Whether one of the names stands where it is not a type. A property or another binding of the same name counts too:
 * that refuses a repair now and then, and never makes a wrong one.
 */
function isUsedAsValue(program: ESTree.Program, names: ReadonlySet<string>): boolean {
  const waiting: unknown[] = [program]
  for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
    if (typeof item !== 'object' || item === null) continue
    const { type, name } = item as { type?: unknown; name?: unknown }
    if (typeof type === 'string' && erased.has(type)) continue
    const isName = type === 'Identifier' || type === 'JSXIdentifier'
    if (isName && typeof name === 'string' && names.has(name)) return true
    // A null, as for an `else` that is not there, is nothing to visit; pushing undefined would end the walk.
    waiting.push(...Object.values(item).filter((value) => typeof value === 'object' && value !== null))
  }
  return false
}
