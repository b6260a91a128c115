// layer9/jsx-dev-runtime: what bundlers call in development.
import type { AnyComponent, Element, Key } from './element.ts'
import { jsx } from './jsx-runtime.ts'

export { Fragment, type JSX } from './jsx-runtime.ts'

/** The element of a tag or component; the place in the source that bundlers add is not needed. */
export function jsxDEV(type: string | AnyComponent, props: object, key?: Key): Element {
  return jsx(type, props, key)
}
