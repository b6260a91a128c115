import type { Child, Component } from './element.ts'
import { type Cell, cell, type Owner, owner, type Provided, type Scope } from './owner.ts'

/** Gives a value to all components inside, however deep. Is its own provider: `<Theme value="dark">…</Theme>`. */
export interface Context<Value> extends Component<{ value: Value; children?: Child }> {
  (props: { value: Value; children?: Child }): Child
  readonly Provider: Component<{ value: Value; children?: Child }>
  /** What is read where no provider is around. */
  readonly initial: Value
}

/**
 * Makes a context. `initial` is what is read where no provider is around.
 *
 * @example
 * const Theme = createContext('light')
 * <Theme value="dark"><Page /></Theme>      // useContext(Theme) inside Page is 'dark'
 */
export function createContext<Value>(initial: Value): Context<Value> {
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
  const context: Context<Value> = Object.assign(provide, { initial, Provider: provide })
  return context
}

/**
 * The value of a context, from the nearest provider around; renders again when it changes.
 *
 * @example
 * const theme = useContext(Theme)
 */
export function useContext<Value>(context: Context<Value>): Value {
  const self = owner()
  const provider = findProvider(self, context)
  const provided = provider?.provided
  const reading = cell<Cell & { from?: Provided | undefined }>(self, () => ({
    end() {
      this.from?.readers.delete(self)
    },
  }))
  reading.from = provided
  provided?.readers.add(self)
  if (provider && !Object.is(provided?.value, context.initial)) self.reads?.(provider)
  return provided ? (provided.value as Value) : context.initial
}

function findProvider(self: Owner, context: unknown): Scope | undefined {
  let at: Scope | undefined = self.parent
  while (at && at.provided?.context !== context) at = at.parent
  return at
}
