import { attributeAliases, classText, isAttributeName, isProperty, styleText } from '../value.ts'
import { listenAny } from './capture.ts'
import type { Hole, Kept, Target } from './contract.ts'
import { setAttribute } from './hole.ts'
import { adoptProperty, controlProperty } from './property.ts'
import { setRef } from './ref.ts'

/** What a spread keeps: the object it wrote last, and its ref. */
interface Spread extends Kept {
  props: Record<string, unknown>
  ref: Target
}

/** A hole for an object of attributes, properties, handlers, `class`, `style` and `ref`. Leaves `children` and `key` out. */
export function spread(at: number): Hole {
  return {
    at,
    put: (target, index, value) => write(target, index, { value, adopting: false }),
    adopt: (target, index, value) => write(target, index, { value, adopting: true }),
  }
}

function write(target: Target, index: number, given: { value: unknown; adopting: boolean }): void {
  const element = target.nodes[index] as HTMLElement
  const now = (given.value ?? {}) as Record<string, unknown>
  target.kids[index] ??= start(target, element)
  const spread = target.kids[index] as Spread
  const before = spread.props
  spread.props = now
  for (const name in before) if (!(name in now)) setAny(element, name, undefined)
  for (const name in now) {
    if (name === 'ref') continue
    if (given.adopting && isProperty(name)) adoptProperty(element, name, now[name])
    else if (now[name] !== before[name] || isProperty(name)) setAny(element, name, now[name])
  }
  if (now['ref'] !== before['ref']) setRef(spread.ref, 0, now['ref'])
}

function start(target: Target, element: Node): Spread {
  const ref: Target = { owner: target.owner, nodes: [element], kids: [] }
  return { props: {}, ref, end: () => ref.kids[0]?.end(false) }
}

/** Writes one entry of an object, by its name. */
function setAny(element: HTMLElement, name: string, value: unknown): void {
  // Trusted HTML is written by name only, never by an object that may come from data.
  if (name === 'children' || name === 'key' || name === 'ref' || name === 'innerHTML') return
  if (/^on/i.test(name)) listenAny(element, name.slice(2).toLowerCase(), value)
  else if (isProperty(name)) controlProperty(element, name, value)
  else if (name === 'style') setAttribute(element, name, styleText(value) || null)
  else {
    const attribute = attributeAliases[name] ?? name
    if (attribute === 'class') setAttribute(element, attribute, classText(value) || null)
    else if (attribute === 'value' && /^(?:select|textarea)$/.test(element.localName)) return
    else if (isAttributeName(attribute)) setAttribute(element, attribute, value)
  }
}
