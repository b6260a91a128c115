// What runs where no app is built: a command that only starts a server, and the data of an app, load no compiler.
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')

/** The packages that a module loads before it does anything, through all modules of ours. */
function packagesOf(file: string, seen: Set<string> = new Set()): Set<string> {
  const packages = new Set<string>()
  if (seen.has(file)) return packages
  seen.add(file)
  const text = readFileSync(file, 'utf8')
  // Types are gone when it runs, and so are imports of nothing but types.
  for (const [, what = '', from = ''] of text.matchAll(/^(?:import|export) (?!type\b)([^'"]*?)from '([^']+)'/gms)) {
    const names = what.replaceAll(/[{}\s]/g, '')
    const isOfTypes =
      /\{/.test(what) &&
      names !== '' &&
      what.split(',').every((one) => /^[\s{]*type /.test(one) || !one.replace(/[{}\s]/g, ''))
    if (isOfTypes) continue
    if (!from.startsWith('.')) packages.add(from)
    else for (const found of packagesOf(resolve(dirname(file), from), seen)) packages.add(found)
  }
  return packages
}

describe('compilers', () => {
  it.each(['host/cli/commands.ts', 'host/cli/start.ts', 'host/start-build.ts', '3-data/index.ts', '3-data/build.ts'])(
    'are not loaded with %s',
    (file) => {
      expect([...packagesOf(join(root, file))].filter((name) => /vite|rolldown|magic-string/.test(name))).toEqual([])
    },
  )

  it('are loaded with what builds', () => {
    expect([...packagesOf(join(root, '1-contracts/build.ts'))]).toContain('vite')
  })
})
