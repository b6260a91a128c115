// layer9/jsx-runtime: JSX that Layer9's compiler did not see (tests, packages), through the same elements.
import { component } from './dom/component.ts'
import { fragment } from './dom/fragment.ts'
import { intrinsic } from './dom/intrinsic.ts'
import { keyed } from './dom/list.ts'
import type { AnyComponent, Child, Element, Key } from './element.ts'
import { Fragment } from './fragment.ts'
import { UncompiledElement } from './html/uncompiled.ts'

export { Fragment } from './fragment.ts'
export type { JSX } from './jsx-types.ts'

/**
 * The element of a tag or component. Called by what TypeScript and bundlers make of JSX.
 *
 * @throws ELEMENT_NAME_INVALID for a tag that is no name
 * @example
 * jsx('p', { class: 'lead', children: 'Hello' })
 */
export function jsx(type: string | AnyComponent, props: object, key?: Key): Element {
  const given = props as Record<string, unknown>
  if (onServer()) return server(type, given, key)
  if (key !== undefined) keyed(key)
  if (type === Fragment) {
    const children = given['children'] as Child
    return fragment(Array.isArray(children) ? children : [children], key)
  }
  return typeof type === 'string' ? intrinsic(type, given, key) : component(type, given, key)
}

/** The same with several children: nothing differs here. */
export const jsxs: typeof jsx = jsx

function onServer(): boolean {
  return typeof document === 'undefined'
}

function server(type: string | AnyComponent, props: Record<string, unknown>, key?: Key): Element {
  // Elements are opaque to users; inside, they are what writes itself.
  return new UncompiledElement(type, props, key) as unknown as Element
}
