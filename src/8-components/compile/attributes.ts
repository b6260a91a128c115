// The attributes of one element: which are markup already, which are holes, and of what kind.

import type { ESTree } from 'vite'
import { placeOf } from '../../1-contracts/server.ts'
import { escapeAttribute } from '../html/escape.ts'
import { attributeAliases, attributeText, isProperty, styleText } from '../value.ts'
import { attributeValue, type Literal, literalOf, nameText, type Part } from './children.ts'
import { compileErrors } from './errors.ts'
import { quote } from './markup.ts'
import { type Source, type Span, type SyntaxNode, unwrap } from './syntax.ts'
import type { HoleKind, ServerPiece } from './template.ts'

/** What an attribute becomes. */
export type CompiledAttribute =
  | { readonly kind: 'static'; readonly name: string; readonly markup: string; readonly text: string }
  | { readonly kind: Exclude<HoleKind, 'child' | 'text'>; readonly name: string; readonly value: readonly Part[] }

/** The element whose attributes are compiled. */
export interface AttributeOwner {
  readonly node: ESTree.JSXElement
  readonly tag: string
  /** Whether it is HTML and no custom element: only there names have no case and some attributes are properties. */
  readonly isPlainHtml: boolean
}

/**
 * Compiles the attributes of an element in the order of the source. An element with a spread gets one hole with an
 * object of all of them, so that the later one wins on both sides and at every update; what is content (`innerHTML`,
 * the value of a `textarea` or `select`) keeps a hole of its own.
 *
 * @throws JSX_ATTRIBUTE_TWICE, JSX_CHILDREN_ATTRIBUTE, JSX_INNER_HTML
 */
export function compileAttributes(owner: AttributeOwner, source: Source): CompiledAttribute[] {
  const { attributes } = owner.node.openingElement
  for (const attribute of attributes) if (attribute.type === 'JSXAttribute') refuse(attribute, owner, source)
  if (attributes.some(({ type }) => type === 'JSXSpreadAttribute')) return withSpread(owner)
  const compiled: CompiledAttribute[] = []
  const seen = new Map<string, ESTree.JSXAttribute>()
  for (const attribute of attributes) {
    if (attribute.type !== 'JSXAttribute' || nameText(attribute.name) === 'key') continue
    const name = attributeName(nameText(attribute.name), owner)
    const earlier = seen.get(name)
    if (earlier) {
      const places = [placeOf(source, earlier), placeOf(source, attribute)]
      throw compileErrors.JSX_ATTRIBUTE_TWICE({ name }, { places })
    }
    seen.set(name, attribute)
    compiled.push(compileAttribute(attribute, name, owner))
  }
  return compiled
}

/** The server's piece of an attribute that says where a link leads; undefined for others, and for what is no path. */
export function linkPiece(
  { tag }: AttributeOwner,
  attribute: CompiledAttribute,
  value: string,
): ServerPiece | undefined {
  const isLink = tag === 'a' && attribute.name === 'href'
  const isPath = attribute.kind !== 'static' || attribute.text.startsWith('/')
  return isLink && isPath ? { call: 'link', args: [value] } : undefined
}

/** The name that the markup has: HTML knows no case, `className` and its like are React's words. */
function attributeName(written: string, owner: AttributeOwner): string {
  const name = Object.hasOwn(attributeAliases, written) ? attributeAliases[written]! : written
  return owner.isPlainHtml && !isHandler(name) && !isContentHtml(name) ? name.toLowerCase() : name
}

function isHandler(name: string): boolean {
  return /^on[A-Z]/.test(name)
}

function isContentHtml(name: string): boolean {
  return name === 'innerHTML'
}

function refuse(attribute: ESTree.JSXAttribute, owner: AttributeOwner, source: Source): void {
  const name = nameText(attribute.name)
  const places = (): { places: [ReturnType<typeof placeOf>] } => ({ places: [placeOf(source, attribute)] })
  if (name === 'dangerouslySetInnerHTML') throw compileErrors.JSX_INNER_HTML(undefined, places())
  if (name === 'children') throw compileErrors.JSX_CHILDREN_ATTRIBUTE({ tag: owner.tag }, places())
}

function compileAttribute(attribute: ESTree.JSXAttribute, name: string, owner: AttributeOwner): CompiledAttribute {
  const { literal, node } = attributeValue(attribute)
  const kind = holeKind(name, nameText(attribute.name), owner)
  const known = literal === undefined && kind === 'styles' ? literalStyle(node) : literal
  const markup = staticMarkup(kind, name, known)
  if (markup !== null && !isContent(name, owner)) return { kind: 'static', name, markup, text: String(known) }
  const value = valuePart(literal, node, attribute)
  return { kind, name: kind === 'on' ? eventName(name) : name, value: [value] }
}

/** The source's expression where there is one, else the literal. */
function valuePart(literal: Literal | undefined, node: Span, attribute: ESTree.JSXAttribute): Part {
  if (attribute.value !== null && attribute.value.type !== 'Literal') return node
  return typeof literal === 'string' ? quote(literal) : String(literal)
}

/** `onClick` is the event `click`; the runtime reads a trailing `capture`. */
function eventName(name: string): string {
  return name.slice(2).toLowerCase()
}

type AttributeKind = Exclude<HoleKind, 'child' | 'text' | 'spread'>

function holeKind(name: string, written: string, owner: AttributeOwner): AttributeKind {
  if (name === 'class') return 'classes'
  if (name === 'style') return 'styles'
  if (name === 'ref') return 'ref'
  if (isHandler(name)) return 'on'
  // `defaultValue` is the attribute, what React calls `value` is the property (value.ts says which names are).
  return isContentHtml(name) || (owner.isPlainHtml && isProperty(written)) ? 'property' : 'attribute'
}

/** The markup of an attribute whose value is known, as the runtime would write it; null when it must be a hole. */
function staticMarkup(kind: AttributeKind, name: string, literal: Literal | undefined): string | null {
  if (literal === undefined || kind === 'on' || kind === 'ref' || name === 'indeterminate') return null
  const isText = typeof literal === 'string' || typeof literal === 'number'
  const value = kind === 'attribute' || name === 'value' || isText ? literal : kind === 'property' && literal
  if (kind === 'property' && name !== 'value' && !value) return ''
  const text = kind === 'property' && name !== 'value' ? '' : attributeText(name, value)
  if (text === null) return ''
  if ((kind === 'classes' || kind === 'styles') && text === '') return ''
  return text === '' ? ` ${name}` : ` ${name}="${escapeAttribute(text)}"`
}

/** The text of a style object that is written out in literals: it never changes. */
function literalStyle(node: SyntaxNode): string | undefined {
  const object = unwrap(node)
  if (object.type !== 'ObjectExpression') return undefined
  const style: Record<string, Literal> = {}
  for (const property of object.properties) {
    if (property.type !== 'Property' || property.computed) return undefined
    const value = literalOf(property.value)
    if (value === undefined) return undefined
    style[property.key.type === 'Identifier' ? property.key.name : String(literalOf(property.key))] = value
  }
  return styleText(style)
}

/** Names that keep a hole of their own beside a spread, because they are the element's content. */
function isContent(name: string, owner: AttributeOwner): boolean {
  return isContentHtml(name) || (name === 'value' && (owner.tag === 'textarea' || owner.tag === 'select'))
}

function withSpread(owner: AttributeOwner): CompiledAttribute[] {
  const merged: Part[] = []
  const contents: CompiledAttribute[] = []
  for (const attribute of owner.node.openingElement.attributes) {
    if (attribute.type === 'JSXSpreadAttribute') merged.push(', ...', attribute.argument)
    else {
      const name = nameText(attribute.name)
      const { literal, node } = attributeValue(attribute)
      const value = valuePart(literal, node, attribute)
      if (isContent(name, owner)) contents.push({ kind: 'property', name, value: [value] })
      else if (name !== 'key') merged.push(`, ${propertyKey(name)}: `, value)
    }
  }
  const isAlone = merged.length === 2 && merged[0] === ', ...'
  const first = String(merged[0]).slice(2)
  const value: Part[] = isAlone ? merged.slice(1) : [`{ ${first}`, ...merged.slice(1), ' }']
  return [{ kind: 'spread', name: 'spread', value }, ...contents]
}

/** A property's name in an object literal; `__proto__` is one like others only when computed (ECMA-262 §B.3.1). */
export function propertyKey(name: string): string {
  if (name === '__proto__') return "['__proto__']"
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name)
}
