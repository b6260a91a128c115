// Keyed lists. What stayed in place at both ends is patched where it is; of the rest, the items on a longest increasing
// subsequence of old positions stay, and only the others move. From right to left, so that the next node is always known.
//
//   old  a b c d e      common ends: a, e
//   new  a d b x e      middle: d b x came from 3 1 -; the longest increasing run is (b): d moves, x is new, c goes
//
// Source: "longest increasing subsequence" by patience sorting, n log n (Fredman 1975). Cost: linear when nothing moves.
import { development, problem } from '../problem.ts'
import type { View } from './contract.ts'

/** What a list does for the algorithm. */
export interface PatchableList {
  readonly items: View[]
  /** Stands behind the last item. */
  readonly anchor: Text
  /** Makes and mounts the view of a new item. */
  make(value: unknown, index: number, place: { parent: Node; before: Node | null }): View
  /** Shows a value in the view that has its key. */
  update(view: View, value: unknown): View
  keyAt(values: readonly unknown[], index: number): unknown
  clear(): void
}

/** Marks an item that was not in the list before. */
const FRESH = -1

/** Changes a list's items to show `values`. Returns their views, in order. */
export function patchList(list: PatchableList, values: readonly unknown[]): View[] {
  const old = list.items
  const now: View[] = new Array(values.length)
  let start = 0
  let oldEnd = old.length
  let end = values.length
  while (start < oldEnd && start < end && old[start]!.key === list.keyAt(values, start)) {
    now[start] = list.update(old[start]!, values[start])
    start++
  }
  while (start < oldEnd && start < end && old[oldEnd - 1]!.key === list.keyAt(values, end - 1)) {
    now[--end] = list.update(old[--oldEnd]!, values[end])
  }
  if (start === 0 && end === 0 && oldEnd === old.length && oldEnd > 0) list.clear()
  else if (start === end) for (let index = start; index < oldEnd; index++) old[index]!.end(true)
  else patchMiddle(list, values, { now, start, end, oldEnd })
  return now
}

interface Middle {
  /** The views in their new order; those of both ends are there. */
  now: View[]
  start: number
  /** Behind the last new item that has no partner at the end. */
  end: number
  /** The same among the old items. */
  oldEnd: number
}

function patchMiddle(list: PatchableList, values: readonly unknown[], middle: Middle): void {
  const { start, end, oldEnd, now } = middle
  const from = new Int32Array(end - start).fill(FRESH)
  const moved = start < oldEnd && matchOld(list, values, middle, from)
  // No key survived and nothing stays: clearing is cheaper than taking items out one by one.
  const parent = list.anchor.parentNode!
  const stays = moved ? longestIncreasing(from) : undefined
  let stay = stays ? stays.length - 1 : 0
  let before: Node = now[end]?.first() ?? list.anchor
  for (let index = end - 1; index >= start; index--) {
    const place = { parent, before }
    if (from[index - start] === FRESH) now[index] = list.make(values[index], index, place)
    else {
      const view = list.update(list.items[from[index - start]!]!, values[index])
      now[index] = view
      if (stays && stays[stay] !== index - start) view.move(parent, before)
      else stay--
    }
    before = now[index]!.first()
  }
}

/** Finds the old place of each new item, and takes out the old ones that are gone. Returns whether any must move. */
function matchOld(list: PatchableList, values: readonly unknown[], middle: Middle, from: Int32Array): boolean {
  const places = new Map<unknown, number>()
  for (let index = middle.start; index < middle.end; index++) {
    const key = list.keyAt(values, index)
    if (development && places.has(key)) reportError(problem('LIST_KEY_TWICE', { key, component: '' }))
    places.set(key, index - middle.start)
  }
  let moved = false
  let last = FRESH
  let survivors = 0
  const gone: View[] = []
  for (let index = middle.start; index < middle.oldEnd; index++) {
    const view = list.items[index]!
    const place = places.get(view.key)
    // Of two old items with one key the first stays.
    if (place === undefined || from[place] !== FRESH) gone.push(view)
    else {
      from[place] = index
      survivors++
      if (place < last) moved = true
      last = place
    }
  }
  if (survivors === 0 && gone.length === list.items.length) list.clear()
  else for (const view of gone) view.end(true)
  return moved
}

/** Indices into `from` of a longest increasing subsequence; fresh items are left out. */
export function longestIncreasing(from: Int32Array): number[] {
  // ends[length - 1]: where the best run of that length ends; before[i]: what comes before i in its run.
  const ends: number[] = []
  const before = new Int32Array(from.length)
  for (let index = 0; index < from.length; index++) {
    const value = from[index]!
    if (value === FRESH) continue
    let low = 0
    let high = ends.length
    while (low < high) {
      const half = (low + high) >> 1
      if (from[ends[half]!]! < value) low = half + 1
      else high = half
    }
    before[index] = low > 0 ? ends[low - 1]! : FRESH
    ends[low] = index
  }
  for (let at = ends.length - 1, index = ends[at] ?? FRESH; at >= 0; at--) {
    ends[at] = index
    index = before[index]!
  }
  return ends
}
