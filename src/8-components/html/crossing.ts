// What crosses from a plain component into a root: data, as the codec carries it, and elements, which become slots.
import { isSignal } from '../../7-state/index.ts'
import type { Wanted } from '../mark.ts'
import { kindOf } from '../value.ts'
import { ServerElement } from './element.ts'

/** What a crossing asks of who makes it. */
export interface CrossingRules {
  /** Whether a function may cross all the same: a query or an action. */
  readonly isSendable?: ((value: unknown) => boolean) | undefined
  /** What stands for an element; without it none may cross. */
  readonly toSlot?: (content: ServerElement | readonly unknown[]) => unknown
  /** Called for what cannot cross, with where it is and what it is. */
  readonly refuse: (path: string, kind: string) => void
}

/** As deep as values may nest: the codec's own bound, less what the document's table needs. */
const MAX_DEPTH = 90

/** Copies values for the browser, one root at a time. */
export class Crossing {
  readonly #rules: CrossingRules
  /** Where it is in the value. */
  readonly #path: (string | number)[] = []

  constructor(rules: CrossingRules) {
    this.#rules = rules
  }

  /** A root's props. `wanted`: what of them its parameter names. */
  props(props: Readonly<Record<string, unknown>>, wanted: Wanted | undefined): Record<string, unknown> {
    const sent: Record<string, unknown> = {}
    for (const name of Object.keys(wanted ?? props)) {
      const value = props[name]
      // A prop that is not there reads the same, and JSON alone can leave it out.
      if (value === undefined) continue
      // Children are one thing, whatever they are made of: nobody counts them.
      const isContent = name === 'children' && holdsElement(value)
      const copy = () => (isContent ? this.#element(value as ServerElement) : this.#named(value, wanted?.[name] ?? 1))
      put(sent, name, this.#inside(name, copy))
    }
    return sent
  }

  /** Any value. */
  value(value: unknown): unknown {
    if (typeof value === 'function' || typeof value === 'symbol')
      return this.#rules.isSendable?.(value) ? value : this.#refuse(kindOf(value))
    if (typeof value !== 'object' || value === null) return value
    if (value instanceof ServerElement) return this.#element(value)
    if (isSignal(value)) return this.#refuse('a signal')
    if (this.#path.length > MAX_DEPTH) return this.#refuse('a circle, or nested too deep')
    if (Array.isArray(value)) return this.#list(value)
    if (value instanceof Date) return value
    if (value instanceof Set) return new Set(this.#list([...value]))
    if (value instanceof Map) return new Map(this.#list([...value]) as [unknown, unknown][])
    if (!isRecord(value)) return this.#refuse(kindOf(value))
    const copy: Record<string, unknown> = {}
    for (const [name, own] of Object.entries(value))
      put(
        copy,
        name,
        this.#inside(name, () => this.value(own)),
      )
    return copy
  }

  #list(items: readonly unknown[]): unknown[] {
    return items.map((item, index) => this.#inside(index, () => this.value(item)))
  }

  /** Of an object whose properties are taken out by name, these alone. */
  #named(value: unknown, wanted: Wanted | 1): unknown {
    const isWhole = wanted === 1 || typeof value !== 'object' || value === null
    if (isWhole || value instanceof ServerElement || isSignal(value) || isPromise(value)) return this.value(value)
    const sent: Record<string, unknown> = {}
    for (const [name, inner] of Object.entries(wanted)) {
      const own = (value as Record<string, unknown>)[name]
      if (own !== undefined) sent[name] = this.#inside(name, () => this.#named(own, inner))
    }
    return sent
  }

  #inside<Copy>(part: string | number, copy: () => Copy): Copy {
    this.#path.push(part)
    const copied = copy()
    this.#path.pop()
    return copied
  }

  #element(content: ServerElement | readonly unknown[]): unknown {
    return this.#rules.toSlot ? this.#rules.toSlot(content) : this.#refuse('an element')
  }

  #refuse(kind: string): undefined {
    const [first = '', ...others] = this.#path.length > MAX_DEPTH ? this.#path.slice(0, 3) : this.#path
    const rest = others.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    this.#rules.refuse(first + rest.join(''), kind)
  }
}

/** Sets an own property. Assigning `__proto__` would not make one (ECMA-262 §B.2.2.1). */
function put(record: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(record, name, { value, enumerable: true, configurable: true })
  else record[name] = value
}

function isPromise(value: object): boolean {
  return typeof (value as { then?: unknown }).then === 'function'
}

/** Objects of another realm have another Object.prototype, whose own prototype is null as well. */
function isRecord(value: object): boolean {
  const prototype = Object.getPrototypeOf(value)
  return !isPromise(value) && (prototype === null || Object.getPrototypeOf(prototype) === null)
}

function holdsElement(value: unknown): boolean {
  return value instanceof ServerElement || (Array.isArray(value) && value.some(holdsElement))
}
