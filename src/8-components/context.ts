import type { AnyComponent, Child, Component } from './element.ts'
import { type Cell, type Crossed, cell, type Owner, owner, type Scope } from './owner.ts'
import { development, problem } from './problem.ts'

/** How a context is made. */
export interface ContextOptions {
  /**
   * Whether a value that a plain component gives reaches every live component inside. By default it reaches those that
   * read it while the server rendered them. Default false.
   */
  travels?: boolean
}

/** Gives a value to all components inside, however deep. Is its own provider: `<Theme value="dark">…</Theme>`. */
export interface Context<Value> extends Component<{ value: Value; children?: Child }> {
  (props: { value: Value; children?: Child }): Child
  readonly Provider: Component<{ value: Value; children?: Child }>
  /** What is read where no provider is around. */
  readonly initial: Value
  readonly travels: boolean
  /** By which the server and the browser know it, `app/components/theme.ts#Theme`; the compiler gives it. */
  readonly id: string | undefined
}

/**
 * Makes a context. `initial` is what is read where no provider is around. A value that a plain component gives crosses
 * into the browser as data, where a live component reads it; so the context is declared at the top of a module.
 *
 * @throws CONTEXT_NOT_DATA, CONTEXT_WITHOUT_NAME when a live component reads a value that cannot cross;
 *   CONTEXT_READ_LATE in development, when it reads one that did not
 * @example
 * const Theme = createContext('light')
 * const Frame = () => <p class={useContext(Theme)}>Hello</p>
 * export default () => <Theme value="dark"><Frame /></Theme>
 */
export function createContext<Value>(initial: Value, options?: ContextOptions): Context<Value>
// The compiler adds the id, which is no argument for people.
export function createContext<Value>(initial: Value, options?: ContextOptions, id?: string): Context<Value> {
  return createNamedContext(initial, options, id)
}

/** The same with an id, as the compiler makes it of a context of an app. */
export function createNamedContext<Value>(
  initial: Value,
  options: ContextOptions | undefined,
  id: string | undefined,
): Context<Value> {
  const provide = (props: { value: Value; children?: Child }): Child => {
    const self = owner()
    self.provided ??= { context, value: props.value, readers: new Set() }
    if (!Object.is(self.provided.value, props.value)) {
      self.provided.value = props.value
      // Also those that would not render on their own, because nothing else of theirs changed.
      for (const reader of self.provided.readers) reader.invalidate()
    }
    return props.children
  }
  const travels = options?.travels ?? false
  const context: Context<Value> = Object.assign(provide, { initial, travels, id, Provider: provide })
  return context
}

/** Where a component reads a context: who tells it of another value. */
interface Reading extends Cell {
  from: Crossed[]
}

/**
 * The value of a context, from the nearest provider around; renders again when it changes.
 *
 * @example
 * const Theme = createContext('light')
 * const Frame = () => <p class={useContext(Theme)}>Hello</p>
 */
export function useContext<Value>(context: Context<Value>): Value {
  const self = owner()
  const reading = cell<Reading>(self, () => ({
    from: [],
    end() {
      for (const { readers } of this.from) readers.delete(self)
    },
  }))
  reading.end?.()
  reading.from = []
  for (let at = self.parent; at; at = at.parent) {
    const provided = at.provided?.context === context ? at.provided : crossedInto(at, context.id)
    if (!provided) continue
    // Also of what is not there yet: the next document may bring it.
    provided.readers.add(self)
    reading.from.push(provided)
    if (development && 'late' in provided) throw readLate(self, provided)
    if (!('value' in provided)) continue
    self.reads?.(at)
    return provided.value as Value
  }
  return context.initial
}

function readLate(self: Owner, { late = '' }: Crossed): Error {
  // Only the browser has what is late, and there an owner is the view of an element.
  const { element } = self as Partial<{ element: { type: AnyComponent } }>
  return problem('CONTEXT_READ_LATE', { component: element?.type.name ?? '', context: late })
}

/** What the server sent a root of a context, where `at` is the root: a place for it, if nothing. */
function crossedInto(at: Scope, id: string | undefined): Crossed | undefined {
  if (!at.begin || id === undefined) return undefined
  at.begin.contexts ??= {}
  at.begin.contexts[id] ??= { readers: new Set() }
  return at.begin.contexts[id]
}
