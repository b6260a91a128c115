// Effects of components. All cleanups come before the first new run, as in React.

import type { Root } from './dom/root.ts'
import { type Dependencies, isStale } from './hooks.ts'
import { type Cell, cell, type Owner, owner, raise, type Scope, waiting } from './owner.ts'

/** What an effect does. What it returns is called before it runs again and when its component is gone. */
// biome-ignore lint/suspicious/noConfusingVoidType: a function without return is as good as one that returns a cleanup
export type EffectRun = () => void | (() => void)

/** A root with the effects of its components, so that all of them can rest. */
interface Resting extends Partial<Root> {
  effects?: Set<Effect>
}

/** An effect between its runs. */
interface Effect extends Cell {
  readonly owner: Owner
  readonly root: Resting
  run: EffectRun
  cleanup: unknown
  dependencies: Dependencies | undefined
  /** Set until it ran; an ended effect does not run any more. */
  due: boolean
}

/**
 * Runs after the page was painted: at first, and again when a dependency changed (without a list: after every render).
 * Never on the server.
 *
 * @example
 * useEffect(() => {
 *   const timer = setInterval(tick, 1000)
 *   return () => clearInterval(timer)
 * }, [])
 */
export function useEffect(run: EffectRun, dependencies?: Dependencies): void {
  addEffect('useEffect', run, dependencies)
}

/**
 * Like `useEffect`, but before the page is painted: to measure, and to change what was measured.
 *
 * @example
 * useLayoutEffect(() => setHeight(box.current!.offsetHeight), [text])
 */
export function useLayoutEffect(run: EffectRun, dependencies?: Dependencies): void {
  addEffect('useLayoutEffect', run, dependencies)
}

function addEffect(hook: 'useEffect' | 'useLayoutEffect', run: EffectRun, dependencies?: Dependencies): void {
  const self = owner()
  self.uses?.(hook)
  const effect = cell<Effect>(self, () => createEffect(self, run))
  // Without dependencies so far it is its first render.
  if (!effect.due && !isStale(effect.dependencies, dependencies)) return
  effect.run = run
  effect.dependencies = dependencies
  effect.due = true
  if (hook === 'useLayoutEffect')
    self.schedule(
      () => start(effect),
      () => cleanUp(effect),
    )
  else {
    self.schedule(() => {
      waiting.effects = runPassive
      // A task of its own: the browser may paint before it.
      if (passive.push(effect) === 1) setTimeout(runPassive)
    })
  }
}

function createEffect(self: Owner, run: EffectRun): Effect {
  const root = rootOf(self)
  root.effects ??= new Set()
  root.rest = () => rest(root)
  const effect: Effect = {
    owner: self,
    root,
    run,
    cleanup: undefined,
    dependencies: undefined,
    due: false,
    end() {
      root.effects!.delete(effect)
      effect.due = false
      cleanUp(effect)
    },
  }
  root.effects.add(effect)
  return effect
}

function rootOf(scope: Scope): Resting {
  let at = scope
  while (at.parent && (at as Partial<Root>).over === undefined) at = at.parent
  return at as Resting
}

/** Cleans up after all effects of a root that sleeps, and runs them again when it wakes: its state stays. */
function rest({ effects, asleep }: Resting): void {
  for (const effect of effects!) {
    if (asleep) {
      effect.due = true
      cleanUp(effect)
    } else start(effect)
  }
}

let passive: Effect[] = []

function runPassive(): void {
  const effects = passive
  passive = []
  for (const effect of effects) if (effect.due) cleanUp(effect)
  for (const effect of effects) start(effect)
}

/** Runs an effect; an error goes to the boundary around its component. */
function start(effect: Effect): void {
  if (!effect.due || effect.root.asleep) return
  effect.due = false
  guard(effect, () => {
    effect.cleanup = effect.run()
  })
}

/** Calls what the effect's last run returned, once. */
function cleanUp(effect: Effect): void {
  const { cleanup } = effect
  effect.cleanup = undefined
  if (typeof cleanup === 'function') guard(effect, cleanup as () => void)
}

function guard(effect: Effect, run: () => void): void {
  try {
    run()
  } catch (error) {
    raise(effect.owner.parent, error)
  }
}
