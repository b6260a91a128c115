// When things happen: renders in a microtask, parents before children; then the commit; effects after the paint.
import { waiting } from '../owner.ts'
import { problem } from '../problem.ts'

/** A component that can be rendered again. */
export interface Renderable {
  /** How many components are around it. */
  readonly depth: number
  /** Whether it still needs to. */
  dirty: boolean
  refresh(): void
}

let dirty: Renderable[] = []
/** What is called once all is on the page, each with what comes before all of these. */
let runs: [() => void, (() => void)?][] = []
let flushing = false

/** Two components that keep changing each other would freeze the page. */
const MOST_ROUNDS = 100

/** Renders a component soon: before the next paint, together with all that change in this task. */
export function enqueue(view: Renderable): void {
  if (view.dirty) return
  view.dirty = true
  if (dirty.push(view) === 1) queueMicrotask(flush)
}

/** Calls `run` once all that is being rendered is on the page, and `cleanup` before all runs. */
export function onCommit(run: () => void, cleanup?: () => void): void {
  runs.push([run, cleanup])
}

/** Forgets what `onCommit` got since it had so many runs; returns how many there are. */
export function forgetRuns(length: number = runs.length): number {
  runs.length = length
  return length
}

/** Renders all that waits, then commits. */
export function flush(): void {
  if (flushing) return
  flushing = true
  attempt(() => waiting.effects?.())
  for (let round = 0; dirty.length > 0 || runs.length > 0; round++) {
    const batch = dirty.sort((one, other) => one.depth - other.depth)
    dirty = []
    for (const view of batch) {
      // One whose parent was rendered first may be done already, or gone.
      if (view.dirty && round < MOST_ROUNDS) attempt(() => view.refresh())
      view.dirty = false
    }
    if (round === MOST_ROUNDS) reportError(problem('UPDATE_LOOP', {}))
    if (dirty.length > 0) continue
    const commit = runs
    runs = []
    for (const [, cleanup] of commit) attempt(() => cleanup?.())
    for (const [run] of commit) attempt(run)
  }
  flushing = false
}

/** An error that nobody takes stops nothing else: the window's `error` event tells of it. */
export function attempt(run: () => void): void {
  try {
    run()
  } catch (error) {
    reportError(error)
  }
}
