// Makes the page's document equal to another one while keeping what is alive in it: the nodes that both have, the
// state of roots, what people typed. Part of the navigation, so every line is weighed in bytes.
//
// Siblings are paired by their names first: those that the next document lacks go, the others stay. Then the next ones
// are walked beside those that stay, here from `A B C D` to `C X A D`:
//   B is in no pair and goes: `A C D`; C is the one behind A, so A is left where it is, to be moved when its turn comes;
//   X is in no pair and is inserted before what comes next in line, D: `A C X D`; A moves there: `C X A D`; D is in place.
// Each item is named once, and moved once at most: the work is linear, however a list was sorted.
import { holdControls, isTypedIn } from './controls.ts'

/** A stretch of siblings: from `first` up to `end`, which is no part of it (`null`: to the last one). */
export type Stretch = readonly [parent: Node, first: ChildNode | null, end: ChildNode | null]

/** What the merge asks about the interactive parts of a page, when there are any. */
export interface RootRanges {
  /** What makes two roots the same: module, name and key. `undefined`: not running, so it is replaced. */
  identity(begin: Comment): string | undefined
  /** Takes over what a root of the next document brings: its props, and the content of its slots, which it merges. */
  take(begin: Comment, next: Comment, merge: Merge): void
}

/** What stays through a merge besides the nodes that both documents have. */
export interface Kept {
  /** How interactive parts are told apart; without it they are replaced. */
  readonly roots?: RootRanges | undefined
  /** Nodes that neither document has: they stay where they are. */
  readonly strangers?: ReadonlySet<Node>
}

/** `mergeNodes`, for those who are only called where it is there. */
export type Merge = typeof mergeNodes

/** What an item holds: the children of a node, or what lies between a comment and the one that closes it. */
export function contentOf(node: ChildNode): Stretch {
  const last = closingOf(node)
  return last === node ? [node, node.firstChild, null] : [node.parentNode as Node, node.nextSibling, last]
}

/**
 * Makes the nodes of a stretch equal to those of another document, whose nodes it uses up.
 *
 * @example
 * const list = document.querySelector('ul')!
 * const next = document.createElement('ul')
 * next.innerHTML = '<li>One</li><li>Two</li>'
 * mergeNodes(contentOf(list), contentOf(next))
 */
export function mergeNodes(old: Stretch, next: Stretch, kept: Kept = {}): void {
  const merged = new Set<Node>()
  // What holds siblings is an element, a fragment or a document.
  const restore = holdControls(old[0] as Element)
  mergeStretch(old, next, { ...kept, merged })
  restore(merged)
}

/**
 * Gives an element the attributes of another.
 *
 * @param said what the last document gave it, when that is known: attributes that are different now were set by scripts,
 *   and are left alone
 */
export function mergeAttributes(old: Element, next: Element, said: Element = old): void {
  for (const name of [...said.getAttributeNames(), ...next.getAttributeNames()]) {
    // What is open is the browser's, and so is the text of the field in which someone types, and what lets the focus stay.
    if (name === 'open' || (name === 'value' && isTypedIn(old))) continue
    if (name === 'tabindex' && old === document.activeElement) continue
    const attribute = next.getAttributeNode(name)
    const value = old.getAttribute(name)
    if (value === attribute?.value || value !== said.getAttribute(name)) continue
    if (!attribute) old.removeAttribute(name)
    // A copy of the node: it also carries names that setAttribute refuses, and namespaces.
    else old.setAttributeNode(attribute.cloneNode() as Attr)
  }
}

/**
 * The comment that closes the range which a comment opens; the node itself when it opens none. Segments and keyed parts
 * `{…}`, roots `[…]` and awaited parts `?…` `/?…` nest, so counting is enough; slots `(…)` lie in roots, which are not
 * looked into.
 */
export function closingOf(node: ChildNode): ChildNode {
  let depth = 0
  for (let next: ChildNode | null = node; next; next = next.nextSibling) {
    const mark = (next.nodeType === 8 && (next as Comment).data[0]) as string
    depth += +'{[?'.includes(mark) - +'}]/'.includes(mark)
    if (depth < 1) return next
  }
  return node
}

/** What comes behind an item. */
export const behind = (first: ChildNode | null): ChildNode | null => closingOf(first as ChildNode).nextSibling

interface Pass extends Kept {
  /** The nodes of the page that the next document has too. */
  readonly merged: Set<Node>
}

function mergeStretch(old: Stretch, next: Stretch, pass: Pass): void {
  const items = itemsOf(old)
  const byName = Map.groupBy(items, (item) => nameOf(item, pass))
  // Listed before anything moves: what is moved into the page is no longer among its siblings.
  const pairs = itemsOf(next).map((item) => [item, byName.get(nameOf(item, pass))?.shift()] as const)
  const twins = new Set(pairs.map(([, twin]) => twin))
  for (const item of items) {
    if (!twins.has(item)) move(nodesOf(item).filter((node) => !pass.strangers?.has(node)))
  }
  const line = items.filter((item) => twins.has(item))
  let at = 0
  for (const [item, twin] of pairs) {
    if (twin && twin === line[at + 1]) at++
    const place = [old[0], line[at] ?? old[2]] as const
    if (!twin) move(nodesOf(item), place)
    else {
      if (twin !== line[at]) move(nodesOf(twin), place, 'moveBefore')
      twins.delete(twin)
      mergeItem(twin, item, pass)
    }
    // What was left behind is no longer in line, and neither is what has its place.
    while (line[at] && !twins.has(line[at])) at++
  }
}

function itemsOf([, first, end]: Stretch): ChildNode[] {
  const items: ChildNode[] = []
  for (let item = first; item !== end; item = behind(item)) items.push(item as ChildNode)
  return items
}

/** The nodes of an item, in their order. */
function nodesOf(item: ChildNode): ChildNode[] {
  const nodes: ChildNode[] = []
  for (let node: ChildNode | null = item, end = behind(item); node !== end; node = (node as ChildNode).nextSibling)
    nodes.push(node as ChildNode)
  return nodes
}

/**
 * Moves nodes to another place, or out of the document. `how` is `moveBefore` within the page: in browsers that have it
 * focus, frames, scroll positions and animations survive.
 */
function move(
  nodes: readonly ChildNode[],
  [parent, before]: readonly [Node, Node | null] = [new DocumentFragment(), null],
  how = '',
): void {
  const method = parent[how as 'insertBefore'] ?? parent.insertBefore
  for (const node of nodes) method.call(parent, node, before)
}

function nameOf(item: ChildNode, { roots }: Pass): unknown {
  // Replaced by the other document's, as a name that nothing equals: a template, whose content is no child of it, and a
  // script. One that holds data never ran, so it would once a merge gives it the `src` of another (HTML, "prepare the
  // script element"); those of a parsed document never do.
  if ((item as Partial<Element>).matches?.('template,script')) return item
  if (closingOf(item) !== item) {
    const { data } = item as Comment
    if (data[0] === '[') return roots?.identity(item as Comment) ?? item
    // Awaited parts are known by their order: names are those of one document, and what is there has none.
    return data[0] === '?' ? '?' : data
  }
  // Attributes: the `id` of a form is the field of that name, when it has one. Texts have none.
  const read = (name: string): unknown => (item as Partial<Element>).getAttribute?.(name)
  // Without key and id it is what comes next of its kind; a field is told from others by what it is called.
  const own = read('data-layer9-key') ?? read('id') ?? [read('name'), read('type')]
  return [item.nodeName, own, read('data-layer9-keep')].join()
}

function mergeItem(old: ChildNode, next: ChildNode, pass: Pass): void {
  const element = old as Partial<Element>
  const last = closingOf(next)
  if (last !== next && /^\?./.test((next as Comment).data)) {
    // What is shown stays until the part comes, which is to find its place.
    closingOf(old).replaceWith(last)
    old.replaceWith(next)
  } else if (last !== next && (old as Comment).data[0] === '[')
    pass.roots?.take(old as Comment, next as Comment, mergeNodes)
  else if (!element.matches?.('[data-layer9-keep]')) {
    pass.merged.add(old)
    if (element.matches) mergeAttributes(old as Element, next as Element)
    // Texts, and comments that open nothing. A segment's name is the same in both.
    else if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue
    // The text of a field is what it says by default: with another one the caret would be at its end.
    if (!isTypedIn(old)) mergeStretch(contentOf(old), contentOf(next), pass)
  }
}
