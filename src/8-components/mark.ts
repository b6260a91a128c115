// Which components need the browser, and how it finds them. The compiler writes these calls; the server reads the marks.
import type { AnyComponent } from './element.ts'

/** Where the browser finds a component: its module, by path from the project's root, and the binding there. */
export interface ComponentName {
  readonly module: string
  readonly name: string
}

const liveMark: unique symbol = Symbol.for('layer9.live')
const nameMark: unique symbol = Symbol.for('layer9.name')
const startMark: unique symbol = Symbol.for('layer9.start')

/** When a root starts: with the page, or when something happens. */
export type RootStart = 'load' | 'idle' | 'visible'

interface Marked {
  [liveMark]?: true
  [nameMark]?: ComponentName
  [startMark]?: RootStart
}

/** Marks a component as live: it needs the browser. Returns it. */
export function live<Type>(component: Type): Type {
  ;(component as Marked)[liveMark] = true
  return component
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

/** Gives a wrapper the mark of what it wraps, not its name: that belongs to the binding. */
export function copyMark<Type extends AnyComponent>(from: AnyComponent, to: Type): Type {
  Object.defineProperty(to, 'name', { value: from.name })
  return isLive(from) ? live(to) : to
}
