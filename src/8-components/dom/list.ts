// Keyed lists: what stayed in place at both ends is patched where it is; of the rest, the items on a longest increasing
// subsequence of old places stay, and only the others move. From right to left, so that the next node is always known.
//
//   old  a b c d e      common ends: a, e
//   new  a d b x e      middle: d b x came from 3 1 -; the longest increasing run is (b): d moves, x is new, c goes
import type { Key } from '../element.ts'
import { development, problem } from '../problem.ts'
import type { Rendering, View } from './contract.ts'
import { keys, type ListView, replace } from './view.ts'

/** The key of an element. Written by the compiler: a page on which nothing has a key ships nothing of this file. */
export function keyed(key: Key | undefined): Key | undefined {
  keys.of = keysOf
  keys.patch = patchByKeys
  return key
}

/** Stand-ins for the keys of items that have none: their position. Objects, so that no user's key equals one. */
const positions: object[] = []

/** An item's key: its element's, or a stand-in for its position. */
function keyOf(value: unknown, index: number): unknown {
  positions[index] ??= {}
  return (value as Rendering | null | undefined)?.key ?? positions[index]
}

const keysOf = (values: readonly unknown[]): unknown[] => values.map(keyOf)

function patchByKeys(list: ListView, values: readonly unknown[]): View[] {
  const { items: old, anchor } = list
  // Items of a list that was there before the first key had none.
  const oldKeys = list.keys ?? old.map((_, index) => keyOf(null, index))
  const keys = keysOf(values)
  const now: View[] = new Array(values.length)
  const keep = (from: number, to: number) => {
    now[to] = replace(old[from]!, values[to], list.owner)
  }
  let start = 0
  let oldEnd = old.length
  let end = values.length
  // Behind the last of the old ones there is no key, which none is equal to.
  while (start < end && oldKeys[start] === keys[start]) keep(start, start++)
  while (start < oldEnd && start < end && oldKeys[oldEnd - 1] === keys[end - 1]) keep(--oldEnd, --end)
  const { from, gone } = match(oldKeys, keys, { start, end, oldEnd })
  remove(list, gone)
  const stays = longestIncreasing(from)
  let before = now[end]?.first() ?? anchor!
  for (let index = end; index-- > start; before = now[index]!.first()) {
    const place = from[index - start]!
    if (place === 0) now[index] = list.make(values[index], anchor!.parentNode!, before)
    else {
      keep(place - 1, index)
      if (stays.at(-1) === index - start) stays.pop()
      else now[index]!.move(anchor!.parentNode!, before)
    }
  }
  list.keys = keys
  return now
}

/** The old place of each item between both ends, counted from 1; 0 for new ones. And the places of those that are gone. */
function match(
  oldKeys: readonly unknown[],
  keys: readonly unknown[],
  { start, end, oldEnd }: { start: number; end: number; oldEnd: number },
): { from: Int32Array; gone: number[] } {
  const from = new Int32Array(end - start)
  const gone: number[] = []
  if (start === oldEnd) return { from, gone }
  const places = new Map<unknown, number>()
  for (let index = start; index < end; index++) {
    if (development && places.has(keys[index]))
      reportError(problem('LIST_KEY_TWICE', { key: keys[index], component: '' }))
    places.set(keys[index], index - start)
  }
  for (let index = start; index < oldEnd; index++) {
    const place = places.get(oldKeys[index])
    // Of two old items with one key the first stays.
    if (place === undefined || from[place]) gone.push(index)
    else from[place] = index + 1
  }
  return { from, gone }
}

/** Takes items out: all at once if nothing else is in their parent. */
function remove(list: ListView, gone: readonly number[]): void {
  const { items } = list
  const anchor = list.anchor!
  const parent = anchor.parentNode!
  const alone = gone.length === items.length && !anchor.nextSibling && list.first() === parent.firstChild
  for (const place of gone) items[place]!.end(!alone)
  if (alone) {
    parent.textContent = ''
    parent.appendChild(anchor)
  }
}

/**
 * Indices into `from` of a longest increasing subsequence; zeros are left out. Patience sorting, n log n; linear when
 * nothing moved.
 *
 * @example
 * longestIncreasing(Int32Array.of(4, 2, 0, 3)) // [1, 3] (the run 2, 3)
 */
export function longestIncreasing(from: Int32Array): number[] {
  // ends[length - 1]: where the best run of that length ends; before[i]: what comes before i in its run.
  const ends: number[] = []
  const before: number[] = []
  from.forEach((value, index) => {
    if (value === 0) return
    let low = 0
    let high = ends.length
    // The usual case first: it continues the longest run.
    if (high > 0 && from[ends[high - 1]!]! < value) low = high
    while (low < high) {
      const half = (low + high) >> 1
      if (from[ends[half]!]! < value) low = half + 1
      else high = half
    }
    before[index] = ends[low - 1]!
    ends[low] = index
  })
  for (let at = ends.length - 1, index = ends[at]!; at >= 0; at--) {
    ends[at] = index
    index = before[index]!
  }
  return ends
}
