// An app's four TypeScript projects, one for each set of names that files may know: what both sides know (contracts), the
// server's (2 to 6), the browser's (7 to 9), and everything (tests and configuration). Each sees the others through
// their declarations, so that no name crosses over. What they say lies in `tsconfig/` of this package.

/** A project of an app: which names its files know. */
export type Side = 'contracts' | 'server' | 'browser' | 'tests'

/** Files of no layer, relative to the app, by the project that takes them in. */
export type Outside = Readonly<Partial<Record<Side, readonly string[]>>>

/** The projects, and whose declarations each sees. */
const seen: Readonly<Record<Side, readonly Side[]>> = {
  contracts: [],
  server: ['contracts'],
  browser: ['contracts', 'server'],
  tests: ['contracts', 'server', 'browser'],
}

/** The names of the projects, each behind those that it sees. */
export const sides = Object.keys(seen) as readonly Side[]

/** What an app's own tsconfig.json says: look there. */
export const ownConfig = { files: [], references: [{ path: '.layer9' }] } as const

/**
 * The project files, by their paths relative to `.layer9`.
 *
 * @param outside files of no layer that some project needs: it must list what it takes in
 * @example
 * projectFiles({})['server.json'] // '// Written by layer9; …'
 */
export function projectFiles(outside: Outside): Record<string, string> {
  const files = sides.map((side) => [`${side}.json`, write(projectOf(side, outside[side] ?? []))])
  const all = { files: [], references: sides.map(toReference) }
  return { ...Object.fromEntries(files), 'tsconfig.json': write(all) }
}

/** The last of `extends` wins: the app may choose aliases and how strict it is, not what a side knows. */
function projectOf(side: Side, files: readonly string[]): object {
  return {
    extends: ['layer9/tsconfig/base', '../tsconfig.json', `layer9/tsconfig/${side}`],
    references: seen[side].map(toReference),
    ...(files.length > 0 && { files: files.map((file) => `../${file}`) }),
    ...rootOf(files),
  }
}

/** A project's files lie below one folder: where the app takes in what lies above it, a folder further up. */
function rootOf(files: readonly string[]): object {
  const steps = files.map((file) => /^(?:\.\.\/)*/.exec(file)?.[0] ?? '')
  const highest = steps.reduce((one, other) => (other.length > one.length ? other : one), '')
  return highest === '' ? {} : { compilerOptions: { rootDir: `../${highest}` } }
}

const toReference = (side: Side) => ({ path: `./${side}.json` })

const write = (config: object): string =>
  `// Written by layer9; changes here are lost. Compiler options of the app's own stand in its tsconfig.json.\n${JSON.stringify(config, undefined, 2)}\n`
