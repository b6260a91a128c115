// The last pages, kept as they were left: what the next document does not have is taken out of the page whole, nodes and
// all, and put back when the browser goes back to it. Its roots are stopped and stay so: the document that is asked for at
// the same time brings them anew.
import { page } from './listen.ts'
import { closingOf } from './merge.ts'
import { loaded } from './swap.ts'

/** A page that was left. */
interface LeftPage {
  readonly title: string
  /** The names of the segments around its own part, the outermost first. */
  readonly around: readonly string[]
  /** Its own part. */
  readonly nodes: DocumentFragment
  /** What the server wrote of its head. */
  readonly head: readonly Element[]
}

/** How many pages are kept. */
const most = 10

const pages = new Map<string, LeftPage>()

/** The comments that open the segments of a document, the outermost first. */
function segmentsOf(of: Document): Comment[] {
  const found: Comment[] = []
  const walker = of.createTreeWalker(of.body, NodeFilter.SHOW_COMMENT)
  while (walker.nextNode()) {
    const comment = walker.currentNode as Comment
    if (comment.data.startsWith('{/')) found.push(comment)
  }
  return found
}

/**
 * Keeps the page that is shown before another document replaces it. Where both are made of the same segments (another
 * query), nothing is replaced, so there is nothing to keep.
 */
export function keepPage(next: Document): void {
  const own = segmentsOf(document)
  const coming = segmentsOf(next)
  const depth = own.findIndex(({ data }, index) => data !== coming[index]?.data)
  // A plain error page has no segments: it is loaded in full.
  if (depth < 0 || !coming[0]) return
  // An empty segment in its place, for the merge to find.
  const place = own[depth]!.parentNode!.insertBefore(new Comment('{'), own[depth]!)
  const end = new Comment('}')
  place.after(end)
  page.around.nodes.push(place, end)
  takeOut(own, depth)
}

/** Takes a segment out, with all that is in it. */
function takeOut(segments: readonly Comment[], depth: number): void {
  const range = new Range()
  range.setStartBefore(segments[depth]!)
  range.setEndAfter(closingOf(segments[depth]!))
  const nodes = range.extractContents()
  const walker = document.createTreeWalker(nodes, NodeFilter.SHOW_COMMENT)
  while (walker.nextNode()) {
    const comment = walker.currentNode as Comment
    // Without its number it is the place of a root that does not run.
    comment.data = comment.data.replace(/^\[\d+$/, '[')
  }
  const around = segments.slice(0, depth).map(({ data }) => data)
  pages.delete(page.shown)
  // Whoever says that nobody stores it, means us too.
  if (!document.querySelector('[name=layer9-store]'))
    pages.set(page.shown, { title: document.title, around, nodes, head: page.around.head })
  for (const oldest of pages.keys()) if (pages.size > most) pages.delete(oldest)
}

/**
 * Loads the style sheets of a page that was left, and gives what shows it again; undefined when it was not kept, or when
 * what is around it is no longer there.
 */
export async function prepareLeftPage(place: string): Promise<(() => void) | undefined> {
  const left = pages.get(place)
  if (!left || !placeFor(left)) return undefined
  const missing = left.head.filter((element) => !element.isConnected && element.matches('[rel=stylesheet]'))
  page.around.head.push(...missing)
  document.head.append(...missing)
  await Promise.all(missing.map(loaded))
  return () => {
    const segments = segmentsOf(document)
    const old = placeFor(left)
    if (!old) return
    const after = closingOf(old).nextSibling
    const parent = old.parentNode as Node
    takeOut(segments, left.around.length)
    // They are the server's, and no stranger's.
    page.around.nodes.push(...left.nodes.childNodes)
    parent.insertBefore(left.nodes, after)
    document.title = left.title
    pages.delete(place)
  }
}

/** The segment that stands where the page's own part stood; undefined when that is another place now. */
function placeFor({ around, nodes }: LeftPage): Comment | undefined {
  const own = segmentsOf(document)
  const isThere = around.every((name, index) => own[index]?.data === name)
  const old = own[around.length]
  // The same segment is merged: what runs in it goes on.
  return isThere && old?.data !== (nodes.firstChild as Comment).data ? old : undefined
}
