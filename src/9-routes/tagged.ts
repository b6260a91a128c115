// Props that JSON alone cannot carry: dates, bigints, maps, sets, queries, actions and, above all, slots; and contexts. The starter loads
// this with the first document that has any of them; pages without ship none of it.
import { decodeTrusted, type Json } from '../1-contracts/index.ts'
import {
  type Brought,
  bringContexts,
  type RootHandle,
  type Slot,
  slot,
  surroundingOwner,
  watchSlots,
} from '../8-components/browser.ts'
import type { Merge, RootRanges, Stretch } from './merge.ts'
import type { Begin, Described } from './root-block.ts'

/** What the next document brings for a root that runs. */
export interface Next {
  /** The comment before the root in that document. */
  readonly next: Comment
  readonly merge: Merge
  readonly ranges: RootRanges
}

/** What the starter knows of the roots of a page: which run, how to visit those between two comments, and to start one. */
export interface Starter {
  readonly running: ReadonlyMap<Comment, { readonly handle: RootHandle }>
  visit(from: Node, visit: (begin: Comment) => boolean, to?: Comment): void
  start(begin: Comment): boolean
}

/**
 * Follows slots that are taken out: the roots in them keep nodes and state, and their effects rest. Placed again they go
 * on, and those that never ran start.
 */
export function followSlots({ running, visit, start }: Starter): void {
  const rest = (begin: Comment, asleep: boolean): boolean => {
    const root = running.get(begin)?.handle.root
    if (root && !!root.asleep !== asleep) {
      root.asleep = asleep
      // It may be in another place, with other contexts.
      if (!asleep) root.parent = surroundingOwner(begin)
      // A copy: each leaves and comes back.
      for (const effect of [...root.effects]) {
        effect.end()
        effect.due = true
        // One that sleeps is due until it wakes.
        effect.wake()
      }
    }
    return true
  }
  watchSlots((begin, end, placed) => {
    visit(begin, (inside) => rest(inside, !placed), end)
    if (placed) visit(begin, start, end)
  })
}

/** Whether a root that is not on the page is in a slot that was taken out: it sleeps, and no root around it has ended. */
export function isKept({ root }: RootHandle): boolean {
  let around: typeof root | undefined = root
  while (around && !around.over) around = around.parent?.top
  return !!root.asleep && !around
}

/**
 * Reads the props of a root, and gives it its contexts.
 *
 * @param begin the comment before it
 * @param slots gets the slots that are made, in the order of the props; with `from` it has them, and each gets its new
 *   content
 */
export function readProps(begin: Begin, slots: Slot[], from?: Next): object {
  const root = begin.described as Described
  bringContexts(begin, readContexts(root))
  let count = 0
  const toSlot = (number: number): Slot => {
    // As many as before, says the identity of a root that stayed, so the one in the same place is there, and was shown.
    if (!from) slots.push(slot(number))
    const own = slots[count++] as Slot
    if (from) {
      const old = [own.begin?.parentNode, own.begin?.nextSibling, own.end] as unknown as Stretch
      from.merge(old, contentOfSlot(from.next, number), { roots: from.ranges })
    }
    return own
  }
  // A copy: reading uses the data up, and a root may start more than once.
  return decodeTrusted(structuredClone(root.props), {
    call,
    slot: (number) => toSlot(number as number),
  }) as object
}

let importUrl: (url: string) => Promise<unknown>

/** Says how the module is imported that calls the server: `(url) => import(url)`. */
export function callWith(importModule: typeof importUrl): void {
  importUrl = importModule
}

/** Queries and actions that came as props, by their ids: the same function in each document, so that none changes. */
const calls = new Map<string, unknown>()

/** What asks the server comes with the first call: many are for a form, which needs the name alone. */
function call(json: Json): unknown {
  const [id, kind, url] = json as [string, 'query' | 'action', string]
  if (!calls.has(id)) {
    const run = async (input: unknown) => {
      const { stub } = (await importUrl(url)) as typeof import('../6-api/browser.ts')
      return await stub(id, kind)(input)
    }
    calls.set(id, Object.assign(run, { id, kind }))
  }
  return calls.get(id)
}

/** Values that have been read, by their text: what is the same in the next document stays the same value. */
const values = new Map<string, unknown>()
const MOST_VALUES = 100

/** The contexts that a document brings for a root. */
function readContexts({ contexts = [], block }: Described): Record<string, Brought> {
  return Object.fromEntries(
    contexts.map((place) => {
      const [id, ...value] = block.l9!.contexts![place]!
      return [id, value.length > 0 ? { value: readOnce(value[0] as Json) } : { late: id.slice(id.indexOf('#') + 1) }]
    }),
  )
}

function readOnce(json: Json): unknown {
  const text = JSON.stringify(json)
  if (values.size > MOST_VALUES) values.clear()
  if (!values.has(text)) values.set(text, decodeTrusted(JSON.parse(text), { call }))
  return values.get(text)
}

/** The nodes of a slot in a document: where its root placed them, or in the template of one that is not shown. */
function contentOfSlot(root: Comment, number: number): Stretch {
  const walker = document.createTreeWalker(root.getRootNode())
  walker.currentNode = root
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeValue === `(${number}`) {
      let end = node.nextSibling
      while (end && end.nodeValue !== `)${number}`) end = end.nextSibling
      return [node.parentNode as Node, node.nextSibling, end]
    }
    const { content, dataset } = node as Partial<HTMLTemplateElement>
    if (content && dataset?.['slot'] === String(number)) return [content, content.firstChild, null]
  }
  // The server writes every slot that a table names.
  return [root, null, null]
}
