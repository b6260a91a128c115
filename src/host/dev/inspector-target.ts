// What a page itself knows of an element: where it is written, by the attributes that development gives elements, and the
// root that it is in, by the comments around roots and slots and the tables of roots (ARCHITECTURE.md, Contract 3).
import type { InspectedRoot, InspectorQuestion } from './inspector-words.ts'

/** Where the compiler says an element is written: in full at the root of a template, else in the same file. */
const attribute = 'data-layer9-at'

/** A root as its document's table has it. */
interface TableRoot {
  readonly name: string
  readonly props: Readonly<Record<string, unknown>>
  readonly start?: string
}

/** The comment before a root, which has a row of the table once the root was looked at (root-block.ts of layer 9). */
interface Begin extends Comment {
  readonly described?: TableRoot & { readonly url: string }
}

/** The place of an element; `isOwn`: not only that of one around it. */
export function placeOf(element: Element): { place: string | null; isOwn: boolean } {
  const written = element.closest(`[${attribute}]`)
  const at = written?.getAttribute(attribute)
  // The root of its template is around it, and nothing of another template between.
  const file = written
    ?.closest(`[${attribute}*="/"]`)
    ?.getAttribute(attribute)
    ?.replace(/:\d+:\d+$/, '')
  if (!at || !file) return { place: null, isOwn: false }
  return { place: at.startsWith(file) ? at : `${file}:${at}`, isOwn: written === element }
}

/** All that is asked about an element. `base`: path the app is mounted at, with a slash at both ends. */
export function describeElement(element: Element, base: string): Omit<InspectorQuestion, 'id'> {
  const { begin, inSlot } = rootAround(element)
  return { tag: element.localName, ...placeOf(element), inSlot, root: begin ? describeRoot(begin, base) : null }
}

/** The comment that begins the innermost root around a place, and whether the place is in a slot of that root. */
function rootAround(place: Node): { begin: Begin | undefined; inSlot: boolean } {
  let closed = 0
  let inSlot = false
  for (let at: Node | null = place; at; at = portalAround(at) ?? at.previousSibling ?? at.parentNode) {
    const [, mark] = (at.nodeType === 8 && /^([[(\])])\d+$/.exec((at as Comment).data)) || []
    if (!mark) continue
    if (mark === ']' || mark === ')') closed++
    else if (closed > 0) closed--
    else if (mark === '[') return { begin: at as Begin, inSlot }
    else inSlot = true
  }
  return { begin: undefined, inSlot: false }
}

/** What a container knows of the portals that show something at its end (dom/hot.ts of layer 8). */
interface Container extends ParentNode {
  readonly l9portals?: readonly { readonly place: Node; first(): Node }[]
}

/** Where the portal stands that shows a node: the nodes of its component are around that. */
function portalAround(node: Node): Node | undefined {
  const isFrom = (first: Node) => first === node || first.compareDocumentPosition(node) & 4
  const shown = ((node.parentNode ?? {}) as Partial<Container>).l9portals?.filter(({ place }) => place.isConnected)
  // They are appended, each behind the others.
  return shown?.findLast(({ first }) => isFrom(first()))?.place
}

const bytesOf = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length

function describeRoot(begin: Begin, base: string): InspectedRoot | null {
  const root = begin.described ?? readTable(begin)
  if (!root) return null
  const { name, url, props, start = null } = root
  const sizes = Object.entries(props).map(([prop, value]) => ({ name: prop, bytes: bytesOf(value) }))
  const [largest = null] = sizes.sort((one, other) => other.bytes - one.bytes)
  return { module: url.slice(base.length).replace(/\?.*$/, ''), name, start, props: bytesOf(props), largest }
}

/** One that was not looked at yet, as inside of a root that waits. */
function readTable({ data }: Comment): Begin['described'] {
  for (const { textContent } of document.querySelectorAll('script[id|=layer9]')) {
    // Written by root-table.ts of layer 9.
    const table = JSON.parse(textContent) as {
      modules: string[]
      roots: Record<string, TableRoot & { module: number }>
    }
    const root = table.roots[data.slice(1)]
    if (root) return { ...root, url: table.modules[root.module]! }
  }
  return undefined
}
