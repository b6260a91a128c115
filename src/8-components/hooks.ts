// Hooks with React's names and meaning, for any owner.
import type { RefObject } from './element.ts'
import { type Cell, cell, isRendering, type Owner, owner } from './owner.ts'

/** Sets state to a value, or to what a function makes of the latest one. */
export type SetState<State> = (next: State | ((previous: State) => State)) => void

interface StateCell<State> extends Cell {
  value: State
  set: SetState<State>
}

/**
 * State of a component: the value, and a function that sets it and renders the component again. Setting the same value
 * (`Object.is`) does nothing. Several settings in one task are one render.
 *
 * @example
 * const [count, setCount] = useState(0)
 * setCount(count + 1)
 * setCount((latest) => latest + 1)   // (counts what was set meanwhile, too)
 */
export function useState<State>(initial: State | (() => State)): [State, SetState<State>]
export function useState<State = undefined>(): [State | undefined, SetState<State | undefined>]
export function useState<State>(initial?: State | (() => State)): [State, SetState<State>] {
  const self = owner()
  self.uses?.('useState')
  const state = cell(self, () => createState(self, initial as State | (() => State)))
  return [state.value, state.set]
}

function createState<State>(self: Owner, initial: State | (() => State)): StateCell<State> {
  const state: StateCell<State> = {
    value: typeof initial === 'function' ? (initial as () => State)() : initial,
    set(next) {
      change(self, state, typeof next === 'function' ? (next as (previous: State) => State)(state.value) : next)
    },
  }
  return state
}

/** Stores a new value and asks for a render: at once if the owner is in the middle of one. */
function change<State>(self: Owner, state: { value: State }, next: State): void {
  if (Object.is(state.value, next)) return
  state.value = next
  if (isRendering(self)) self.again = true
  else self.invalidate()
}

interface ReducerCell<State, Action> extends Cell {
  value: State
  reduce: (state: State, action: Action) => State
  dispatch: (action: Action) => void
}

/**
 * State that changes by actions: `dispatch(action)` sets it to `reduce(state, action)`. With `start`, the first state is
 * `start(initial)`.
 *
 * @example
 * const [items, dispatch] = useReducer((items: readonly string[], item: string) => [...items, item], [])
 */
export function useReducer<State, Action, Initial = State>(
  reduce: (state: State, action: Action) => State,
  initial: Initial & State,
  start?: undefined,
): [State, (action: Action) => void]
export function useReducer<State, Action, Initial>(
  reduce: (state: State, action: Action) => State,
  initial: Initial,
  start: (initial: Initial) => State,
): [State, (action: Action) => void]
export function useReducer<State, Action, Initial>(
  reduce: (state: State, action: Action) => State,
  initial: Initial,
  start?: (initial: Initial) => State,
): [State, (action: Action) => void] {
  const self = owner()
  self.uses?.('useReducer')
  const made = cell<ReducerCell<State, Action>>(self, () => {
    const kept: ReducerCell<State, Action> = {
      value: start ? start(initial) : (initial as unknown as State),
      reduce,
      dispatch: (action) => change(self, kept, kept.reduce(kept.value, action)),
    }
    return kept
  })
  made.reduce = reduce
  return [made.value, made.dispatch]
}

/**
 * An object that stays the same between renders; changing its `current` renders nothing. As an element's `ref` it holds
 * that element while it is on the page.
 *
 * @example
 * const input = useRef<HTMLInputElement>(null)
 */
export function useRef<Value>(initial: Value): RefObject<Value>
export function useRef<Value>(initial: Value | null): RefObject<Value | null>
export function useRef<Value = undefined>(): RefObject<Value | undefined>
export function useRef<Value>(initial?: Value | null): RefObject<Value | null | undefined> {
  const self = owner()
  self.uses?.('useRef')
  return cell<Cell & RefObject<Value | null | undefined>>(self, () => ({ current: initial }))
}

/** What a hook depends on: it does its work again when one of these differs (`Object.is`) from the last time. */
export type Dependencies = readonly unknown[]

/** Whether the work must be done again. No list: at every render. */
export function isStale(before: Dependencies | undefined, now: Dependencies | undefined): boolean {
  if (!before || !now || before.length !== now.length) return true
  return now.some((value, index) => !Object.is(value, before[index]))
}

/**
 * Keeps what `make` returned until a dependency changes.
 *
 * @example
 * const sorted = useMemo(() => posts.toSorted((one, other) => other.likes - one.likes), [posts])
 */
export function useMemo<Value>(make: () => Value, dependencies?: Dependencies): Value {
  const memo = cell<Cell & { value?: Value; dependencies?: Dependencies | undefined }>(owner(), () => ({}))
  if (isStale(memo.dependencies, dependencies)) {
    memo.value = make()
    memo.dependencies = dependencies
  }
  return memo.value as Value
}

/**
 * Keeps the same function until a dependency changes.
 *
 * @example
 * const [chosen, choose] = useState<readonly string[]>([])
 * const onPick = useCallback((id: string) => choose((before) => [...before, id]), [])
 */
export function useCallback<Callback>(callback: Callback, dependencies: Dependencies): Callback {
  return useMemo(() => callback, dependencies)
}
