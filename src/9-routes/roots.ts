// Starts the roots of a page: the parts that run in the browser. Loaded by what listens on the first page that
// has any; after a merge it hands new props to the roots that stayed, starts the new ones and stops those that are gone.
import { adopt, closingOf, type RootHandle, type Slot } from '../8-components/browser.ts'
import type { Begin, Block, Described, Table } from './root-block.ts'
import type { Next } from './tagged.ts'

/** A root that runs. */
export interface Running {
  readonly handle: RootHandle
  /** The slots among its props, in the order of the props. */
  readonly slots: Slot[]
}

/**
 * Imports a module by its URL: `(url) => import(url)`, written where no compiler touches it. TypeScript would put a
 * helper of 200 bytes around it, and a bundler would look for what it imports.
 */
export type Load = (url: string) => Promise<unknown>

/** The roots of a page, as the starter hands them to the navigation (see `root-ranges.ts`). */
export interface Roots {
  readonly running: ReadonlyMap<Begin, Running>
  /** What its document's tables say of a root; undefined for a comment that is none of ours. */
  describe(begin: Begin): Described | undefined
  /** The props of a root; slots among them are added to `slots`, or taken from there with the content that `from` brings. */
  propsOf(begin: Begin, slots: Slot[], from?: Next): object
  /** Loads what reads the props of a document's roots, if that takes more than JSON. Undefined: it is there. */
  loadTagged(block: HTMLElement): Promise<void> | undefined
  /** Called after each merge: starts new roots, and stops those that are gone. */
  settle(): Promise<void>
}

let importUrl: Load
/** Makes events happen again that came before the roots listened. */
let replay: () => void
/** Reads props that JSON alone cannot carry, slots among them. Loaded with the first document that has any. */
let tagged: typeof import('./tagged.ts') | undefined
const running = new Map<Begin, Running>()
/** Modules by URL. One that cannot be had is missing. */
const loaded: Record<string, Record<string, unknown>> = {}

/**
 * Starts the roots of the page, and gives the navigation what it needs to keep them through merges. An error of one root
 * stops that root alone: its nodes stay, marked `data-layer9-failed`, and the error goes to the window's `error` event.
 *
 * @param importModule `(url) => import(url)`
 * @param replayEvents called when roots have started: makes events happen again that came before
 * @example
 * import { replay, start } from 'layer9/routes/browser'
 * start((url) => import(url), replay)
 */
export function start(importModule: Load, replayEvents: () => void): Roots {
  importUrl = importModule
  replay = replayEvents
  settle()
  return { running, describe, propsOf, loadTagged, settle }
}

/** Starts what is new on the page, and stops what is gone. */
export async function settle(): Promise<void> {
  for (const [begin, { handle }] of running) {
    if (begin.isConnected || tagged?.isKept(handle)) continue
    handle.stop()
    running.delete(begin)
  }
  const blocks = blocksOf(document)
  await Promise.all(
    blocks.flatMap((block) => {
      const { modules, now } = tableOf(block)
      return [loadTagged(block), ...modules.slice(0, now).map(load)]
    }),
  )
  for (const block of blocks) block.ready = true
  visitRoots(document, startRoot)
  // Of one that failed the nodes are marked in a task of their own.
  queueMicrotask(replay)
}

const blocksOf = (page: Document): Block[] => [...page.querySelectorAll<Block>('[id|=layer9]')]

const tableOf = (block: Block): Table => (block.l9 ??= JSON.parse(block.textContent as string))

/** Loads what reads the props of a document's roots, if that takes more than JSON. Undefined: it is there. */
function loadTagged({ dataset: { tagged: url } }: HTMLElement): Promise<void> | undefined {
  if (!url || tagged) return undefined
  return importUrl(url).then((module) => {
    tagged = module as typeof import('./tagged.ts')
    tagged.followSlots({ running, visit: visitRoots, start: startRoot })
  })
}

/** What its document's tables say of a root; undefined for a comment that is none of ours. */
function describe(begin: Begin): Described | undefined {
  for (const block of blocksOf(begin.ownerDocument as Document)) {
    const { modules, roots } = tableOf(block)
    const root = roots[+begin.data.slice(1)]
    if (root) begin.described ??= { ...root, url: modules[root.module] as string, block }
  }
  return begin.described
}

function load(url: string): Promise<void> {
  return importUrl(url).then((module) => {
    loaded[url] = module as Record<string, unknown>
  }, reportError)
}

/** Starts a root if it is due; else false, for it and all inside. */
function startRoot(begin: Begin): boolean {
  const root = describe(begin)
  // One that is inside another which was mounted anew may be gone.
  if (!root || running.has(begin) || !begin.isConnected) return true
  // One that came with a part may have to wait for its module.
  if (!root.block.ready) return false
  if (root.start && !begin.due) {
    importUrl(root.block.dataset['later'] as string).then((module) => {
      const { wait } = module as typeof import('./later.ts')
      wait(begin, root.start!, () => load(root.url).then(() => startAround(begin)))
      // It hears what was done before it was there.
      replay()
    })
    return false
  }
  const slots: Slot[] = []
  // What the module exports under that name is a component, says the compiler, which wrote both. Without it the root fails.
  const component = loaded[root.url]?.[`__l9_${root.name}`] as () => undefined
  const props = propsOf(begin, slots)
  try {
    running.set(begin, { handle: adopt(component, props, begin, closingOf(begin)), slots })
    return true
  } catch (loading) {
    // A part of it is loaded lazily (see `adopt`).
    ;(loading as Promise<void>).then(() => startAround(begin))
    return false
  }
}

/** The props of a root; slots among them are added to `slots`, or taken from there with the content that `next` brings. */
function propsOf(begin: Begin, slots: Slot[], from?: Next): object {
  // Props are an object, says the server, which wrote them.
  return tagged ? tagged.readProps(begin, slots, from) : (begin.described!.props as object)
}

/** Starts a root, and those inside. */
function startAround(begin: Begin): void {
  if (startRoot(begin)) visitRoots(begin, startRoot, closingOf(begin))
  queueMicrotask(replay)
}

/**
 * Calls `visit` for the comments before the roots of a page, or for those between two comments: each before the ones
 * inside it, which are left out where it says false.
 */
function visitRoots(from: Node, visit: (begin: Comment) => boolean, to?: Comment): void {
  const walker = document.createTreeWalker(from.getRootNode(), NodeFilter.SHOW_COMMENT)
  walker.currentNode = from
  for (let node = walker.nextNode(); node && node !== to; node = walker.nextNode()) {
    if (/^\[\d+$/.test((node as Comment).data) && !visit(node as Comment))
      walker.currentNode = closingOf(node as Comment)
  }
}
