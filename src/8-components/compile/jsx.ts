// JSX to calls: which elements become one template, and what stands in their place.
import type { ESTree } from 'vite'
import { propertyKey } from './attributes.ts'
import {
  attributeOf,
  attributeValue,
  type Child,
  childrenOf,
  isIntrinsic,
  nameText,
  type Part,
  spanOf,
} from './children.ts'
import type { Names } from './local-names.ts'
import { quote } from './markup.ts'
import type { ModuleScan } from './scan.ts'
import type { Span } from './syntax.ts'
import type { MarkElement, TellPlace, Template } from './template.ts'
import { buildTemplate } from './template-builder.ts'

/** An element or fragment that becomes a call: the parts to be written in its place. */
export interface Replacement {
  readonly span: Span
  readonly parts: readonly Part[]
}

/**
 * Plans every element of a module, outer before inner.
 *
 * @param options.isKept whether a stretch of the source is in the output at all (what is cut must leave no template behind)
 * @param options.tell where things are written, for the server's messages
 * @param options.mark the same of each element, for the inspector
 */
export function planJsx(
  scan: ModuleScan,
  names: Names,
  { isKept, tell, mark }: { isKept: (span: Span) => boolean; tell: TellPlace; mark: MarkElement },
): { templates: Template[]; replacements: Replacement[] } {
  const templates: Template[] = []
  const replacements: Replacement[] = []
  const consumed = new Set<SyntaxJsx>()
  const consume = (node: SyntaxJsx) => consumed.add(node)
  const context = { source: scan, consume, temporary: names.temporary, tell, mark }
  for (const node of scan.jsx) {
    if (consumed.has(node) || !isKept(node)) continue
    let parts: Part[]
    if (node.type === 'JSXElement' && isIntrinsic(node)) {
      templates.push(buildTemplate(node, context))
      parts = blockParts(templates.at(-1)!, names, templates.length - 1)
    } else if (node.type === 'JSXFragment' || isFragment(node, scan)) parts = fragmentParts(node, scan, names)
    else parts = toldParts(componentParts(node, scan, names), tell(node), names)
    // An element that is made when the module runs must not keep a bundler from dropping it when nobody shows it.
    replacements.push({ span: node, parts: scan.eager.has(node) && parts[0] !== '[' ? [pure, ...parts] : parts })
  }
  return { templates, replacements }
}

const pure = '/*#__PURE__*/ '

type SyntaxJsx = ESTree.JSXElement | ESTree.JSXFragment

/** `block(template, [values], keyed(key))`; on the server, where a template is a function, `template(values, key)`. */
function blockParts(template: Template, names: Names, index: number): Part[] {
  const listed = template.values.flatMap((value): Part[] => [', ', ...value])
  if (names.side === 'server') {
    return [`${names.template(index)}(`, ...[...listed, ...keyParts(template.root, names)].slice(1), ')']
  }
  const values = listed.slice(1)
  return [`${names.call('block')}(${names.template(index)}, [`, ...values, ']', ...keyParts(template.root, names), ')']
}

/** `component(Type, { props }, keyed(key))`. */
function componentParts(node: ESTree.JSXElement, scan: ModuleScan, names: Names): Part[] {
  const props = propParts(node, scan)
  return [
    `${names.call('component')}(`,
    node.openingElement.name,
    ...(props.length === 0 ? [', {}'] : [', { ', ...props.slice(1), ' }']),
    ...keyParts(node, names),
    ')',
  ]
}

/** `at(component(…), 'app/routes/index.tsx:12:7')`: where a component is placed, if that is to be told. */
function toldParts(parts: Part[], place: string | null, names: Names): Part[] {
  return place === null ? parts : [`${names.call('at')}(`, ...parts, `, ${place})`]
}

/** Props of a component, each behind a separator: attributes and spreads in order, then the children. */
function propParts(node: ESTree.JSXElement, scan: ModuleScan): Part[] {
  const parts: Part[] = []
  const add = (name: string, ...value: Part[]): void => {
    parts.push(', ', `${propertyKey(name)}: `, ...value)
  }
  for (const attribute of node.openingElement.attributes) {
    if (attribute.type === 'JSXSpreadAttribute') parts.push(', ', '...', attribute.argument)
    else if (nameText(attribute.name) !== 'key') add(nameText(attribute.name), attributePart(attribute))
  }
  const children = childrenOf(node, scan.code, false)
  const [first] = children
  if (children.length === 1 && first && first.kind !== 'spread') add('children', childPart(first))
  else if (children.length > 0) add('children', '[', ...listParts(children), ']')
  return parts
}

function attributePart(attribute: ESTree.JSXAttribute): Part {
  const { literal, node } = attributeValue(attribute)
  const isWritten = attribute.value !== null && attribute.value.type !== 'Literal'
  return isWritten ? node : typeof literal === 'string' ? quote(literal) : String(literal)
}

/** `[children]`, or `fragment([children], keyed(key))`. */
function fragmentParts(node: SyntaxJsx, scan: ModuleScan, names: Names): Part[] {
  const list: Part[] = ['[', ...listParts(childrenOf(node, scan.code, true)), ']']
  const key = node.type === 'JSXElement' ? keyParts(node, names) : []
  return key.length === 0 ? list : [`${names.call('fragment')}(`, ...list, ...key, ')']
}

function listParts(children: readonly Child[]): Part[] {
  return children
    .flatMap((child): Part[] => (child.kind === 'spread' ? [', ', '...', child.span] : [', ', childPart(child)]))
    .slice(1)
}

function childPart(child: Child): Part {
  return child.kind === 'text' ? quote(child.text) : spanOf(child)
}

/** The key as a further argument, if there is one; for browsers in a call that brings what keys are for. */
function keyParts(node: ESTree.JSXElement, names: Names): Part[] {
  const key = attributeOf(node, 'key')
  if (!key) return []
  return names.side === 'server' ? [', ', attributePart(key)] : [`, ${names.call('keyed')}(`, attributePart(key), ')']
}

/** Whether a tag is the fragment of the framework by name: `<Fragment key={…}>`. */
function isFragment(node: ESTree.JSXElement, scan: ModuleScan): boolean {
  const { name } = node.openingElement
  const origin = name.type === 'JSXIdentifier' ? scan.scope.find(name.name)?.origin : undefined
  return origin?.imported === 'Fragment' && /^layer9\/(?:components|jsx-runtime)$/.test(origin.source)
}
