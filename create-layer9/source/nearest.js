// What a person probably meant by an unknown name. The framework has this too, but is not there yet when this runs.

/**
 * The known name that differs least, or undefined when none is close: two letters may differ, or be swapped.
 *
 * @param {string} name
 * @param {readonly string[]} known
 */
export function nearest(name, known) {
  const [best] = known
    .map((candidate) => ({ candidate, distance: distanceBetween(name.toLowerCase(), candidate) }))
    .sort((one, other) => one.distance - other.distance)
  return best && best.distance <= 2 ? best.candidate : undefined
}

/**
 * Levenshtein's distance, with one row of memory.
 *
 * @param {string} left
 * @param {string} right
 */
function distanceBetween(left, right) {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...left].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...right].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
