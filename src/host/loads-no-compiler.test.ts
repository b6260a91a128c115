// What runs where no app is built: commands, a server and what a build holds of its database load no compiler. And
// what builds loads no database, which many apps have not.
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseSync } from 'vite'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')

/** The packages that a module loads before it does anything, through all modules of ours. */
function packagesOf(file: string, seen: Set<string> = new Set()): Set<string> {
  const packages = new Set<string>()
  if (seen.has(file)) return packages
  seen.add(file)
  for (const from of loadedBy(file)) {
    if (!from.startsWith('.')) packages.add(from)
    else for (const found of packagesOf(resolve(dirname(file), from), seen)) packages.add(found)
  }
  return packages
}

/** What a module names in its imports and exports; types are gone when it runs. */
function loadedBy(file: string): string[] {
  const { staticImports, staticExports } = parseSync(file, readFileSync(file, 'utf8')).module
  const imported = staticImports
    .filter(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType))
    .map(({ moduleRequest }) => moduleRequest.value)
  const passedOn = staticExports.flatMap(({ entries }) => entries).filter(({ isType }) => !isType)
  return [...imported, ...passedOn.flatMap(({ moduleRequest }) => moduleRequest?.value ?? [])]
}

describe('compilers', () => {
  it.each([
    'host/cli/commands.ts',
    'host/cli/start.ts',
    'host/start-build.ts',
    'host/data/app-data.ts',
    '3-data/index.ts',
    '3-data/build.ts',
  ])('are not loaded with %s', (file) => {
    expect([...packagesOf(join(root, file))].filter((name) => /vite|rolldown|magic-string/.test(name))).toEqual([])
  })

  it('are loaded with what builds', () => {
    expect([...packagesOf(join(root, '1-contracts/build.ts'))]).toContain('vite')
  })
})

describe('the layer of data', () => {
  it.each([
    'host/cli/build.ts',
    'host/cli/dev.ts',
    'host/build/build-app.ts',
    'host/dev/dev-server.ts',
    'host/start-build.ts',
  ])('is not loaded with %s: the app may have none', (file) => {
    expect([...packagesOf(join(root, file))]).not.toContain('kysely')
  })

  it('is loaded with what asks a database', () => {
    expect([...packagesOf(join(root, 'host/data/app-data.ts'))]).toContain('kysely')
  })
})
