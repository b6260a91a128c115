// What a module imports and exports, read from its text, and where its author wrote it.
import { relative } from 'node:path'
import { parseSync } from 'vite'
import { readExports } from '../../1-contracts/build.ts'
import type { Place } from '../../1-contracts/index.ts'
import { placeOf } from '../../1-contracts/server.ts'
import { readSource } from './source.ts'

/** What a module takes from another one, and where it says so. */
export interface Imported {
  /** The name in the other module; undefined for the import as such, whose place is that of the path. */
  readonly name?: string
  readonly specifier: string
  readonly start: number
  readonly end: number
}

/** What a module imports or passes on: first the other modules, then their names. */
export function readImports(code: string, file = 'module.js'): Imported[] {
  const { staticImports, staticExports } = parseSync(file, code).module
  const imported = staticImports.flatMap(({ entries, moduleRequest }) =>
    entries.map(({ importName }) => ({ importName, from: moduleRequest })),
  )
  const passedOn = staticExports.flatMap(({ entries }) =>
    entries.map(({ importName, moduleRequest }) => ({ importName, from: moduleRequest })),
  )
  const requests = [
    ...staticImports.map(({ moduleRequest }) => moduleRequest),
    ...passedOn.flatMap(({ from }) => from ?? []),
  ]
  return [
    ...requests.map(({ value, start, end }) => ({ specifier: value, start, end })),
    ...[...imported, ...passedOn].flatMap(({ importName: { kind, name, start, end }, from }) => {
      // A namespace, or everything: no name in particular.
      if (from === null || start === null || end === null || (kind !== 'Name' && kind !== 'Default')) return []
      return [{ name: kind === 'Default' ? 'default' : String(name), specifier: from.value, start, end }]
    }),
  ]
}

/** The names of values that a module exports; undefined where its own text does not tell. */
export function listExports(source: string, file: string): string[] | undefined {
  const exports = readExports(source, file)
  return exports && !exports.hasStar ? exports.list.map(({ name }) => name) : undefined
}

/** Where a file has an import, in the text that its author wrote. */
export async function findPlace(root: string, importer: string, { specifier, name }: Imported): Promise<Place[]> {
  const code = await readSource(importer)
  const found = readImports(code, importer).find((one) => one.name === name && one.specifier === specifier)
  return found ? [placeOf({ file: pathIn(root, importer), code }, found)] : []
}

/** A file's path as messages have it. */
export const pathIn = (root: string, file: string): string => relative(root, file).replaceAll('\\', '/')
