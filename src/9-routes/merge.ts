// Makes the page's document equal to another one while keeping what is alive in it: the nodes that both have, the
// state of roots, what people typed. Part of the navigation script, so every line is weighed in bytes.
//
// Siblings are merged in three steps, here from `A B C` to `C X A`:
//   1. each new node takes an old one of its name that is left: C takes C, X takes none, A takes A;
//   2. what was not taken goes: B is removed, the document is `A C`;
//   3. the new order is walked beside the document: C moves before A, X is inserted, A is in place.
// Work is linear in the nodes of both documents.

/** Nodes that are merged as one: a node alone, or everything from one comment of the server to the one that closes it. */
export type Item = readonly [name: unknown, first: ChildNode, last: ChildNode, index: number]

/** A stretch of siblings: from `first` up to `end`, which is no part of it (`null`: to the last one). */
export type Stretch = readonly [parent: Node, first: ChildNode | null, end: ChildNode | null]

/** What the merge asks about the interactive parts of a page, when there are any. */
export interface RootRanges {
  /** What makes two roots the same: module, name and key. `undefined`: not running, so it is replaced. */
  identity(begin: Comment): string | undefined
  /** Takes over what a root of the next document brings: its props, and the content of its slots. */
  take(old: Item, next: Item): void
}

/** All children of a node. */
export const inside = (parent: Node): Stretch => [parent, parent.firstChild, null]

/** What lies between two comments. */
export const between = ([, begin, end]: Item): Stretch => [begin.parentNode as Node, begin.nextSibling, end]

/**
 * Makes the nodes of a stretch equal to those of another document, whose nodes it uses up.
 *
 * @param roots how interactive parts are told apart; without it they are replaced
 * @example
 * mergeNodes(inside(list), inside(parsedList))
 */
export function mergeNodes(old: Stretch, next: Stretch, roots?: RootRanges): void {
  let place = old[1]
  let cursor = 0
  const left = Map.groupBy(readItems(old, roots), (item) => item[0])
  const plan = readItems(next, roots).map((item) => {
    const same = left.get(item[0]) ?? []
    // Rather one behind the last that was taken: then neither has to move.
    const ahead = same.findIndex((known) => known[3] >= cursor)
    const known = same.splice(Math.max(ahead, 0), 1)[0]
    if (known) cursor = known[3]
    return [item, known] as const
  })
  for (const item of [...left.values()].flat()) {
    if (item[1] === place) place = item[2].nextSibling
    extract(item)
  }
  for (const [item, known] of plan) {
    if (known && known[1] === place) place = known[2].nextSibling
    else old[0].insertBefore(extract(known ?? item), place)
    if (known) mergeItem(known, item, roots)
  }
}

/**
 * Gives an element the attributes of another.
 *
 * @param rendered the names that the server gave it; others are left alone (default: all it has)
 */
export function mergeAttributes(old: Element, next: Element, rendered: string[] = old.getAttributeNames()): void {
  // What is open is the browser's, and so is the text of the field in which someone types.
  const isOwn = (name: string) => name === 'open' || (name === 'value' && old === document.activeElement)
  for (const name of rendered) if (!next.hasAttribute(name) && !isOwn(name)) old.removeAttribute(name)
  for (const attribute of next.attributes) {
    // A copy of the node: it also carries names that setAttribute refuses, and namespaces.
    if (old.getAttribute(attribute.name) !== attribute.value && !isOwn(attribute.name))
      old.setAttributeNode(attribute.cloneNode() as Attr)
  }
}

/**
 * The comment that closes the range which a comment opens; the node itself when it opens none. Segments `{…}`, roots
 * `[…]` and slots `(…)` nest, so counting is enough.
 */
export function closingOf(node: ChildNode): ChildNode {
  let depth = 0
  for (let next: ChildNode | null = node; next; next = next.nextSibling) {
    if (next.nodeType === 8) {
      const at = '{[(}])'.indexOf((next as Comment).data[0] ?? ' ')
      depth += at < 0 ? 0 : at < 3 ? 1 : -1
    }
    if (depth < 1) return next
  }
  return node
}

function readItems([, first, end]: Stretch, roots?: RootRanges): Item[] {
  const items: Item[] = []
  for (let node = first; node && node !== end; ) {
    const last = closingOf(node)
    items.push([nameOf(node, last, roots), node, last, items.length])
    node = last.nextSibling
  }
  return items
}

function nameOf(node: ChildNode, last: ChildNode, roots?: RootRanges): unknown {
  // The content of a template is no child of it: another one replaces it, as a name that nothing equals.
  if (node.nodeName === 'TEMPLATE') return node
  // Read as an attribute: the `id` of a form is the field of that name, when it has one.
  if (node === last) return node.nodeName + (node.nodeType === 1 ? (node as Element).getAttribute('id') : '')
  const { data } = node as Comment
  return data[0] === '[' ? (roots?.identity(node as Comment) ?? node) : data
}

/** Takes the nodes of an item out of their document. */
function extract([, first, last]: Item): DocumentFragment {
  const range = new Range()
  range.setStartBefore(first)
  range.setEndAfter(last)
  return range.extractContents()
}

function mergeItem(old: Item, next: Item, roots?: RootRanges): void {
  const [, node, last] = old
  const fresh = next[1]
  if (node !== last) {
    if ((node as Comment).data[0] === '[') roots?.take(old, next)
    else mergeNodes(between(old), between(next), roots)
  } else if (node.nodeType !== 1) {
    if (node.nodeValue !== fresh.nodeValue) node.nodeValue = fresh.nodeValue
  } else if (!(node as Element).hasAttribute('data-layer9-keep')) {
    mergeAttributes(node as Element, fresh as Element)
    mergeNodes(inside(node), inside(fresh), roots)
  }
}
