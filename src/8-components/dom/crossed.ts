// The contexts that the server sent a root. Loaded with the first document that has any.
import type { Crossed, Scope } from '../owner.ts'

/** A context as a document brings it: with a value, or (development) that there is one which did not cross. */
export type Brought = Pick<Crossed, 'value' | 'late'>

/** The comment before a root. */
export type RootComment = Comment & NonNullable<Scope['begin']>

/**
 * Gives a root the contexts that a document brings for it, by their ids. It forgets those that it had and has no more;
 * whoever read one that is now another renders again.
 *
 * @param begin the comment before the root
 */
export function bringContexts(begin: RootComment, brought: Record<string, Brought>): void {
  begin.contexts ??= {}
  const known = begin.contexts
  for (const id of new Set([...Object.keys(known), ...Object.keys(brought)])) {
    const { readers, ...before } = known[id] ?? { readers: new Set() }
    const now = brought[id] ?? {}
    known[id] = { ...now, readers }
    if ('value' in before !== 'value' in now || !Object.is(before.value, now.value))
      for (const reader of readers) reader.invalidate()
  }
}
