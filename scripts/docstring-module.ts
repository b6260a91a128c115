// Makes a module of an example, for the compiler to check and for a test to run: what the example names is imported, and
// a comment behind an expression becomes a comparison.
import MagicString from 'magic-string'
import { type ESTree, parseSync } from 'vite'
import { type DocstringExample, fromFile, type Imports } from './docstrings.ts'

/** A module made of an example. Its line n + 1 is the example's line n. */
export interface ExampleModule {
  code: string
  /** How many values it compares when it runs: none where no comment says one. */
  values: number
}

/**
 * Makes a module of an example. In a value `…` is what `rest` of the module `checks` stands for; its `is` compares.
 *
 * @param example with the path of its file from the root of the disk, if it imports files
 * @throws Error where a comment looks like a value and stands behind no expression
 * @example
 * toModule({ file: 'a.ts', line: 2, text: 'one() // 1' }, new Map(), './checks.ts').code
 *   .split('\n')[1] // '_is((one()), (1))'
 */
export function toModule(example: DocstringExample, imports: Imports, checks: string): ExampleModule {
  // A body that is left out is an empty one, of the same length.
  const code = example.text.replaceAll('{ … }', '{   }')
  const parsed = parseSync('example.tsx', code)
  const { body } = parsed.program
  // The compiler says better what is wrong.
  if (parsed.errors.length > 0) return { code: `\n${code}\n`, values: 0 }
  const values = findValues(example, parsed.comments, body)
  const edited = new MagicString(code)
  for (const { expression, said, end } of values) {
    edited.appendLeft(expression.start, '_is((')
    edited.overwrite(expression.end, end, `), (${said.replaceAll(leftOut, spread)}))`)
  }
  for (const node of body) {
    if (node.type !== 'ImportDeclaration') continue
    edited.overwrite(node.source.start, node.source.end, `'${fromFile(example.file, node.source.value)}'`)
  }
  const declared = new Set(body.flatMap(declaredNames))
  const named = [...imports].filter(([name]) => !declared.has(name) && new RegExp(`\\b${name}\\b`).test(code))
  const head = named.map(([, what]) => `import ${what}; `)
  if (values.length > 0) head.push(`import { is as _is, rest as _rest } from '${checks}'`)
  return { code: `${head.join('')}\n${edited}\n`, values: values.length }
}

/** An expression, the value that its comment says, and where that comment ends. */
interface SaidValue {
  readonly expression: ESTree.Span
  readonly said: string
  readonly end: number
}

/** What a value's comment may end with, and what may be said without a value. */
const remark = /(?:^|\s)\([^()]*\)\s*$/

function findValues(
  { file, line, text }: DocstringExample,
  comments: readonly ESTree.Span[],
  body: readonly ESTree.Node[],
): SaidValue[] {
  const found: SaidValue[] = []
  let end = body.at(-1)?.end ?? 0
  for (const [index, comment] of comments.entries()) {
    const isAlone = text.slice(0, comment.start).split('\n').at(-1)?.trim() === ''
    // A value on a line of its own would look as if it were compared.
    if (isAlone && comment.start >= end) throw new Error(`${file}:${line}: a comment stands behind all code`)
    const value = isAlone ? undefined : readValue(text, comments.slice(index))
    if (!value?.said) continue
    const statement = body.find(
      (node) => node.end <= comment.start && !/[^;\s]/.test(text.slice(node.end, comment.start)),
    )
    if (statement?.type !== 'ExpressionStatement')
      throw new Error(`${file}:${line}: no expression stands before // ${value.said}`)
    found.push({ expression: statement.expression, ...value })
    end = Math.max(end, value.end)
  }
  return found
}

/** The value that the first of the comments says. A template literal goes on in those below. */
function readValue(text: string, [first, ...below]: readonly ESTree.Span[]): { said: string; end: number } {
  let { end } = first!
  let said = text
    .slice(first!.start + 2, end)
    .replace(remark, '')
    .trim()
  for (const next of below) {
    if (said.split('`').length % 2 === 1) break
    said += `\n${text.slice(next.start + 2, next.end).replace(/^ /, '')}`
    end = next.end
  }
  return { said, end }
}

/** A `…`, but none in a string: there it is a part of the text. */
const leftOut = /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`|…/g
const spread = (found: string): string => (found === '…' ? '..._rest' : found)

/** The names that a statement of an example declares: it means its own. */
function declaredNames(statement: ESTree.Statement | ESTree.Directive): string[] {
  if (statement.type === 'ImportDeclaration') return statement.specifiers.map(({ local }) => local.name)
  const exports = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration'
  const node = exports ? statement.declaration : statement
  if (node?.type === 'VariableDeclaration') return node.declarations.flatMap(({ id }) => boundNames(id))
  return node && 'id' in node && node.id?.type === 'Identifier' ? [node.id.name] : []
}

function boundNames(pattern: ESTree.BindingPattern): string[] {
  if (pattern.type === 'Identifier') return [pattern.name]
  if (pattern.type === 'AssignmentPattern') return boundNames(pattern.left)
  const parts = pattern.type === 'ArrayPattern' ? pattern.elements : pattern.properties
  return parts.flatMap((part) => {
    if (!part) return []
    return boundNames(part.type === 'RestElement' ? part.argument : part.type === 'Property' ? part.value : part)
  })
}
