// Makes the page's document equal to another one while keeping what is alive in it: the nodes that both have, the
// state of roots, what people typed. Part of the navigation, so every line is weighed in bytes.
//
// Siblings are merged by walking the new ones beside the old ones, here from `A B C` to `C X A`:
//   an old one that nobody wants any more goes when the walk meets it (none here: B is not met);
//   C is found behind A and moves before it: `C A B`; X is found nowhere and is inserted: `C X A B`;
//   A is in place, and what is left behind it, B, goes.
// The work is linear where the order is the same, and at worst the product of both lengths.

/** A stretch of siblings: from `first` up to `end`, which is no part of it (`null`: to the last one). */
export type Stretch = readonly [parent: Node, first: ChildNode | null, end: ChildNode | null]

/** What the merge asks about the interactive parts of a page, when there are any. */
export interface RootRanges {
  /** What makes two roots the same: module, name and key. `undefined`: not running, so it is replaced. */
  identity(begin: Comment): string | undefined
  /** Takes over what a root of the next document brings: its props, and the content of its slots, which it merges. */
  take(begin: Comment, next: Comment, merge: Merge): void
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
 * @param roots how interactive parts are told apart; without it they are replaced
 * @example
 * mergeNodes(contentOf(list), contentOf(parsedList))
 */
export function mergeNodes([parent, place, end]: Stretch, [, node, nextEnd]: Stretch, roots?: RootRanges): void {
  // Listed first: what is moved into the page is no longer among its siblings.
  const wanted = new Map<ChildNode, unknown>()
  for (; node !== nextEnd; node = behind(node)) wanted.set(node as ChildNode, nameOf(node as ChildNode, roots))
  const names = new Set(wanted.values())
  for (const [next, name] of wanted) {
    while (place !== end && !names.has(nameOf(place as ChildNode, roots))) place = move(place as ChildNode)
    let known = place
    while (known !== end && nameOf(known as ChildNode, roots) !== name) known = behind(known)
    if (known === end) move(next, [parent, place])
    else {
      if (known === place) place = behind(place)
      else move(known as ChildNode, [parent, place], 'moveBefore')
      mergeItem(known as ChildNode, next, roots)
    }
  }
  while (place !== end) place = move(place as ChildNode)
}

/**
 * Gives an element the attributes of another.
 *
 * @param rendered the names that the server gave it; others are left alone (default: all it has)
 */
export function mergeAttributes(old: Element, next: Element, rendered: string[] = old.getAttributeNames()): void {
  for (const name of [...rendered, ...next.getAttributeNames()]) {
    // What is open is the browser's, and so is the text of the field in which someone types.
    if (name === 'open' || (name === 'value' && old === document.activeElement)) continue
    const attribute = next.getAttributeNode(name)
    if (!attribute) old.removeAttribute(name)
    // A copy of the node: it also carries names that setAttribute refuses, and namespaces.
    else if (old.getAttribute(name) !== attribute.value) old.setAttributeNode(attribute.cloneNode() as Attr)
  }
}

/**
 * The comment that closes the range which a comment opens; the node itself when it opens none. Segments `{…}` and
 * roots `[…]` nest, so counting is enough; slots `(…)` lie in roots, which are not looked into.
 */
export function closingOf(node: ChildNode): ChildNode {
  let depth = 0
  for (let next: ChildNode | null = node; next; next = next.nextSibling) {
    const mark = (next.nodeType === 8 && (next as Comment).data[0]) as string
    depth += +'{['.includes(mark) - +'}]'.includes(mark)
    if (depth < 1) return next
  }
  return node
}

/** What comes behind an item. */
export const behind = (first: ChildNode | null): ChildNode | null => closingOf(first as ChildNode).nextSibling

/**
 * Moves an item to another place, or out of the document. Returns what came behind it. `how` is `moveBefore` within the
 * page: in browsers that have it focus, frames and animations survive.
 */
function move(
  first: ChildNode,
  [parent, before]: readonly [Node, Node | null] = [new DocumentFragment(), null],
  how = '',
): ChildNode | null {
  const end = behind(first)
  const method = parent[how as 'insertBefore'] ?? parent.insertBefore
  for (let node: ChildNode | null = first, after: ChildNode | null; node !== end; node = after) {
    after = (node as ChildNode).nextSibling
    method.call(parent, node as ChildNode, before)
  }
  return end
}

function nameOf(node: ChildNode, roots?: RootRanges): unknown {
  // Replaced by the other document's, as a name that nothing equals: a template, whose content is no child of it, and a
  // script. One that holds data never ran, so it would once a merge gives it the `src` of another (HTML, "prepare the
  // script element"); those of a parsed document never do.
  if ((node as Partial<Element>).matches?.('template,script')) return node
  // Read as an attribute: the `id` of a form is the field of that name, when it has one. Texts have none.
  if (closingOf(node) === node) return node.nodeName + (node as Partial<Element>).getAttribute?.('id')
  const { data } = node as Comment
  return data[0] === '[' ? (roots?.identity(node as Comment) ?? node) : data
}

function mergeItem(old: ChildNode, next: ChildNode, roots?: RootRanges): void {
  if (closingOf(old) !== old && (old as Comment).data[0] === '[')
    roots?.take(old as Comment, next as Comment, mergeNodes)
  else if (!(old as Partial<Element>).matches?.('[data-layer9-keep]')) {
    if ((old as Partial<Element>).matches) mergeAttributes(old as Element, next as Element)
    // Texts, and comments that open nothing. A segment's name is the same in both.
    else if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue
    mergeNodes(contentOf(old), contentOf(next), roots)
  }
}
