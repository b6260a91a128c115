// Which project takes in a file of no layer: the one whose files need it, and contracts where both sides do.
import type { Outsider } from '../check/index.ts'
import type { Outside, Side } from './projects.ts'

/** A project whose files have layers. */
export type KnownSide = Exclude<Side, 'tests'>

/** The side of a layer, by its number. */
export const sideOf = (layer: number): KnownSide => (layer === 1 ? 'contracts' : layer <= 6 ? 'server' : 'browser')

/**
 * Files of no layer by the project that takes them in.
 *
 * @example
 * ownersOf([{ path: 'lib/dates.ts', layers: [4, 8] }]) // { contracts: ['lib/dates.ts'] }
 */
export function ownersOf(outsiders: readonly Outsider[]): Outside {
  const found: Partial<Record<Side, string[]>> = {}
  for (const { path, layers } of outsiders) {
    const owner = ownerOf(layers)
    found[owner] = [...(found[owner] ?? []), path]
  }
  return found
}

function ownerOf(layers: readonly number[]): KnownSide {
  const [first = 'contracts', ...others] = new Set(layers.map(sideOf))
  return others.length === 0 ? first : 'contracts'
}
