import { type Dependencies, isStale } from './hooks.ts'
import { cell, type Effect, owner } from './owner.ts'

/** What an effect does. What it returns is called before it runs again and when its component is gone. */
// biome-ignore lint/suspicious/noConfusingVoidType: a function without return is as good as one that returns a cleanup
export type EffectRun = () => void | (() => void)

interface EffectCell extends Effect {
  dependencies: Dependencies | undefined
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
  let fresh = false
  const effect = cell<EffectCell>(self, () => {
    fresh = true
    const made: EffectCell = {
      run,
      owner: self,
      layout: hook === 'useLayoutEffect',
      cleanup: undefined,
      waiting: false,
      dependencies,
      end() {
        made.waiting = false
        cleanUp(made)
      },
    }
    return made
  })
  if (!fresh && !isStale(effect.dependencies, dependencies)) return
  effect.run = run
  effect.dependencies = dependencies
  self.schedule(effect)
}

/** Calls what the effect's last run returned, once. */
export function cleanUp(effect: Effect): void {
  const { cleanup } = effect
  effect.cleanup = undefined
  if (typeof cleanup === 'function') cleanup()
}
