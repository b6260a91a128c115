// Swaps the document that is shown for the next one: head, attributes of <html>, the page, and the table of
// its roots. What anybody else put into the page (extensions, the dev server, widgets) stays.
import { headOf, ownHead, remember } from './listen.ts'
import { behind, closingOf, mergeAttributes, mergeNodes, type RootRanges, type Stretch } from './merge.ts'

/** The table of the roots, which stands behind the page. */
export const blockOf = (page: Document): HTMLElement | null => page.querySelector<HTMLElement>('#layer9')

/**
 * Adds what is new in the head of the next document, and waits for its style sheets (two seconds at most), so that
 * nothing is shown without its style.
 *
 * @returns makes the shown document equal to the next one, in one task
 */
export async function prepareSwap(next: Document): Promise<(roots?: RootRanges) => void> {
  const head = headOf(next).map(
    (element) => ownHead.find((own) => own.isEqualNode(element)) ?? document.head.appendChild(element),
  )
  const sheets = (head as HTMLLinkElement[]).map(
    (link) =>
      link.rel === 'stylesheet' &&
      !link.sheet &&
      new Promise((done) => {
        link.onload = link.onerror = done
        setTimeout(done, 2000)
      }),
  )
  await Promise.all(sheets)
  return (roots) => {
    document.title = next.title
    for (const own of ownHead) if (!head.includes(own)) own.remove()
    // Of these the server writes two: `lang` always, `dir` for some pages. All others are set by scripts, and stay.
    mergeAttributes(document.documentElement, next.documentElement, ['dir'])
    mergeNodes(pageOf(document), pageOf(next), roots)
    blockOf(document)?.remove()
    document.body.append(...next.querySelectorAll('#layer9'))
    remember(head)
  }
}

/** The outermost layout or page, which every document of ours has. */
function pageOf({ body }: Document): Stretch {
  const first = [...body.childNodes].find((node) => closingOf(node) !== node) as Comment
  return [body, first, behind(first)]
}
