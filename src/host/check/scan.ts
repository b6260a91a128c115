// Reads what one file refers to. The parser's module record gives static imports quickly; the tree is asked for only
// where the text could hold another form (a regular expression that never misses one, and may look once too often).
import { parse, parseSync } from 'vite'
import { commentReferences } from './comments.ts'
import type { Reference, Scan } from './reference.ts'
import { styleReferences } from './styles.ts'
import { treeReferences } from './tree.ts'

type Parsed = ReturnType<typeof parseSync>
type ModuleRecord = Parsed['module']
type StaticImport = ModuleRecord['staticImports'][number]
type StaticExport = ModuleRecord['staticExports'][number]

const codeExtension = /\.[mc]?[jt]sx?$/
const styleExtension = /\.(css|scss|sass|less|styl|pcss|postcss)$/

/** Whether a file holds a module of JavaScript or TypeScript. */
export function isCode(path: string): boolean {
  return codeExtension.test(path)
}

/** Whether a file is one whose references are read: code or a style sheet. */
export function isScanned(path: string): boolean {
  return codeExtension.test(path) || styleExtension.test(path)
}

/**
 * Words without which none of the forms that need the tree can occur. A backslash-u may spell any of them, so a file
 * with one is looked at too.
 */
const needsTree =
  /\brequire\b|\bimport\s*[(/.]|\bnew\s*(?:\/|\(|URL|Worker|SharedWorker)|\b(?:Shared)?Worker\b|\bmodule\b\s*["'/]|[.[]\s*["'`]?(?:mock|doMock|unmock|importActual|importMock|requireActual)\b|createRequire|getBuiltinModule|\bexport\s*(?:\/|\{\s*[}/])|\\u/

/** Comments are looked at where they can hold a reference: `/// <reference`, and `import` in JSDoc of JavaScript files. */
const needsComments = /\/\/\/\s*<|@import|import\s*\(/

/** Reads a file's references on this thread: for a file at a time. */
export function scanFile(path: string, text: string): Scan {
  if (styleExtension.test(path)) return { references: styleReferences(path, text) }
  return scanParsed(path, text, parseSync(path, text, parserOptions(path)))
}

/** The same with the parser on its own threads: for a whole project. */
export async function scanFileAsync(path: string, text: string): Promise<Scan> {
  if (styleExtension.test(path)) return { references: styleReferences(path, text) }
  return scanParsed(path, text, await parse(path, text, parserOptions(path)))
}

/** Vite reads JSX in .js files only when told; here it is harmless to always allow it in JavaScript. */
function parserOptions(path: string): { lang?: 'jsx'; sourceType?: 'commonjs' } {
  if (path.endsWith('.cjs')) return { lang: 'jsx', sourceType: 'commonjs' }
  return /\.m?js$/.test(path) ? { lang: 'jsx' } : {}
}

function scanParsed(path: string, text: string, first: Parsed): Scan {
  // A .js file without a word of modules may be one of CommonJS, where a `return` may stand outside of functions.
  const isCommonJs = first.errors.length > 0 && path.endsWith('.js') && !first.module.hasModuleSyntax
  const parsed = isCommonJs ? parseSync(path, text, { lang: 'jsx', sourceType: 'commonjs' }) : first
  const references = [
    ...parsed.module.staticImports.map((found) => importReference(found, text)),
    ...parsed.module.staticExports.flatMap((found) => exportReference(found, text)),
  ]
  if (needsTree.test(text)) references.push(...treeReferences(parsed.program))
  if (needsComments.test(text)) references.push(...commentReferences(parsed.comments, !/tsx?$/.test(path)))
  references.sort((left, right) => left.start - right.start)
  const fault = parsed.errors.find((error) => error.severity === 'Error')
  if (!fault) return { references }
  const label = fault.labels[0]
  return { references, fault: { message: fault.message, start: label?.start ?? 0, end: label?.end ?? 1 } }
}

function importReference({ start, moduleRequest, entries }: StaticImport, text: string): Reference {
  const statement = text.slice(start, moduleRequest.start)
  const allTypes = entries.every((entry) => entry.isType)
  // `import type {…}`, `import type T`, but not `import type from`, a default import of that name.
  const typeOnly = allTypes && /^import\s+type\b\s*(?!from\b|,)/.test(withoutComments(statement))
  const names = entries.map(({ importName, localName }) =>
    importName.kind === 'Name' ? (importName.name ?? localName.value) : localName.value,
  )
  const inlineType = allTypes && entries.length > 0 && !typeOnly
  return { form: 'import', ...place(moduleRequest), typeOnly, names, ...(inlineType && { inlineType }) }
}

/** An export with a source; one statement has an entry per binding, all with the same source. */
function exportReference({ start, entries }: StaticExport, text: string): Reference[] {
  const request = entries.find((entry) => entry.moduleRequest)?.moduleRequest
  // `export { x }` of an imported x is told of with the place of its import, which is counted there.
  if (!request || text.startsWith('import', start)) return []
  const allTypes = entries.every((entry) => entry.isType)
  const typeOnly = allTypes && /^export\s+type\b/.test(withoutComments(text.slice(start, request.start)))
  const names = entries.map((entry) => entry.importName.name).filter((name) => name !== null)
  const inlineType = allTypes && !typeOnly
  return [{ form: 'export', ...place(request), typeOnly, names, ...(inlineType && { inlineType }) }]
}

function place(request: { value: string; start: number; end: number }): Pick<Reference, 'specifier' | 'start' | 'end'> {
  return { specifier: request.value, start: request.start, end: request.end }
}

/** Comments between the words of an import statement, where no string can stand, become blanks. */
function withoutComments(statement: string): string {
  return statement.includes('/') ? statement.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, ' ') : statement
}
