import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

interface Locked {
  version?: string
  resolved?: string
  link?: boolean
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

const root = join(import.meta.dirname, '..')
const locks = globSync(['package-lock.json', 'bench/package-lock.json'], { cwd: root })

const readPackages = (file: string): Record<string, Locked> =>
  (JSON.parse(readFileSync(join(root, file), 'utf8')) as { packages: Record<string, Locked> }).packages

/** Whether a package at this place of the tree finds that name, as Node looks for it: beside itself, then further out. */
function finds(packages: Record<string, Locked>, place: string, name: string): boolean {
  for (let at = place; ; at = dirname(at)) {
    if (packages[join(at, 'node_modules', name)]) return true
    if (at === '.' || at === '') return false
  }
}

describe.each(locks)('%s', (file) => {
  const packages = readPackages(file)

  // npm leaves packages for other platforms out when it locks what is installed here, and then refuses to install.
  it('holds every package that another one names, those for other platforms too', () => {
    const missing = Object.entries(packages).flatMap(([place, { dependencies, optionalDependencies }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies })
        .filter((name) => !finds(packages, place, name))
        .map((name) => `${place || 'the root'} needs ${name}`),
    )
    expect(missing).toEqual([])
  })

  it('names no address to download from', () => {
    expect(Object.values(packages).flatMap(({ resolved, link }) => (resolved && !link ? [resolved] : []))).toEqual([])
  })
})
