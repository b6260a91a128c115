// Measures one source file: its lines, comments, functions, and what the types give up.
import { type ESTree, parseSync, Visitor } from 'vite'

/** A function with a name, as long as it is written. */
export interface MeasuredFunction {
  readonly name: string
  readonly line: number
  readonly lines: number
  readonly parameters: number
}

/** What is counted in one file. */
export interface MeasuredFile {
  /** Lines of the file, blank ones included. */
  readonly lines: number
  /** Lines that hold a comment and nothing else. */
  readonly commentLines: number
  readonly functions: readonly MeasuredFunction[]
  /** Uses of the type `any`. */
  readonly anys: number
  /** Uses of `x as T`; `as const` is none. */
  readonly casts: number
  /** Lines that put something off: TODO and the like. */
  readonly putOff: readonly number[]
}

type Body = ESTree.Function | ESTree.ArrowFunctionExpression

/** Counts what there is in a file. The path tells the parser which language it is. */
export function measure(path: string, text: string): MeasuredFile {
  const { program, comments } = parseSync(path, text)
  const lineOf = lineFinder(text)
  const functions: MeasuredFunction[] = []
  let anys = 0
  let casts = 0
  const add = (name: string, body: Body, whole: { start: number; end: number } = body): void => {
    const line = lineOf(whole.start)
    // TypeScript's `this` parameter is a type, not an argument.
    const parameters = body.params.filter((param) => !(param.type === 'Identifier' && param.name === 'this')).length
    functions.push({ name, line, lines: lineOf(whole.end) - line + 1, parameters })
  }
  new Visitor({
    FunctionDeclaration: (node) => {
      if (node.body) add(node.id?.name ?? 'default', node)
    },
    MethodDefinition: (node) => {
      if (node.value.body) add(nameOf(node.key), node.value, node)
    },
    VariableDeclarator: (node) => {
      const isFunction = node.init?.type === 'ArrowFunctionExpression' || node.init?.type === 'FunctionExpression'
      if (isFunction && node.id.type === 'Identifier') add(node.id.name, node.init as Body)
    },
    TSAnyKeyword: () => {
      anys++
    },
    TSAsExpression: (node) => {
      const { typeAnnotation: type } = node
      const isConst =
        type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && type.typeName.name === 'const'
      if (!isConst) casts++
    },
  }).visit(program)
  return {
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    commentLines: commentLines(text, comments, lineOf),
    functions,
    anys,
    casts,
    putOff: comments.filter(({ value }) => /\b(?:TODO|FIXME|XXX|HACK)\b/.test(value)).map(({ start }) => lineOf(start)),
  }
}

function nameOf(key: ESTree.PropertyKey): string {
  if (key.type === 'Identifier') return key.name
  return key.type === 'PrivateIdentifier' ? `#${key.name}` : '[computed]'
}

function commentLines(
  text: string,
  comments: readonly { start: number; end: number }[],
  lineOf: (offset: number) => number,
): number {
  let count = 0
  for (const { start, end } of comments) {
    const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
    const after = text.slice(end, text.indexOf('\n', end) < 0 ? undefined : text.indexOf('\n', end))
    if (before.trim() === '' && after.trim() === '') count += lineOf(end - 1) - lineOf(start) + 1
  }
  return count
}

/** Line of an offset, counted from 1. */
function lineFinder(text: string): (offset: number) => number {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    let low = 0
    let high = starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (starts[middle]! <= offset) low = middle + 1
      else high = middle
    }
    return low
  }
}
