import {
  computed as createComputed,
  effect as createEffect,
  signal as createSignal,
  endBatch,
  setActiveSub,
  startBatch,
} from 'alien-signals'
import { errors } from './errors.ts'
import { type ReadonlySignal, signalBrand, tracking } from './tracking.ts'

/** A signal whose value can be set. */
export interface Signal<Value> extends ReadonlySignal<Value> {
  value: Value
}

/** On the server a module lives as long as the process: what one request wrote, another would read. */
const onServer = (): boolean => typeof document === 'undefined'

/** How many computed values are being worked out: nothing may be written meanwhile. */
let computing = 0

class WritableSignal<Value> implements Signal<Value> {
  get [signalBrand](): true {
    return true
  }
  readonly #cell: { (): Value; (value: Value): void }

  constructor(initial: Value) {
    this.#cell = createSignal(initial)
  }

  get value(): Value {
    tracking.read?.()
    return this.#cell()
  }

  set value(next: Value) {
    if (onServer()) throw errors.STATE_WRITE_ON_SERVER({})
    if (computing > 0) throw errors.STATE_WRITE_IN_COMPUTED({})
    this.#cell(next)
    // Folded away in production, where nobody listens.
    if (process.env.NODE_ENV !== 'production') tracking.write?.()
  }

  peek(): Value {
    return untracked(this.#cell as () => Value)
  }
}

class ComputedSignal<Value> implements ReadonlySignal<Value> {
  get [signalBrand](): true {
    return true
  }
  readonly #read: () => Value

  constructor(derive: () => Value) {
    const guarded = (): Value => {
      computing++
      try {
        return derive()
      } finally {
        computing--
      }
    }
    // Nothing changes on the server, and a cache of the process would outlive the request: computed anew at each read.
    this.#read = onServer() ? guarded : createComputed(guarded)
  }

  get value(): Value {
    tracking.read?.()
    return this.#read()
  }

  peek(): Value {
    return untracked(this.#read)
  }
}

/**
 * Makes a value that can be watched. Setting an equal value (`===`) changes nothing. On the server it reads its initial
 * value and cannot be written.
 *
 * @throws STATE_WRITE_ON_SERVER when set on the server, STATE_WRITE_IN_COMPUTED when set inside `computed`.
 * @example
 * const count = signal(0)
 * count.value++
 */
export function signal<Value>(initial: Value): Signal<Value> {
  return new WritableSignal(initial)
}

/**
 * Makes a signal that is derived from others, worked out when it is read and kept until one of them changes.
 *
 * @example
 * const count = signal(2)
 * const double = computed(() => count.value * 2)
 * double.value // 4
 */
export function computed<Value>(derive: () => Value): ReadonlySignal<Value> {
  return new ComputedSignal(derive)
}

/**
 * Runs a function now and again whenever a signal that it read changes; what it returns is called before the next run
 * and at the end. Returns the function that ends it. Does nothing on the server.
 *
 * @example
 * const count = signal(0)
 * const stop = effect(() => { document.title = `${count.value} new` })
 */
// biome-ignore lint/suspicious/noConfusingVoidType: a function without return is as good as one that returns a cleanup
export function effect(run: () => void | (() => void)): () => void {
  if (onServer()) return () => {}
  return detached(() => createEffect(run as () => void))
}

/**
 * Lets several writes be seen as one: effects run once, after the outermost batch.
 *
 * @example
 * const first = signal('Ada')
 * const last = signal('King')
 * const stop = effect(() => console.log(`${first.value} ${last.value}`))
 * batch(() => { first.value = 'Augusta'; last.value = 'Lovelace' })   // (one more line)
 */
export function batch<Value>(run: () => Value): Value {
  startBatch()
  try {
    return run()
  } finally {
    endBatch()
  }
}

/**
 * Reads signals without subscribing to them.
 *
 * @example
 * const count = signal(0)
 * const name = signal('Ada')
 * const stop = effect(() => console.log(count.value, untracked(() => name.value)))
 */
export function untracked<Value>(run: () => Value): Value {
  const outer = setActiveSub(undefined)
  try {
    return run()
  } finally {
    setActiveSub(outer)
  }
}

/** Without this an effect made inside another would end when that one runs again. */
const detached = untracked

tracking.watch = (read, changed) => {
  let value!: ReturnType<typeof read>
  let state: 'reading' | 'watching' | 'over' = 'reading'
  const stop = detached(() =>
    createEffect(() => {
      const before = state
      // Told once: whoever watches reads again when it is ready to, and watches anew. A failed read watches nothing.
      state = 'over'
      if (before === 'watching') untracked(changed)
      if (before !== 'reading') return
      value = read()
      state = 'watching'
    }),
  )
  return { value, stop }
}

tracking.bind = (source, apply) =>
  detached(() =>
    createEffect(() => {
      const value = source.value
      untracked(() => apply(value))
    }),
  )
