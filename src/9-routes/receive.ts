// Puts the deferred parts of a streamed document into place as they come (stream.ts says what they look like). Only
// documents that have some name this module: on a full load in their head, to the navigation in a header.
import type { Stretch } from './merge.ts'
import type { Load } from './roots.ts'

/** The comment before a part's place. */
type Begin = Comment & ChildNode

/** Puts the content of a part between two comments. */
type Fill = (begin: Begin, end: ChildNode, part: Element) => void

/** The places of parts that have not come, by the names of the parts. */
type Places = Map<string, Begin>

/** Says that what stands before it is complete. */
const isMark = (node: Node): boolean => node.nodeType === 8 && node.nodeValue === ';'

/** Notes the places among new nodes: some may have left the page, in a slot that its root has put away, when theirs comes. */
function notePlaces(places: Places, from: Node): void {
  const walker = document.createTreeWalker(from, NodeFilter.SHOW_COMMENT)
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (/^\?./.test(node.nodeValue as string)) places.set((node.nodeValue as string).slice(1), node as Begin)
}

const replace: Fill = (begin, end, part) => {
  while (begin.nextSibling !== end) begin.nextSibling?.remove()
  begin.after(...part.childNodes)
}

/** Places one part. One whose place is gone is thrown away. */
function place(places: Places, part: HTMLElement, fill: Fill): void {
  const name = part.dataset['layer9Part'] as string
  const begin = places.get(name)
  places.delete(name)
  part.remove()
  let end = begin?.nextSibling
  while (end && end.nodeValue !== `/?${name}`) end = end.nextSibling
  if (!begin || !end) return
  notePlaces(places, part)
  fill(begin, end, part)
  // From now on it is like one that was there at once.
  begin.data = '?'
  end.nodeValue = '/?'
}

/**
 * Follows the document while the browser parses it: starts its scripts once the shell is there, which else wait for the
 * end, and places each part when it is complete.
 *
 * @param importModule `(url) => import(url)`
 */
export function receive(importModule: Load): void {
  const places: Places = new Map()
  let whole = false
  const look = (): void => {
    const marks = [...(document.body?.childNodes ?? [])].filter(isMark)
    for (const mark of marks) {
      if (whole) placeOwn(places, mark.previousSibling as HTMLElement)
      else notePlaces(places, document)
      whole = true
      mark.remove()
    }
    if (marks.length > 0) startScripts(importModule)
    document.querySelector('[data-layer9-unplaced]')?.remove()
  }
  look()
  if (document.readyState !== 'loading') return
  const observer = new MutationObserver(look)
  observer.observe(document, { childList: true, subtree: true })
  document.addEventListener('DOMContentLoaded', () => {
    look()
    observer.disconnect()
  })
}

/** A part of the document that was loaded: gone with all it brought once a navigation has shown another one. */
function placeOwn(places: Places, part: HTMLElement): void {
  if (document.querySelector('script[data-layer9-parts]')) place(places, part, replace)
  else {
    const table = part.previousElementSibling
    if (table?.matches('[id|=layer9]')) table.remove()
    part.remove()
  }
}

/** Starts what the page's own scripts start, or what a part brought for them to start. */
async function startScripts(importModule: Load): Promise<void> {
  const urls = [...document.scripts].filter(({ type, src }) => type === 'module' && src).map(({ src }) => src)
  const modules = (await Promise.all(urls.map(importModule))) as { startRoots?(): void }[]
  for (const { startRoots } of modules) startRoots?.()
}

/** A document that is read while it comes. */
export interface Reading {
  /** Whole up to the end of its shell. Inert: no script of it runs. */
  readonly page: Document
  /**
   * Places each part when it has come, once the page is shown. Rejects where the connection ends early.
   *
   * @param merge a part for which another content was kept is merged into that
   * @param placed called after each
   */
  place(merge: (old: Stretch, next: Stretch) => void, placed: () => void): Promise<void>
}

/** Reads a document up to the end of its shell. */
export async function read(response: Response): Promise<Reading> {
  const page = document.implementation.createHTMLDocument()
  const reader = (response.body as ReadableStream<BufferSource>).pipeThrough(new TextDecoderStream()).getReader()
  const places: Places = new Map()
  const more = async (): Promise<boolean> => {
    const { value } = await reader.read()
    page.write(value ?? '')
    return value !== undefined
  }
  const nextMark = (): ChildNode | undefined => [...(page.body?.childNodes ?? [])].find(isMark)
  page.open()
  let mark = nextMark()
  while (!mark && (await more())) mark = nextMark()
  notePlaces(places, page)
  mark?.remove()
  return {
    page,
    async place(merge, placed) {
      const fill: Fill = (begin, end, part) =>
        merge([begin.parentNode as Node, begin.nextSibling, end], [part, part.firstChild, null])
      do {
        for (mark = nextMark(); mark; mark = nextMark()) {
          place(places, mark.previousSibling as HTMLElement, fill)
          document.body.append(...page.querySelectorAll('[id|=layer9]'))
          mark.remove()
          placed()
        }
      } while (await more())
    },
  }
}
