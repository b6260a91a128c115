// When things happen: renders in a microtask, parents before children; layout effects right after; effects after paint.
import { cleanUp } from '../effect.ts'
import { type Effect, raise } from '../owner.ts'
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
let layout: (Effect | (() => void))[] = []
let passive: Effect[] = []
let flushing = false

/** Two components that keep changing each other would freeze the page. */
const MOST_ROUNDS = 100

/** Renders a component soon: before the next paint, together with all that change in this task. */
export function enqueue(view: Renderable): void {
  if (view.dirty) return
  view.dirty = true
  if (dirty.push(view) === 1 && !flushing) queueMicrotask(flush)
}

/** Calls `run` in the commit of what is being rendered: refs, which must find their element on the page. */
export function onCommit(run: () => void): void {
  layout.push(run)
}

/** Runs an effect in the commit of what is being rendered, or after the paint that follows. */
export function scheduleEffect(effect: Effect): void {
  if (effect.waiting) return
  effect.waiting = true
  if (effect.layout) layout.push(effect)
  // A task of its own: the browser may paint before it.
  else if (passive.push(effect) === 1) setTimeout(runPassive)
}

/** Returns a function that forgets what `onCommit` got since now. */
export function checkpoint(): () => void {
  const { length } = layout
  return () => {
    layout.length = length
  }
}

/** Renders all that waits, then commits. */
export function flush(): void {
  if (flushing) return
  flushing = true
  try {
    runPassive()
    for (let round = 0; dirty.length > 0 || layout.length > 0; round++) {
      if (round === MOST_ROUNDS) {
        dirty = []
        layout = []
        throw problem('UPDATE_LOOP', {})
      }
      const batch = dirty.sort((one, other) => one.depth - other.depth)
      dirty = []
      // One whose parent was rendered first may be done already, or gone.
      for (const view of batch) if (view.dirty) attempt(() => view.refresh())
      if (dirty.length > 0) continue
      const effects = layout
      layout = []
      runEffects(effects)
    }
  } finally {
    flushing = false
  }
}

function runPassive(): void {
  const effects = passive
  passive = []
  runEffects(effects)
}

/** All cleanups come before the first new run, as in React. */
function runEffects(effects: readonly (Effect | (() => void))[]): void {
  for (const effect of effects) if (typeof effect !== 'function' && effect.waiting) guard(effect, () => cleanUp(effect))
  for (const effect of effects) {
    if (typeof effect === 'function') attempt(effect)
    else if (effect.waiting) {
      effect.waiting = false
      guard(effect, () => {
        effect.cleanup = effect.run()
      })
    }
  }
}

/** An error of an effect goes to the boundary around its component. */
function guard(effect: Effect, run: () => void): void {
  attempt(() => {
    try {
      run()
    } catch (error) {
      raise(effect.owner, error)
    }
  })
}

/** An error that nobody takes stops nothing else: the window's `error` event tells of it. */
export function attempt(run: () => void): void {
  try {
    run()
  } catch (error) {
    reportError(error)
  }
}
