// Reads the examples of docstrings, and what they may name.
import { dirname, join } from 'node:path'
import { parseSync } from 'vite'

/** An example: the text behind `@example`, without the stars. */
export interface DocstringExample {
  /** The file that it stands in, as it was given. */
  file: string
  /** Where its first line is in that file. */
  line: number
  text: string
}

/** What follows `@example` at the beginning of a line, up to the next tag. */
const tagged = /(?:^|\n)[ \t]*\* @example\b[\s*]*((?:.|\n)*?)(?=\n\s*\* @|$)/g

/**
 * The examples of one source file.
 *
 * @example
 * extractDocstrings('a.ts', '/** @example\n * one()\n *\/')   // [{ file: 'a.ts', line: 2, text: 'one()' }]
 */
export function extractDocstrings(file: string, source: string): DocstringExample[] {
  const docstrings = parseSync(file, source).comments.filter(({ type, value }) => type === 'Block' && value[0] === '*')
  return docstrings.flatMap(({ start, value }) =>
    Array.from(value.matchAll(tagged), (found) => {
      const [whole, body = ''] = found
      const begin = start + '/*'.length + found.index + whole.length - body.length
      // The end of a comment would end the docstring, so it is written with a backslash.
      const text = body.replaceAll(/\n[ \t]*\*? ?/g, '\n').replaceAll('*\\/', '*/')
      return { file, line: source.slice(0, begin).split('\n').length, text: text.trimEnd() }
    }),
  )
}

/** How names are imported, each behind its name: `{ a as b } from '/src/a.ts'`. */
export type Imports = ReadonlyMap<string, string>

/** What an example in a file may name without importing it: what the file exports, and what it imports itself. */
export function importsOf(path: string, source: string): Imports {
  const { module } = parseSync(path, source)
  const imported = module.staticImports.flatMap(({ moduleRequest, entries }) =>
    entries.map(({ importName: { kind, name }, localName: { value: local } }): [string, string] => {
      const what = kind === 'Default' ? local : kind === 'Name' ? `{ ${name} as ${local} }` : `* as ${local}`
      return [local, `${what} from '${fromFile(path, moduleRequest.value)}'`]
    }),
  )
  const exported = module.staticExports
    .flatMap(({ entries }) => entries)
    .flatMap(({ exportName: { name } }): [string, string][] => (name ? [[name, `{ ${name} } from '${path}'`]] : []))
  return new Map([...imported, ...exported])
}

/** The module that a file imports, from wherever it is imported: the path of a file, or the name of a package. */
export const fromFile = (path: string, specifier: string): string =>
  specifier.startsWith('.') ? join(dirname(path), specifier) : specifier
