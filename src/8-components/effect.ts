// Effects of components. All cleanups come before the first new run, as in React.
import { type Dependencies, isStale } from './hooks.ts'
import { type Cell, cell, type Owner, owner, type Resting, raise, waiting } from './owner.ts'

/** What an effect does. What it returns is called before it runs again and when its component is gone. */
// biome-ignore lint/suspicious/noConfusingVoidType: a function without return is as good as one that returns a cleanup
export type EffectRun = () => void | (() => void)

/** An effect between its runs. */
interface Effect extends Cell, Resting {
  run: EffectRun
  dependencies: Dependencies | undefined
  cleanUp(): void
  end(): void
}

/**
 * Runs after the page was painted: at first, and again when a dependency changed (without a list: after every render).
 * Never on the server.
 *
 * @example
 * useEffect(() => {
 *   const timer = setInterval(() => console.log('tick'), 1000)
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
 * const box = useRef<HTMLParagraphElement>(null)
 * const [height, setHeight] = useState(0)
 * useLayoutEffect(() => setHeight(box.current!.offsetHeight), [])
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
  if (hook === 'useLayoutEffect') self.schedule(effect.wake, effect.cleanUp)
  else {
    self.schedule(() => {
      waiting.effects = runPassive
      // A task of its own: the browser may paint before it.
      if (passive.push(effect) === 1) setTimeout(runPassive)
    })
  }
}

function createEffect(self: Owner, run: EffectRun): Effect {
  /** What the last run returned; called once. */
  let cleanup: unknown
  /** An error goes to the boundary around its component. */
  const guard = (call: () => unknown): unknown => {
    try {
      return call()
    } catch (error) {
      return raise(self.parent, error)
    }
  }
  const effect: Effect = {
    run,
    dependencies: undefined,
    due: false,
    wake() {
      // Effects run in the browser alone, where a root is around.
      const top = self.top!
      if (!effect.due) return
      top.effects.add(effect)
      // It stays due until the root wakes.
      if (top.asleep) return
      effect.due = false
      cleanup = guard(effect.run)
    },
    cleanUp() {
      const last = cleanup
      cleanup = undefined
      if (typeof last === 'function') guard(last as () => void)
    },
    end() {
      self.top?.effects.delete(effect)
      effect.due = false
      effect.cleanUp()
    },
  }
  return effect
}

let passive: Effect[] = []

function runPassive(): void {
  const effects = passive
  passive = []
  for (const effect of effects) if (effect.due) effect.cleanUp()
  for (const effect of effects) effect.wake()
}
