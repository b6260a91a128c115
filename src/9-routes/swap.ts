// Swaps the document that is shown for the next one: head, attributes of <html> and <body>, the page, and the table of
// its roots. What anybody else put around the page (extensions, the dev server, widgets) stays.
import { page, type Written } from './listen.ts'
import { behind, closingOf, mergeAttributes, mergeNodes, type RootRanges, type Stretch } from './merge.ts'

/** The table of the roots, which stands behind the page. */
export const blockOf = (of: Document): HTMLElement | null => of.querySelector<HTMLElement>('#layer9')

/** What is around the page in a document that nobody else has touched yet. */
export const aroundPage = ({ head, body, documentElement }: Document): Written => ({
  head: [...head.querySelectorAll('meta,link')],
  tags: [documentElement.cloneNode() as Element, body.cloneNode() as Element],
  nodes: [...body.childNodes],
})

/**
 * Loads what the head of the next document brings, and waits for its style sheets (two seconds at most), so that nothing
 * is shown without its style. Until then they apply to nothing, for they may not suit the page that is still shown.
 *
 * @returns makes the shown document equal to the next one, in one task
 */
export async function prepareSwap(next: Document): Promise<(roots?: RootRanges) => void> {
  const { head: coming, tags } = aroundPage(next)
  const head = coming.map((element) => page.around.head.find((own) => own.isEqualNode(element)) ?? element)
  const loading = place(head, '[rel=stylesheet],[rel*=preload]')
  // Whoever overtakes this takes away what came for nothing.
  page.around.head.push(...loading)
  const sheets = (loading as HTMLLinkElement[]).filter(({ rel }) => rel === 'stylesheet')
  const releases = sheets.map(hold)
  await Promise.all(sheets.map(loaded))
  return (roots) => {
    document.title = next.title
    place(head, '*')
    for (const release of releases) release()
    const shown = [document.documentElement, document.body]
    shown.forEach((tag, index) => void mergeAttributes(tag, tags[index] as Element, page.around.tags[index]))
    const own = new Set(page.around.nodes)
    const strangers = new Set([...document.body.childNodes].filter((node) => !own.has(node)))
    mergeNodes(pageOf(document), pageOf(next), { roots, strangers })
    // With the script that places the old document's parts, which then come to nothing, and the tables of those that came.
    for (const own of document.querySelectorAll('[id|=layer9],script[data-layer9-parts]')) own.remove()
    document.body.append(...next.querySelectorAll('#layer9'))
    for (const element of page.around.head) if (!head.includes(element)) element.remove()
    page.around = { head, tags, nodes: [...document.body.childNodes].filter((node) => !strangers.has(node)) }
  }
}

/**
 * Puts elements that are not there yet into the head, each behind the one that it follows in its own document: which style
 * sheet wins must not depend on which page was seen first. Returns those that came.
 */
function place(head: readonly Element[], selector: string): Element[] {
  let last: Element | undefined
  return head.filter((element) => {
    const isNew = element.ownerDocument !== document
    if (isNew && !element.matches(selector)) return false
    if (isNew && last) last.after(element)
    else if (isNew) document.head.prepend(element)
    last = element
    return isNew
  })
}

/** Lets a style sheet load without being applied. Returns what applies it. */
function hold(sheet: HTMLLinkElement): () => void {
  const { media } = sheet
  sheet.media = 'not all'
  return () => {
    if (media) sheet.media = media
    else sheet.removeAttribute('media')
  }
}

/** Waits for a style sheet, two seconds at most; others may wait for the same one. */
export async function loaded(sheet: Element): Promise<void> {
  await new Promise((done) => {
    for (const type of ['load', 'error']) sheet.addEventListener(type, done)
    setTimeout(done, 2000)
  })
}

/** The outermost layout or page, which every document of ours has. */
function pageOf({ body }: Document): Stretch {
  const first = [...body.childNodes].find((node) => closingOf(node) !== node) as Comment
  return [body, first, behind(first)]
}
