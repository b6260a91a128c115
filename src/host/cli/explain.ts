// `layer9 explain CODE`: what an error code means, from the catalogues of all layers.

import type { ErrorEntry } from '../../1-contracts/index.ts'
import { nearest } from '../../1-contracts/server.ts'
import { errors } from '../errors.ts'
import { readCatalogues } from './catalogues.ts'

interface Explained {
  readonly code: string
  readonly layer: string
  readonly message: string
  readonly fix: string
}

/**
 * Prints one code, or lists all when none is given.
 *
 * @throws ERROR_CODE_UNKNOWN
 */
export async function runExplain({ code, json }: { code: string | undefined; json: boolean }): Promise<number> {
  const all = await explainAll()
  const wanted = code?.toUpperCase()
  const found = all.filter((entry) => wanted === undefined || entry.code === wanted)
  if (found.length === 0 && wanted !== undefined) {
    const near = nearest(
      wanted,
      all.map((entry) => entry.code),
    )
    throw errors.ERROR_CODE_UNKNOWN({ code: wanted, ...(near && { near }) })
  }
  if (json) console.log(JSON.stringify(found, undefined, 2))
  else console.log(wanted === undefined ? found.map(drawLine).join('\n') : found.map(drawEntry).join('\n\n'))
  return 0
}

const drawLine = ({ code, layer }: Explained): string => `${code.padEnd(34)} ${layer}`

const drawEntry = ({ code, layer, message, fix }: Explained): string =>
  `${code}  (${layer})\n\n  ${message}\n\n  Fix: ${fix}`

/** Every entry of every catalogue, by code. */
export async function explainAll(): Promise<Explained[]> {
  const found = await readCatalogues()
  const all = found.flatMap(({ layer, entries }) =>
    Object.entries(entries).map(([code, entry]) => ({ code, layer, ...tell(entry) })),
  )
  return all.sort((one, other) => (one.code < other.code ? -1 : 1))
}

/**
 * The entry's words for no case in particular: each value is written as its name, `posts/[id].tsx` as `‹file›`. So the
 * text of an error stands in one place only.
 */
function tell(entry: ErrorEntry<unknown>): { message: string; fix: string } {
  const values = placeholder('value')
  // An entry that only hands a value on gives the placeholder itself.
  return { message: String(entry.message(values)), fix: String(entry.fix(values)) }
}

/** A value that reads as its own name, whatever an entry asks of it: a property, a method, a list. */
function placeholder(name: string): unknown {
  const text = `‹${name}›`
  // A function, so that methods of lists and texts can be called on it too.
  const target = (): unknown => placeholder(name)
  return new Proxy(target, {
    get: (_, key) => {
      if (key === Symbol.toPrimitive || key === 'toString' || key === 'join' || key === 'toJSON') return () => text
      if (key === Symbol.iterator) return [text][Symbol.iterator].bind([text])
      if (key === 'length') return 2
      if (typeof key === 'symbol' || key in String.prototype || key in Array.prototype) return () => placeholder(name)
      return placeholder(key)
    },
  })
}
