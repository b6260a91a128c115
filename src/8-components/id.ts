// Ids that are unique in a document: a document's number of the root, and a number in it. A document numbers its roots
// anew, so a root that stays through a merge takes the number that it has there.
import { type Cell, cell, type Owner, owner, type Root } from './owner.ts'

/** An id as the component keeps it that asked for it. */
interface IdCell extends Cell {
  id: string
}

/**
 * An id that is unique on the page and the same on the server and in the browser, for `id`, `for` and `aria-*`. In a
 * component that stays through a navigation it may be another one after it.
 *
 * @example
 * const id = useId()
 */
export function useId(): string {
  const self = owner()
  return cell<IdCell>(self, () => {
    if (self.id) return { id: self.id() }
    // An owner without ids of its own is in the browser, where all is in a root.
    const top = self.top as Root
    top.ids ??= new RootIds(top)
    return top.ids.make(self)
  }).id
}

let mounts = 0

/** The ids of a root in the browser. */
export class RootIds {
  readonly #root: Root
  readonly #known = new Map<IdCell, Owner>()
  #prefix: string
  #count = 0

  constructor(root: Root) {
    this.#root = root
    this.#prefix = `l9-${root.begin?.data.slice(1) ?? `m${mounts++}`}-`
  }
  make(self: Owner): IdCell {
    const made: IdCell = { id: this.#prefix + this.#count++, end: () => this.#known.delete(made) }
    this.#known.set(made, self)
    return made
  }
  /** Takes the number that the latest document gave the root: under the old one it may have another root. */
  renew(): void {
    const before = this.#prefix
    this.#prefix = `l9-${this.#root.begin!.data.slice(1)}-`
    if (this.#prefix === before) return
    for (const [known, self] of this.#known) {
      known.id = this.#prefix + known.id.slice(before.length)
      self.invalidate()
    }
  }
}
