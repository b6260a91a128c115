// What a merge asks about the roots of a page: which stay, and what those get of the next document. Part of the
// navigation; without one nothing is merged.
import type { RootRanges } from './merge.ts'
import type { Begin, Described, Roots, Running } from './roots.ts'

/** Tells the roots of two documents apart, and gives those that stay their new props. */
export function keepRoots({ running, describe, readProps, loadTagged }: Roots): RootRanges {
  const ranges: RootRanges = {
    // A slot that was never shown has no nodes to merge with, so its root is replaced.
    identity: (begin) =>
      begin.ownerDocument !== document || running.get(begin)?.slots.every((slot) => slot.begin)
        ? identityOf(describe(begin))
        : undefined,
    take(begin: Begin, next, merge) {
      const { handle, slots } = running.get(begin) as Running
      const root = describe(next) as Described
      begin.described = root
      const update = () => handle.update(readProps(root, slots, { next, merge, ranges }))
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
