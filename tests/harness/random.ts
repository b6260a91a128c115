// Random cases, the same way in every suite: how many, and from which seed, is said once for a run (vitest.config.ts).
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** How many cases each random suite tries: 200, and thousands in `npm run test:deep`. */
    cases: number
    /** Where they begin; `LAYER9_SEED` sets it, so that a failing run can be repeated. */
    seed: number
  }
}

/** A source of chance: the same seed gives the same choices, on every machine. */
export interface Random {
  /** From 0, included, to 1, not included. */
  fraction(): number
  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number
  pick<Item>(items: readonly Item[]): Item
}

/** mulberry32: 32 bits of state, good enough to choose test cases by (Tommy Ettinger, public domain). */
export function createRandom(seed: number): Random {
  let state = seed | 0
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number): number => Math.floor(fraction() * limit)
  // An empty list has nothing to pick: the test that asks is wrong, and sees undefined.
  return { fraction, below, pick: <Item>(items: readonly Item[]) => items[below(items.length)] as Item }
}

/**
 * Runs a test's body for every case, each with a source of its own, so that one case can be repeated without those
 * before it. What a case throws is told with the seed that gives it again.
 *
 * @example
 * it('stays below the limit', () => eachCase(({ below }) => expect(below(10)).toBeLessThan(10)))
 */
export async function eachCase(body: (random: Random) => void | Promise<void>): Promise<void> {
  const seed = inject('seed')
  for (let index = 0; index < inject('cases'); index++) {
    try {
      await body(createRandom(seed + index))
    } catch (cause) {
      const text = cause instanceof Error ? cause.message : String(cause)
      throw new Error(`Case ${index} of seed ${seed} failed (LAYER9_SEED=${seed} repeats it):\n${text}`, { cause })
    }
  }
}

/** A text of so many ideographs, three bytes each, that does not compress. */
export const randomIdeographs = ({ below }: Random, length: number): string =>
  Array.from({ length }, () => String.fromCharCode(0x4e00 + below(20_000))).join('')
