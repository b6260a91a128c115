// Swaps the document that is shown for the next one: head, attributes of <html> and <body>, the page, and what the
// server writes behind it. What anybody else put into the page (extensions, the dev server, widgets) stays.
import { closingOf, mergeAttributes, mergeNodes, type RootRanges, type Stretch } from './merge.ts'

/** What the server wrote of the shown document outside of the page itself. */
let ownHead: Element[]
let ownNames: string[]

const headOf = (page: Document): Element[] => [...page.head.querySelectorAll('meta,link')]
/** The attributes of <html> and <body>, by name. */
const namesOf = (page: Document): string[] =>
  [page.documentElement, page.body].flatMap((element) => element.getAttributeNames())
/** What the server writes behind the page: which roots there are. */
export const blockOf = (page: Document): HTMLElement | null => page.getElementById('layer9')

/** Notes what the server wrote, so that a later swap leaves the rest alone. */
export function remember(page: Document): void {
  ownHead = headOf(page)
  ownNames = namesOf(page)
}

/**
 * Adds what is new in the head of the next document.
 *
 * @returns the head that the swap is to leave, and a promise of its style sheets, so that nothing is shown without
 */
export function addHead(next: Document): [head: Element[], ready: Promise<unknown>] {
  const sheets: Promise<unknown>[] = []
  const head = headOf(next).map((element) => {
    const known = ownHead.find((own) => own.isEqualNode(element))
    if (known) return known
    const link = document.head.appendChild(element) as HTMLLinkElement
    if (link.rel === 'stylesheet')
      sheets.push(
        new Promise((done) => {
          link.onload = link.onerror = done
        }),
      )
    return link
  })
  return [head, Promise.all(sheets)]
}

/** Makes the shown document equal to the next one, in one task. `head` is the one that `addHead` gave. */
export function swapDocument(next: Document, head: Element[], roots?: RootRanges): void {
  const names = namesOf(next)
  document.title = next.title
  for (const own of ownHead) if (!head.includes(own)) own.remove()
  mergeAttributes(document.documentElement, next.documentElement, ownNames)
  mergeAttributes(document.body, next.body, ownNames)
  mergeNodes(pageOf(document), pageOf(next), roots)
  blockOf(document)?.remove()
  document.body.append(blockOf(next) ?? '')
  ownHead = head
  ownNames = names
}

/** The outermost layout or page. */
function pageOf({ body }: Document): Stretch {
  let first = body.firstChild
  while (first && first.nodeValue?.[0] !== '{') first = first.nextSibling
  return [body, first, first && closingOf(first).nextSibling]
}
