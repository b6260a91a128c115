// How a merge keeps the roots that run: what makes two of them the same, and what one takes over of the next document.
// Part of the navigation, so that a page which is never left does not load it.
import type { RootRanges } from './merge.ts'
import type { Begin, Described } from './root-block.ts'
import type { Roots } from './roots.ts'

/** The ranges of the roots of a page, as a merge asks about them; undefined where no page had any. */
export function rangesOf(roots: Roots | undefined): RootRanges | undefined {
  if (!roots) return undefined
  const { running, describe, propsOf, loadTagged } = roots
  const ranges: RootRanges = {
    // A slot that was never shown has no nodes to merge with, so its root is replaced.
    identity: (begin) =>
      begin.ownerDocument !== document || running.get(begin)?.slots.every((slot) => slot.begin)
        ? identityOf(describe(begin))
        : undefined,
    take(begin: Begin, next, merge) {
      // Of one that does not run the identity is unknown, so it is never taken over.
      const { handle, slots } = running.get(begin)!
      const root = describe(next) as Described
      begin.described = root
      begin.data = next.data
      const update = () => handle.update(propsOf(begin, slots, { next, merge, ranges }))
      const loading = loadTagged(root.block)
      // At once if it can be: the table leaves that document with the merge.
      if (loading) loading.then(update)
      else update()
    },
  }
  return ranges
}

/** With another number of slots it is another root: slots that came or went have no nodes to merge with. */
const identityOf = (root: Described | undefined): string | undefined =>
  root && [root.url, root.name, root.key, JSON.stringify(root.props).split('{"$slot":').length].join(' ')
