// What may stand between tags, and what a component is: the words that both sides share. No code that runs.
import type { ReadonlySignal } from '../7-state/index.ts'

/** Makes element values opaque: they are placed, not looked into. */
export declare const elementBrand: unique symbol

/** What JSX makes. Opaque: no fields, to be placed or handed on. */
export interface Element {
  readonly [elementBrand]: true
}

/** Identifies an element among its siblings, so that it keeps its state and its nodes when they change order. */
export type Key = string | number | bigint

/** Whatever may stand between tags: nothing (null, undefined, booleans), text, an element, a signal, an array of those. */
export type Child =
  | Element
  | ReadonlySignal<unknown>
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | readonly Child[]

/**
 * A component: a function of its props that returns what to show, called again whenever its props, state or signals
 * change. Synchronous.
 *
 * @example
 * const Greeting: Component<{ name: string }> = ({ name }) => <p>Hello {name}</p>
 */
// Methods are compared bivariantly: a component with stricter props still is a `Component`.
export type Component<Props = object> = { bivarianceHack(props: Props): Child }['bivarianceHack']

/** Any component, whatever its props: what the runtime stores. */
export type AnyComponent = Component<never>

/** A `ref`: an object whose `current` is the element while it is there, or a function that may return its cleanup. */
// biome-ignore lint/suspicious/noConfusingVoidType: a function without return is as good as one that returns its cleanup
export type Ref<Target> = RefObject<Target | null> | ((element: Target) => void | (() => void)) | null | undefined

/** What `useRef` returns. */
export interface RefObject<Value> {
  current: Value
}

/** Whether a child shows nothing. */
export function isNothing(value: unknown): value is null | undefined | boolean | '' {
  return value == null || value === '' || typeof value === 'boolean'
}
