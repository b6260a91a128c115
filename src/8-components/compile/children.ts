// The children of an element as a list of parts: text with JSX's rules applied, elements, values.
import type { ESTree } from 'vite'
import { jsxString, jsxText } from './jsx-text.ts'
import { quote } from './markup.ts'
import { isIntrinsicName } from './scan.ts'
import { type Span, type SyntaxNode, unwrap } from './syntax.ts'

/** Output of the compiler: its own text, and stretches of the source that stay as they are (or are edited inside). */
export type Part = string | Span

/** One child. */
export type Child =
  | { readonly kind: 'text'; readonly text: string; readonly span: Span }
  | { readonly kind: 'element'; readonly node: ESTree.JSXElement }
  | { readonly kind: 'fragment'; readonly node: ESTree.JSXFragment }
  | { readonly kind: 'value'; readonly span: Span }
  | { readonly kind: 'spread'; readonly span: Span }

/** What a literal says: text to show, or nothing. Undefined when the node is no literal. */
export type Literal = string | number | boolean | null

/** The value of an expression that is known while compiling; `undefined` (the value) counts as null. */
export function literalOf(node: SyntaxNode): Literal | undefined {
  const inner = unwrap(node)
  if (inner.type === 'Literal') {
    const { value } = inner
    return value instanceof RegExp || typeof value === 'bigint' || 'regex' in inner ? undefined : value
  }
  if (inner.type === 'TemplateLiteral' && inner.expressions.length === 0)
    return inner.quasis[0]?.value.cooked ?? undefined
  if (inner.type === 'Identifier' && inner.name === 'undefined') return null
  if (inner.type === 'UnaryExpression' && inner.operator === '-' && inner.argument.type === 'Literal') {
    return typeof inner.argument.value === 'number' ? -inner.argument.value : undefined
  }
  return undefined
}

/** Whether an element is one of the document (and no component). */
export function isIntrinsic(node: ESTree.JSXElement): boolean {
  const { name } = node.openingElement
  return name.type === 'JSXNamespacedName' || (name.type === 'JSXIdentifier' && isIntrinsicName(name.name))
}

/** A tag or attribute as it is written: `use`, `xlink:href`. */
export function nameText(name: ESTree.JSXAttributeName | ESTree.JSXElementName): string {
  if (name.type === 'JSXIdentifier') return name.name
  if (name.type === 'JSXNamespacedName') return `${name.namespace.name}:${name.name.name}`
  return `${nameText(name.object)}.${name.property.name}`
}

/** The attribute with a name, if the element has it. */
export function attributeOf(node: ESTree.JSXElement, name: string): ESTree.JSXAttribute | undefined {
  return node.openingElement.attributes.findLast(
    (attribute): attribute is ESTree.JSXAttribute =>
      attribute.type === 'JSXAttribute' && nameText(attribute.name) === name,
  )
}

/** The expression an attribute is given: null when it stands alone, a string's text as a literal. */
export function attributeValue(attribute: ESTree.JSXAttribute): { literal: Literal | undefined; node: SyntaxNode } {
  const { value } = attribute
  if (value === null) return { literal: true, node: attribute }
  if (value.type === 'Literal') return { literal: jsxString(value.raw ?? `"${value.value}"`), node: value }
  if (value.type === 'JSXExpressionContainer') return { literal: literalOf(value.expression), node: value.expression }
  return { literal: undefined, node: value }
}

/**
 * The children of an element or fragment.
 *
 * @param fold whether literals in braces become text or vanish, as they do on the page; a component gets them as they are
 */
export function childrenOf(node: ESTree.JSXElement | ESTree.JSXFragment, code: string, fold: boolean): Child[] {
  const children: Child[] = []
  for (const child of node.children) {
    if (child.type === 'JSXText') addText(children, jsxText(code.slice(child.start, child.end)), child)
    else if (child.type === 'JSXSpreadChild') children.push({ kind: 'spread', span: child.expression })
    else if (child.type === 'JSXExpressionContainer') addExpression(children, child.expression, fold)
    else if (child.type === 'JSXElement') children.push({ kind: 'element', node: child })
    else children.push({ kind: 'fragment', node: child })
  }
  return children
}

function addText(children: Child[], text: string, span: Span): void {
  const last = children.at(-1)
  if (text === '') return
  if (last?.kind === 'text') children[children.length - 1] = { ...last, text: last.text + text }
  else children.push({ kind: 'text', text, span })
}

function addExpression(children: Child[], expression: ESTree.JSXExpression, fold: boolean): void {
  if (expression.type === 'JSXEmptyExpression') return
  const inner = unwrap(expression)
  if (inner.type === 'JSXElement') children.push({ kind: 'element', node: inner })
  else if (inner.type === 'JSXFragment') children.push({ kind: 'fragment', node: inner })
  else {
    const literal = fold ? literalOf(expression) : undefined
    if (literal === undefined) children.push({ kind: 'value', span: expression })
    else if (typeof literal !== 'boolean' && literal !== null) addText(children, String(literal), expression)
  }
}

/** Where a child stands. */
export function spanOf(child: Child): Span {
  return child.kind === 'element' || child.kind === 'fragment' ? child.node : child.span
}

/** The value of a hole that is the whole text of an element: the one value, or a list of all. */
export function textValue(children: readonly Child[]): Part[] {
  const parts = children.flatMap((child): Part[] => {
    if (child.kind === 'text') return [', ', quote(child.text)]
    return child.kind === 'spread' ? [', ', '...', child.span] : [', ', spanOf(child)]
  })
  return children.length === 1 && children[0]?.kind !== 'spread' ? parts.slice(1) : ['[', ...parts.slice(1), ']']
}
