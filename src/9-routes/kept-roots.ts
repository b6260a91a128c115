// What a merge asks about the roots of a page: which stay, and what those get of the next document. Part of the
// navigation; without one nothing is merged.
import type { RootHandle } from '../8-components/browser.ts'
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
      const page = next.ownerDocument as Document
      const update = () => handle.update(readProps(root, slots, { next, merge, ranges }))
      const loading = loadTagged(page.getElementById('layer9') as HTMLElement)
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

/** Stops the roots that the merge took out of the page. */
export function endGone({ running }: Roots): void {
  for (const [begin, { handle }] of running) {
    if (begin.isConnected || isKept(handle)) continue
    handle.stop()
    running.delete(begin)
  }
}

/** Whether a root that is not on the page is in a slot that was taken out: it sleeps, and no root around it has ended. */
function isKept({ root }: RootHandle): boolean {
  let around: typeof root | undefined = root
  while (around && !around.over) around = around.parent?.top
  return !!root.asleep && !around
}
