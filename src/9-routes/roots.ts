// Starts the roots of a page: the parts that run in the browser. Loaded by the navigation script on the first page that
// has any; after a merge it hands new props to the roots that stayed, starts the new ones and stops those that are gone.
import { decodeTrusted, type Json } from '../1-contracts/index.ts'
import { adopt, type RootHandle, type Slot, slot, watchSlots } from '../8-components/browser.ts'
import type { RootRanges, Stretch } from './merge.ts'
import type { Load, Merge, Roots } from './navigate.ts'

/** The block at the end of a document (`#layer9`). */
interface Table {
  readonly modules: readonly string[]
  readonly roots: readonly TableRoot[]
}

interface TableRoot {
  /** Place of its module in the table. */
  readonly module: number
  readonly name: string
  /** As the codec wrote them. */
  readonly props: Json
  readonly key?: string | number
}

/** A root as a document describes it. */
interface Described extends Omit<TableRoot, 'module' | 'props'> {
  /** URL of its module. */
  readonly module: string
  /** As text: a root may start more than once, and reading uses the data up. */
  readonly props: string
}

/** A root that runs. */
interface Running {
  readonly handle: RootHandle
  /** The slots among its props, in the order of the props. */
  readonly slots: readonly Slot[]
}

/** The comments around a root or slot. */
type Bounds = readonly [begin: Comment, end: Comment]

/** The table of the document that is shown. */
let table: Table
/** Tables of documents that are merged into it, read once each. */
const tables = new WeakMap<Document, Table>()
let importUrl: Load
let merge: Merge | undefined
/** What the latest document said of each root, by the comment before it. Numbers are those of one document alone. */
const described = new WeakMap<Comment, Described>()
const running = new Map<Comment, Running>()
/** Modules by URL. One that cannot be had is missing. */
const loaded = new Map<string, Record<string, unknown>>()

const rootRanges: RootRanges = {
  identity(begin) {
    const page = begin.ownerDocument as Document
    const root = page === document ? findRunning(begin) : describe(begin, tableOf(page))
    // With another number of slots it is another root: slots that came or went have no nodes to merge with.
    return root && [root.module, root.name, root.key, root.props.split(slotTag).length].join(' ')
  },
  take: takeOver,
}

/** How the codec writes a slot. In JSON a text's quotes are escaped, so no text of an app reads like this. */
const slotTag = '{"$slot":'

/** What is known of a root that runs, unless one of its slots was never shown: that has no nodes to merge with either. */
function findRunning(begin: Comment): Described | undefined {
  return running.get(begin)?.slots.every((own) => own.begin) ? described.get(begin) : undefined
}

/**
 * Starts the roots of the page, and gives the navigation what it needs to keep them through merges. An error of one root
 * stops that root alone: its nodes stay, marked `data-layer9-failed`, and the error goes to the window's `error` event.
 *
 * @param importModule `(url) => import(url)`
 * @param mergeNodes the merge of the navigation script, which is not loaded twice; without it a root that another
 *   document also has begins anew
 * @example
 * import { start } from 'layer9/routes/browser'
 * start((url) => import(url))
 */
export function start(importModule: Load, mergeNodes?: Merge): Roots {
  importUrl = importModule
  merge = mergeNodes
  watchSlots((begin, end, placed) => (placed ? startRoots : stopRoots)(rangesIn([begin, end])))
  const settle = () => {
    table = readTable(document)
    stopRoots([...running.keys()].filter((begin) => !begin.isConnected).map((begin) => [begin, begin]))
    void loadAndStart(table)
  }
  settle()
  return { ...rootRanges, settle }
}

function readTable(page: Document): Table {
  const block = page.getElementById('layer9')
  return block ? JSON.parse(block.textContent as string) : { modules: [], roots: [] }
}

function tableOf(page: Document): Table {
  const known = tables.get(page) ?? readTable(page)
  tables.set(page, known)
  return known
}

/** What a document's table says of a root; undefined for a comment that is none of ours. */
function describe(begin: Comment, { roots, modules }: Table): Described | undefined {
  const root = roots[Number(begin.data.slice(1))]
  return root && { ...root, module: modules[root.module] as string, props: JSON.stringify(root.props) }
}

async function loadAndStart(own: Table): Promise<void> {
  await Promise.all(own.modules.map(load))
  // Another document may have come meanwhile, with a table of its own.
  if (own === table) startRoots(rangesIn())
}

async function load(url: string): Promise<void> {
  if (loaded.has(url)) return
  try {
    loaded.set(url, (await importUrl(url)) as Record<string, unknown>)
  } catch (error) {
    reportError(error)
  }
}

function startRoots(ranges: readonly Bounds[]): void {
  for (const range of ranges) {
    const root = described.get(range[0]) ?? describe(range[0], table)
    if (root && !running.has(range[0])) startRoot(range, root)
  }
}

function startRoot([begin, end]: Bounds, root: Described): void {
  described.set(begin, root)
  try {
    const component = loaded.get(root.module)?.[`__l9_${root.name}`]
    if (typeof component !== 'function') throw new Error(`${root.module} has no ${root.name}`)
    const slots: Slot[] = []
    const props = readProps(root, (number) => {
      const made = slot(number)
      slots.push(made)
      return made
    })
    // What the module exports under that name is a component, says the compiler, which wrote both.
    running.set(begin, { handle: adopt(component as never, props, begin, end), slots })
  } catch (error) {
    for (let node: Node = begin; node !== end; node = node.nextSibling as Node)
      if (node.nodeType === 1) (node as Element).setAttribute('data-layer9-failed', '')
    reportError(error)
  }
}

function stopRoots(ranges: readonly Bounds[]): void {
  for (const [begin] of ranges) {
    running.get(begin)?.handle.stop()
    running.delete(begin)
  }
}

/** The props of a root, with what `toSlot` makes of the number of each slot. */
function readProps({ props }: Described, toSlot: (number: number) => unknown): object {
  return decodeTrusted(JSON.parse(props), { slot: (number) => toSlot(number as number) }) as object
}

/** All roots of the page, or those between two comments: each before the ones inside it. */
function rangesIn([from, to]: readonly [Comment?, Comment?] = []): Bounds[] {
  const ranges: [Comment, Comment][] = []
  const open: [Comment, Comment][] = []
  const walker = document.createTreeWalker(from?.getRootNode() ?? document.body, NodeFilter.SHOW_COMMENT)
  if (from) walker.currentNode = from
  for (let node = walker.nextNode(); node && node !== to; node = walker.nextNode()) {
    const comment = node as Comment
    if (/^\[\d+$/.test(comment.data)) {
      const range: [Comment, Comment] = [comment, comment]
      ranges.push(range)
      open.push(range)
    } else if (/^\]\d+$/.test(comment.data)) {
      const range = open.pop()
      if (range) range[1] = comment
    }
  }
  return ranges
}

/** Gives a running root what the next document says of it: the content of its slots, then its props. */
function takeOver(begin: Comment, next: Comment): void {
  const { handle, slots } = running.get(begin) as Running
  const root = describe(next, tableOf(next.ownerDocument as Document)) as Described
  let count = 0
  const props = readProps(root, (number) => {
    // As many as before, says the identity, so the one in the same place is there, and was shown.
    const own = slots[count++] as Slot
    const old = [own.begin?.parentNode, own.begin?.nextSibling, own.end] as unknown as Stretch
    merge?.(old, contentOfSlot(next, number), rootRanges)
    return own
  })
  described.set(begin, root)
  handle.update(props)
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
