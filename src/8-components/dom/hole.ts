// The kinds of holes, one function each, so that a page ships only those that its templates use.
import { attributeText, classText, plainText, styleText } from '../value.ts'
import type { Hole, View } from './contract.ts'
import { adopting, claimText } from './cursor.ts'
import { isText, textOf, viewOf } from './view.ts'

/** A hole between tags, for any child. Its text node is the child's text, or an empty anchor behind it. */
export function child(at: number): Hole {
  return {
    at,
    put(target, index, value) {
      const anchor = target.nodes[index] as Text
      // What a child hole keeps is always a view.
      const before = target.kids[index] as View | undefined
      if (isText(value)) {
        target.kids[index] = undefined
        before?.end(true)
        anchor.data = textOf(value)
      } else if (!before?.patch(value)) {
        anchor.data = ''
        const view = viewOf(value, target.owner, anchor)
        view.mount(anchor.parentNode!, before ? before.first() : anchor)
        before?.end(true)
        target.kids[index] = view
      }
    },
    child(target, index, value) {
      const cursor = adopting()!
      if (isText(value)) return claimText(cursor, textOf(value))
      const anchor = new Text()
      const view = viewOf(value, target.owner, anchor)
      target.kids[index] = view
      view.mount(cursor.parent, null)
      return cursor.parent.insertBefore(anchor, cursor.next)
    },
  }
}

/** A hole for an attribute. Null, undefined and false take it away, true leaves it empty. */
export function attribute(at: number, name: string): Hole {
  return { at, put: (target, index, value) => setAttribute(target.nodes[index] as Element, name, value) }
}

/** A hole for the `class` attribute: text, an array or a record of booleans, nested. */
export function classes(at: number): Hole {
  return {
    at,
    put: (target, index, value) => setAttribute(target.nodes[index] as Element, 'class', classText(value) || null),
  }
}

/** A hole for the `style` attribute: CSS text or a record of properties. */
export function styles(at: number): Hole {
  return {
    at,
    put: (target, index, value) => setAttribute(target.nodes[index] as Element, 'style', styleText(value) || null),
  }
}

/** A hole that is the whole content of a `textarea`, `title`, `style`, `script` or `option`. */
export function textContent(at: number): Hole {
  return {
    at,
    put(target, index, value) {
      target.nodes[index]!.textContent = plainText(value)
    },
  }
}

/** Sets or takes away an attribute. */
export function setAttribute(element: Element, name: string, value: unknown): void {
  const text = attributeText(name, value)
  if (text === null) element.removeAttribute(name)
  else element.setAttribute(name, text)
}
