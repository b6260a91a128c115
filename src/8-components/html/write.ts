// What the compiler writes for the server: each function returns markup.
import { isSignal, tracking } from '../../7-state/index.ts'
import { PortalElement } from '../dom/portal.ts'
import type { Child, Element, Key } from '../element.ts'
import { errors } from '../errors.ts'
import {
  attributeAliases,
  attributeText,
  classText,
  isAttributeName,
  isProperty,
  kindOf,
  plainText,
  styleText,
} from '../value.ts'
import { areComplete, Block, isComplete, ServerElement, type Write, Written } from './element.ts'
import { escapeAttribute, escapeRaw, escapeText, needsEscape } from './escape.ts'
import { keyAround } from './key.ts'
import { broken, currentPlace, currentWriting, isPlain, placesOf } from './place.ts'

/** Whether a hole's value can be written before its place is known. */
export function ready(value: unknown): boolean {
  return typeof value === 'string' || isComplete(value)
}

/** Whether a document is being written, of which links ask where they lead; not so while modules are loaded. */
export function inDocument(): boolean {
  return currentWriting() !== undefined
}

/** The element of markup that is complete. */
export function written(html: string): Element {
  // Elements are opaque to users; inside, they are what writes itself.
  return new Written(html) as unknown as Element
}

/** The element of a template with its values: written now if nothing in it depends on its place or document. */
export function block(write: Write, values: readonly unknown[]): Element {
  const element = inDocument() && areComplete(values) ? new Written(write(...values)) : new Block(write, values)
  // Elements are opaque to users; inside, they are what writes itself.
  return element as unknown as Element
}

/** A fragment with a key. */
export function fragment(children: readonly Child[], key?: Key): Element {
  if (key === undefined) return block(child, [children])
  return block((given) => keyAround(child(given), key), [children])
}

/**
 * A child's markup: escaped text, or elements.
 *
 * @throws CHILD_INVALID for what cannot be shown
 */
export function child(value: unknown): string {
  // Short enough to be put in place of its calls: most children of most pages are text without anything to escape.
  return typeof value === 'string' && !needsEscape.test(value) ? value : show(value)
}

function show(value: unknown): string {
  if (value instanceof Written) return value.html
  if (typeof value === 'string') return escapeText(value)
  if (typeof value === 'number') return `${value}`
  if (value instanceof ServerElement) return value.write()
  if (value == null || typeof value === 'boolean') return ''
  if (Array.isArray(value)) {
    let html = ''
    for (const item of value) html += child(item)
    return html
  }
  if (isSignal(value)) return child(value.value)
  if (typeof value === 'bigint') return String(value)
  // Portals show elsewhere, in the browser alone.
  if (value instanceof PortalElement) return ''
  const type = currentPlace()?.type
  throw errors.CHILD_INVALID({ kind: kindOf(value), component: type?.name ?? '' }, type && placesOf(type))
}

/** The value that a signal has, or the value itself. */
function read(value: unknown): unknown {
  return isSignal(value) ? value.value : value
}

/** ` name="value"`, or nothing. */
export function attribute(name: string, value: unknown): string {
  const text = attributeText(name, read(value))
  if (text === null) return ''
  return text === '' ? ` ${name}` : ` ${name}="${escapeAttribute(text)}"`
}

/** The `href` of an `<a>`, marked if the link is not to be followed by the navigation. */
export function link(value: unknown): string {
  const text = attributeText('href', read(value))
  if (text === null) return ''
  const written = text === '' ? ' href' : ` href="${escapeAttribute(text)}"`
  return written + (currentWriting()?.options.links?.mark(text) ?? '')
}

/** The attribute that a property starts with. */
export function property(name: string, value: unknown): string {
  const now = read(value)
  if (name === 'value') return attribute(name, now)
  return name === 'indeterminate' || name === 'innerHTML' || !now ? '' : ` ${name}`
}

/** The `class` attribute, or nothing. */
export function classes(value: unknown): string {
  const text = classText(read(value))
  return text && ` class="${escapeAttribute(text)}"`
}

/** The `style` attribute, or nothing. */
export function styles(value: unknown): string {
  const text = styleText(read(value))
  return text && ` style="${escapeAttribute(text)}"`
}

/** What comes before a root starts: see `early.ts` of the routes, which holds these for elements that are marked. */
const early = /^(?:click|submit|input|change)$/

/** The mark of an element that will listen; verifies that whoever gives a handler reaches the browser. `at`: its place. */
export function on(type: string, value: unknown, at?: string): string {
  if (typeof value !== 'function') return ''
  return verifyBehaviour(`a handler for ${type}`, at) && early.test(type) ? ` l9:${type}` : ''
}

/** Nothing; verifies that whoever gives a ref reaches the browser. */
export function ref(value: unknown, at?: string): string {
  if (value) verifyBehaviour('a ref', at)
  return ''
}

/** Whether it is in a root that the browser starts. */
function verifyBehaviour(what: string, at: string | undefined): boolean {
  const place = currentPlace()
  if (!currentWriting()) return false
  const data = { component: place?.type.name ?? '', what }
  if (!place || isPlain(place)) broken(errors.PLAIN_HAS_HANDLER(data, placesOf(place?.type ?? {}, at)))
  return place?.root !== undefined
}

/** The attributes of an object, in its order. Names that could not be attributes, and handlers given as text, are left out. */
export function spread(value: unknown, tag: string, at?: string): string {
  let html = ''
  for (const [name, given] of Object.entries((value ?? {}) as object)) {
    // Other attributes are data: only these can be what a plain component must not give.
    if (name === 'ref') html += ref(given, at)
    else if (/^on/i.test(name)) html += on(name.slice(2).toLowerCase(), given, at)
    else html += entry(name, given, tag)
  }
  return html
}

/** What an object may hold that is no attribute. */
const notAttributes = new Set(['children', 'key', 'innerHTML'])

function entry(name: string, value: unknown, tag: string): string {
  if (notAttributes.has(name)) return ''
  if (name === 'style') return styles(value)
  if (isProperty(name)) return name === 'value' && (tag === 'select' || tag === 'textarea') ? '' : property(name, value)
  const attributeName = attributeAliases[name] ?? name
  if (attributeName === 'class') return classes(value)
  if (attributeName === 'href' && tag === 'a') return link(value)
  if (attributeName === 'value' && (tag === 'select' || tag === 'textarea')) return ''
  return isAttributeName(attributeName) ? attribute(attributeName, value) : ''
}

/** The content of a `textarea`, `title` or `option`. */
export function textContent(value: unknown, tag: string): string {
  const content = plainText(read(value))
  // The parser drops the first line feed of a textarea (HTML §13.1.2.5).
  return (tag === 'textarea' && content.startsWith('\n') ? '\n' : '') + escapeText(content)
}

/** The content of a `script` or `style`. */
export function rawText(value: unknown, tag: string): string {
  return escapeRaw(plainText(read(value)), tag)
}

/** Trusted markup: the content of an element with `innerHTML`. */
export function html(value: unknown): string {
  const markup = String(read(value) ?? '')
  return currentWriting()?.options.links?.markAll(markup) ?? markup
}

/**
 * The content of a `select` with a value: the chosen options are marked. In markup that we wrote, `<option` begins an
 * option and nothing else, for in text and attributes `<` is escaped.
 */
export function selectValue(value: unknown, content: string): string {
  const now = read(value)
  if (now == null) return content
  const chosen = new Set((Array.isArray(now) ? now : [now]).map((one) => escapeAttribute(String(one))))
  return content.replace(/<option\b([^>]*)>([^<]*)/g, (_, attributes: string, label: string) => {
    let own = escapeAttribute(unescapeText(label).trim())
    const others = attributes.replace(/\s([^\s=]+)(?:="([^"]*)")?/g, (found, name: string, given = '') => {
      if (name === 'value') own = given
      return name === 'selected' ? '' : found
    })
    return `<option${others}${chosen.has(own) ? ' selected' : ''}>${label}`
  })
}

function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

// A signal that a plain component reads would never change on the page.
tracking.read = () => {
  const place = currentPlace()
  if (!place || !isPlain(place)) return
  broken(errors.PLAIN_USES_STATE({ component: place.type.name, what: 'it reads a signal' }, placesOf(place.type)))
}
