// The one slot that hooks need: which component is being rendered. Browser and server each bring their own owners.
import type { AnyComponent, Child } from './element.ts'
import { development, problem } from './problem.ts'

/** What a hook keeps between renders. Cells that hold something open have an `end`. */
export interface Cell {
  end?(): void
}

/** What is around a component: another one, or the root. */
export interface Scope {
  readonly parent: Scope | undefined
  /** How many components are around it. */
  readonly depth: number
  /** The root that all is in, itself included; only in the browser. */
  readonly top?: Root
  /** The context value that it gives to all inside. */
  provided?: Provided
  /** The comment before a root in the browser, which holds the contexts that the server sent it. */
  readonly begin?: { contexts?: Record<string, Crossed> }
  /** Takes the errors of all inside. */
  catch?(error: unknown): void
}

/** What is around the components of a root in the browser. */
export interface Root extends Scope {
  parent: Scope | undefined
  /** It has ended: its nodes, slots included, stay as they are. */
  over?: boolean
  /** Where the server's nodes begin: with the number that the latest document gave it. */
  begin?: Comment & NonNullable<Scope['begin']>
  /** Its ids, if any was asked for; `renew` is called when the number may be another. */
  ids?: { make(self: Owner): Cell & { id: string }; renew(): void }
  /** An error that no boundary took. */
  failure?: { error: unknown }
  /** The slots that are not placed, by number. */
  held?: DocumentFragment[]
  /** Whether its effects rest, because it is in a slot that was taken out. */
  asleep?: boolean
  readonly effects: Set<Resting>
}

/** An effect as its root knows it. */
export interface Resting {
  /** Set until it ran; an ended effect does not run any more. */
  due: boolean
  /** Runs it if it is due and its root is awake. */
  wake(): void
  end(): void
}

/** A component on the page, as hooks see it. */
export interface Owner extends Scope {
  /** What its hooks keep, in the order of their calls. */
  readonly cells: Cell[]
  /** Which cell the next hook gets. */
  cursor: number
  /** Its state changed while it was rendering: render once more before anybody sees the result. */
  again: boolean
  /** Its state changed: render it again. */
  invalidate(): void
  /** Calls `run` once this render, and all inside it, is on the page, and `cleanup` before all runs. Never on the server. */
  schedule(run: () => void, cleanup?: () => void): void
  /** Called by hooks that need a browser; the server verifies there that the component is live. */
  uses?(hook: string): void
  /** Called when it reads a context from `provider`; the server notes there what is to cross into the browser. */
  reads?(provider: Scope): void
  /** A new id, on the server. */
  id?(): string
  /** Streams what comes later; undefined where it must be waited for in the browser. */
  defer?(waiting: Deferral): Child
}

/** A context and the value that a provider gives it. */
export interface Provided {
  readonly context: unknown
  value: unknown
  /** Who is to render again when the value changes. */
  readonly readers: Set<Owner>
}

/** A context as the server sent it to a root. Without a value: not at all, or not yet. */
export interface Crossed {
  value?: unknown
  /** Development: there is a value, which did not cross because nothing read it on the server. The context's name. */
  late?: string
  readonly readers: Set<Owner>
}

/** What `Await` waits for. */
export interface Deferral {
  value: PromiseLike<unknown>
  fallback: Child
  children: (value: never) => Child
}

let current: Owner | undefined

/**
 * The component that is being rendered.
 *
 * @throws HOOK_OUTSIDE_COMPONENT
 */
export function owner(): Owner {
  if (!current) throw problem('HOOK_OUTSIDE_COMPONENT', {})
  return current
}

/** Whether `candidate` is being rendered right now. */
export function isRendering(candidate: Owner): boolean {
  return current === candidate
}

/** A component that sets its own state at each render would render for ever. */
const MOST_RENDERS = 50

/**
 * Calls a component as `self`, again if it set its own state meanwhile.
 *
 * @throws RENDER_LOOP, HOOKS_DIFFER, and whatever the component throws
 */
export function renderAs(self: Owner, type: AnyComponent, props: unknown): Child {
  const outer = current
  current = self
  try {
    for (let count = 0; count < MOST_RENDERS; count++) {
      self.again = false
      self.cursor = 0
      const shown = type(props as never)
      if (development) countHooks(self, type)
      if (!self.again) return shown
    }
    throw problem('RENDER_LOOP', { component: type.name })
  } finally {
    current = outer
  }
}

/** How many hooks each component called when it rendered last; in development alone. */
const counted = new WeakMap<Owner, number>()

/** A hook finds what it keeps by its place among the others. @throws HOOKS_DIFFER */
function countHooks(self: Owner, { name }: AnyComponent): void {
  const before = counted.get(self) ?? self.cursor
  counted.set(self, self.cursor)
  if (self.cursor !== before) throw problem('HOOKS_DIFFER', { component: name, before, now: self.cursor })
}

/** Lets a component begin with other hooks, as hot reload does. */
export function forgetHooks(self: Owner): void {
  self.cells.length = 0
  counted.delete(self)
}

/** The next hook's cell, made at the first render. */
export function cell<Kept extends Cell>(self: Owner, make: () => Kept): Kept {
  const index = self.cursor++
  // The order of hooks is the same at each render, so the cell has the type that this hook gave it.
  self.cells[index] ??= make()
  return self.cells[index] as Kept
}

/** Hands an error to the nearest boundary from `at` outwards; without one it is thrown. */
export function raise(at: Scope | undefined, error: unknown): void {
  if (!at) throw error
  if (at.catch) at.catch(error)
  else raise(at.parent, error)
}

/** Effects that wait for the paint, run by whoever renders next; filled by effect.ts, so that pages without effects ship none. */
export const waiting: { effects?: () => void } = {}
