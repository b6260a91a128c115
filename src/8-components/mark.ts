// Which components need the browser, and how it finds them. The compiler writes these calls; the server reads the marks.
import type { AnyComponent } from './element.ts'

/** Where the browser finds a component: its module, by path from the project's root, and the binding there. */
export interface ComponentName {
  readonly module: string
  readonly name: string
}

const liveMark: unique symbol = Symbol.for('layer9.live')
const nameMark: unique symbol = Symbol.for('layer9.name')
const placeMark: unique symbol = Symbol.for('layer9.place')
const wantedMark: unique symbol = Symbol.for('layer9.wanted')

/**
 * The properties of a value that somebody takes out of it, by name; `1` stands for all that the property holds. What the
 * parameter `({ user: { id, name }, open })` wants is `{ user: { id: 1, name: 1 }, open: 1 }`.
 */
export interface Wanted {
  readonly [name: string]: Wanted | 1
}
const startMark: unique symbol = Symbol.for('layer9.start')

/** When a root starts: with the page, or when something happens. */
export type RootStart = 'load' | 'idle' | 'visible'

interface Marked {
  [liveMark]?: true
  [nameMark]?: ComponentName
  [placeMark]?: string
  [wantedMark]?: Wanted
  [startMark]?: RootStart
}

/**
 * Marks a component as live: it needs the browser. Returns it.
 *
 * @param place where it is written, `app/components/Counter.tsx:3:8`
 * @param wanted what of its props its parameter names; without it, all
 */
export function live<Type>(component: Type, place?: string, wanted?: Wanted): Type {
  const marked = component as Marked
  marked[liveMark] = true
  if (place !== undefined) marked[placeMark] = place
  if (wanted !== undefined) marked[wantedMark] = wanted
  return component
}

/** Says where a component, or an element that places one, is written: `app/components/Menu.tsx:12:7`. Returns it. */
export function at<Type>(target: Type, place: string): Type {
  // Of elements only those of components come here, so both are objects.
  if (typeof target === 'function' || typeof target === 'object') (target as Marked)[placeMark] = place
  return target
}

/** Where a component or an element is written, if the compiler said so. */
export function writtenAt(target: object): string | undefined {
  return (target as Marked)[placeMark]
}

/** What of its props a component takes; undefined for all. */
export function wantedOf(component: AnyComponent): Wanted | undefined {
  return (component as Marked)[wantedMark]
}

/** Whether a component needs the browser. */
export function isLive(component: AnyComponent): boolean {
  return (component as Marked)[liveMark] === true
}

/** Tells where the browser finds a component. A value that is no function (a HOC may return anything) is left alone. */
export function name(component: unknown, module: string, binding: string): void {
  if (typeof component === 'function') (component as Marked)[nameMark] ??= { module, name: binding }
}

/** Where the browser finds a component, or undefined if nobody said. */
export function nameOf(component: AnyComponent): ComponentName | undefined {
  return (component as Marked)[nameMark]
}

/** Says when a component starts where it is a root. Returns it. */
export function startAt<Type>(component: Type, start: RootStart): Type {
  ;(component as Marked)[startMark] = start
  return component
}

/** When a component starts where it is a root. */
export function startOf(component: AnyComponent): RootStart {
  return (component as Marked)[startMark] ?? 'load'
}

/**
 * Gives a wrapper the mark of what it wraps, not its name: that belongs to the binding. `readsAll`: the wrapper looks at
 * props that what it wraps may not name.
 */
export function copyMark<Type extends AnyComponent>(from: AnyComponent, to: Type, readsAll: boolean): Type {
  Object.defineProperty(to, 'name', { value: from.name })
  const marked = to as Marked
  const { [liveMark]: isMarked, [placeMark]: place, [wantedMark]: wanted } = from as Marked
  if (isMarked) marked[liveMark] = isMarked
  if (place !== undefined) marked[placeMark] = place
  if (wanted !== undefined && !readsAll) marked[wantedMark] = wanted
  return to
}
