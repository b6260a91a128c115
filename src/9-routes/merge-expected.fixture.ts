// What a page should be after a merge, told without merging: written for being plainly right, not for being fast.

/** One node of the page as it should be. */
export interface Expected {
  /** The node that is to be there: one of the page, where both documents have it, else one of the next document. */
  readonly node: Node
  /** What the next document says of it; undefined for nodes that belong to a live component or are kept as they are. */
  readonly like: Node | undefined
  /** Whether it was in the page before. */
  readonly stays: boolean
  readonly children: readonly Expected[]
}

/** A node, or what lies between two comments. */
interface Item {
  readonly kind: 'node' | 'segment' | 'root'
  readonly first: ChildNode
  readonly last: ChildNode
  readonly inner: readonly Item[]
}

/** How a comment before a root names what makes it the same. */
export type IdentityOf = (begin: Comment) => string

/** The items of a list of siblings, which its comments group. */
function itemsOf(nodes: readonly ChildNode[]): Item[] {
  const open: { first: ChildNode; inner: Item[] }[] = [{ first: nodes[0] as ChildNode, inner: [] }]
  for (const node of nodes) {
    const mark = node.nodeType === Node.COMMENT_NODE ? (node as Comment).data[0] : ''
    const around = open.at(-1) as { inner: Item[] }
    if (mark === '{' || mark === '[') open.push({ first: node, inner: [] })
    else if (mark === '}' || mark === ']') {
      const { first, inner } = open.pop() as { first: ChildNode; inner: Item[] }
      open.at(-1)?.inner.push({ kind: mark === '}' ? 'segment' : 'root', first, last: node, inner })
    } else around.inner.push({ kind: 'node', first: node, last: node, inner: [] })
  }
  return open[0]?.inner ?? []
}

/** What stands between two siblings. */
function between(first: Node | null | undefined, last: Node | null | undefined): ChildNode[] {
  const nodes: ChildNode[] = []
  for (let node = first?.nextSibling; node && node !== last; node = node.nextSibling) nodes.push(node)
  return nodes
}

const isComment = (node: Node, mark: string): boolean =>
  node.nodeType === Node.COMMENT_NODE && (node as Comment).data.startsWith(mark)

/** Where a list of siblings has the content of a slot: from one comment to the other. */
function slotIn(nodes: readonly ChildNode[]): [first: ChildNode, last: ChildNode] | undefined {
  const first = nodes.find((node) => isComment(node, '('))
  const last = first && nodes.find((node) => isComment(node, `)${(first as Comment).data.slice(1)}`))
  return first && last && [first, last]
}

/** Tells what comes of merging one document into another: `copies` has the nodes of the next with those of its copy. */
export class Expectation {
  readonly #identityOf: IdentityOf
  readonly #copies: ReadonlyMap<Node, Node>

  constructor(identityOf: IdentityOf, copies: ReadonlyMap<Node, Node>) {
    this.#identityOf = identityOf
    this.#copies = copies
  }

  /** What a list of siblings should be. */
  siblings(old: readonly ChildNode[], next: readonly ChildNode[]): Expected[] {
    return this.#items(itemsOf(old), itemsOf(next))
  }

  /** The nth of a name is the nth of that name. */
  #items(old: readonly Item[], next: readonly Item[]): Expected[] {
    return next.flatMap((item, index) => {
      const name = this.#nameOf(item)
      const before = next.slice(0, index).filter((other) => this.#nameOf(other) === name).length
      const same = old.filter((other) => this.#nameOf(other) === name)
      return this.#item(name === undefined ? undefined : same[before], item)
    })
  }

  /** By key, else by id, else by its kind, to which a field's name belongs. Templates and scripts have none. */
  #nameOf({ kind, first }: Item): string | undefined {
    if (kind === 'root') return `root ${this.#identityOf(first as Comment)}`
    if (kind === 'segment') return `segment ${(first as Comment).data}`
    if (first.nodeType !== Node.ELEMENT_NODE) return first.nodeName
    const element = first as Element
    if (element.localName === 'template' || element.localName === 'script') return undefined
    const [key, id, name, type, keep] = ['data-layer9-key', 'id', 'name', 'type', 'data-layer9-keep'].map((attribute) =>
      element.getAttribute(attribute),
    )
    const what = key !== null ? `key ${key}` : id !== null ? `id ${id}` : `field ${name} ${type}`
    return `${element.localName} ${what} ${keep !== null}`
  }

  #item(old: Item | undefined, next: Item): Expected[] {
    if (next.kind === 'root' && old) return this.#root(old, next)
    if (next.kind === 'node') return [this.#node(old?.first, next.first)]
    const stays = old !== undefined
    const [first, last] = stays ? [old.first, old.last] : [next.first, next.last]
    // Roots that come are written as they are: each node is the next document's own.
    const inner = this.#items(old?.inner ?? [], next.inner)
    return [
      { node: first, like: this.#copies.get(next.first), stays, children: [] },
      ...inner,
      { node: last, like: this.#copies.get(next.last), stays, children: [] },
    ]
  }

  #node(old: ChildNode | undefined, next: ChildNode): Expected {
    const like = this.#copies.get(next)
    if (!old) return { node: next, like, stays: false, children: this.siblings([], [...next.childNodes]) }
    if ((old as Partial<Element>).matches?.('[data-layer9-keep]')) return this.#owned(old)
    // What someone types in is as it was.
    if (old === document.activeElement && old.nodeName === 'TEXTAREA') return this.#owned(old)
    return { node: old, like, stays: true, children: this.siblings([...old.childNodes], [...next.childNodes]) }
  }

  /** A live component has its own nodes; in them, the content of its slot is merged. */
  #root(old: Item, next: Item): Expected[] {
    const slot = slotIn([...(next.first.nextSibling as Node).childNodes])
    const inside = between(old.first, old.last).map((node) => this.#owned(node, slot && between(...slot)))
    return [this.#owned(old.first), ...inside, this.#owned(old.last)]
  }

  #owned(node: Node, content?: readonly ChildNode[]): Expected {
    const all = [...node.childNodes]
    const slot = content && slotIn(all)
    const own = (nodes: readonly ChildNode[]): Expected[] => nodes.map((child) => this.#owned(child))
    const children = slot
      ? [
          ...own(all.slice(0, all.indexOf(slot[0]) + 1)),
          ...this.siblings(between(...slot), content),
          ...own(all.slice(all.indexOf(slot[1]))),
        ]
      : own(all)
    return { node, like: undefined, stays: true, children }
  }
}
