// Starts the roots of a page: the parts that run in the browser. Loaded by what listens on the first page that
// has any; after a merge it hands new props to the roots that stayed, starts the new ones and stops those that are gone.
import type { Json } from '../1-contracts/index.ts'
import { adopt, closingOf, type RootHandle, type Slot } from '../8-components/browser.ts'
import type { Load, Roots } from './listen.ts'
import type { RootRanges } from './merge.ts'
import type { Next } from './tagged.ts'

/** A table of roots, at the end of a document and with each deferred part: what its text says, once it was read. */
interface Block extends HTMLElement {
  l9?: { readonly modules: readonly string[]; readonly roots: Readonly<Record<number, TableRoot>> }
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
interface Described {
  /** URL of its module. */
  readonly url: string
  readonly name: string
  readonly props: Json
  readonly identity: string
  /** The table that it is in. */
  readonly block: Block
}

/** The comment before a root: what the latest document said of it. Numbers are those of one document alone. */
interface Begin extends Comment {
  described?: Described
}

/** A root that runs. */
interface Running {
  readonly handle: RootHandle
  /** The slots among its props, in the order of the props. */
  readonly slots: Slot[]
}

let importUrl: Load
/** Reads props that JSON alone cannot carry, slots among them. Loaded with the first document that has any. */
let tagged: typeof import('./tagged.ts') | undefined
const running = new Map<Begin, Running>()
/** Modules by URL. One that cannot be had is missing. */
const loaded: Record<string, Record<string, unknown>> = {}

const ranges: RootRanges = {
  // A slot that was never shown has no nodes to merge with, so its root is replaced.
  identity: (begin) =>
    begin.ownerDocument !== document || running.get(begin)?.slots.every((slot) => slot.begin)
      ? describe(begin)?.identity
      : undefined,
  take(begin: Begin, next, merge) {
    const { handle, slots } = running.get(begin) as Running
    const root = describe(next) as Described
    begin.described = root
    const update = () => handle.update(readProps(root, slots, { next, merge, ranges }))
    if (tagged) update()
    else loadTagged(root.block).then(update)
  },
}

/**
 * Starts the roots of the page, and gives the navigation what it needs to keep them through merges. An error of one root
 * stops that root alone: its nodes stay, marked `data-layer9-failed`, and the error goes to the window's `error` event.
 *
 * @param importModule `(url) => import(url)`
 * @example
 * import { start } from 'layer9/routes/browser'
 * start((url) => import(url))
 */
export function start(importModule: Load): Roots {
  importUrl = importModule
  settle()
  return { ...ranges, settle }
}

/** Starts what is new on the page, and stops what is gone. */
export async function settle(): Promise<void> {
  for (const begin of running.keys()) if (!begin.isConnected) stopRoot(begin)
  // Those of now: what comes meanwhile has modules of its own, and is settled by whoever brings it.
  const begins = rootsIn(document)
  await Promise.all(blocksOf(document).flatMap((block) => [loadTagged(block), ...tableOf(block).modules.map(load)]))
  begins.forEach(startRoot)
}

const blocksOf = (page: Document): Block[] => [...page.querySelectorAll<Block>('[id|=layer9]')]

const tableOf = (block: Block): NonNullable<Block['l9']> => (block.l9 ??= JSON.parse(block.textContent as string))

/** Loads what reads the props of a table's roots, where JSON alone does not. */
async function loadTagged({ dataset: { tagged: url } }: Block): Promise<void> {
  if (!url) return
  tagged = (await importUrl(url)) as typeof import('./tagged.ts')
  tagged.followSlots((begin, end, placed) => (placed ? settle() : rootsIn(begin, end).forEach(stopRoot)))
}

/** What its document's tables say of a root; undefined for a comment that is none of ours. */
function describe(begin: Begin): Described | undefined {
  for (const block of blocksOf(begin.ownerDocument as Document)) {
    const { modules, roots } = tableOf(block)
    const root = roots[+begin.data.slice(1)]
    if (!root) continue
    const { name, key, props } = root
    const url = modules[root.module] as string
    // With another number of slots it is another root: slots that came or went have no nodes to merge with.
    const identity = [url, name, key, JSON.stringify(props).split('{"$slot":').length].join(' ')
    begin.described ??= { url, name, props, identity, block }
  }
  return begin.described
}

async function load(url: string): Promise<void> {
  try {
    loaded[url] = (await importUrl(url)) as Record<string, unknown>
  } catch (error) {
    reportError(error)
  }
}

function startRoot(begin: Begin): void {
  const root = describe(begin)
  // One that is inside another which was mounted anew may be gone.
  if (!root || running.has(begin) || !begin.isConnected) return
  const slots: Slot[] = []
  // What the module exports under that name is a component, says the compiler, which wrote both. Without it the root fails.
  const component = loaded[root.url]?.[`__l9_${root.name}`] as () => undefined
  running.set(begin, { handle: adopt(component, readProps(root, slots), begin, closingOf(begin)), slots })
}

function stopRoot(begin: Begin): void {
  running.get(begin)?.handle.stop()
  running.delete(begin)
}

/** The props of a root; slots among them are added to `slots`, or taken from there with the content that `next` brings. */
function readProps({ props }: Described, slots: Slot[], from?: Next): object {
  // Props are an object, says the server, which wrote them.
  return tagged ? tagged.readProps(props, slots, from) : (props as object)
}

/** The comments before the roots of a page, or before those between two comments: each before the ones inside it. */
function rootsIn(from: Node, to?: Comment): Comment[] {
  const found: Comment[] = []
  const walker = document.createTreeWalker(from.getRootNode(), NodeFilter.SHOW_COMMENT)
  walker.currentNode = from
  for (let node = walker.nextNode(); node && node !== to; node = walker.nextNode()) {
    if (/^\[\d+$/.test((node as Comment).data)) found.push(node as Comment)
  }
  return found
}
