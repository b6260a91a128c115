import type { RefObject } from '../element.ts'
import type { Hole, Target } from './contract.ts'
import { attempt, onCommit } from './schedule.ts'

/** A hole for a `ref`: an object, or a function that may return its cleanup. */
export function ref(at: number): Hole {
  return { at, put: setRef, adopt: setRef }
}

/** Gives an element to a ref once it is on the page, and takes it back when it is gone or has another ref. */
export function setRef(target: Target, index: number, value: unknown): void {
  target.kids[index]?.end(false)
  target.kids[index] = value ? attach(target.nodes[index]!, value) : undefined
}

function attach(node: Node, value: unknown): { end(): void } {
  let cleanup: unknown
  let over = false
  const give = (element: Node | null): unknown => {
    if (typeof value === 'function') return value(element)
    ;(value as RefObject<unknown>).current = element
    return undefined
  }
  onCommit(() => {
    if (!over) cleanup = give(node)
  })
  return {
    end() {
      if (over) return
      over = true
      // Without a cleanup of its own a function is called with null, as in React.
      attempt(() => (typeof cleanup === 'function' ? cleanup() : give(null)))
    },
  }
}
