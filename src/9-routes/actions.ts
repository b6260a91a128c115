// What changes data while documents are asked for: a document that was asked for before an action had settled may say
// less than there is to say, and is asked for again.

/**
 * The actions of this page, those that have settled too. Stubs of the api write them down: neither is loaded with the
 * other, so they meet at a property of the page, not in a module.
 */
const page = globalThis as { layer9Actions?: (Promise<unknown> | undefined)[] }

/** Writes an action down. */
export function act<Result>(action: Promise<Result>): Promise<Result> {
  page.layer9Actions ??= []
  page.layer9Actions.push(action)
  return action
}

/**
 * Called before a document is asked for. What it gives is called when the document is there: waits for what is under way,
 * and tells whether anything was since.
 *
 * @param own how many of the actions since then are the asking itself
 */
export async function watchActions(own = 0): Promise<() => Promise<boolean>> {
  const actions = page.layer9Actions ?? []
  const busy = actions.length > 0 && (await isBusy(actions))
  // Those that have settled count, but what they gave is nobody's any more.
  if (!busy) actions.fill(undefined)
  const known = actions.length + own
  return async () => {
    const since = page.layer9Actions ?? []
    const outdated = busy || since.length !== known
    if (outdated) await Promise.allSettled(since)
    return outdated
  }
}

/** A promise does not say whether it has settled: one that has, answers before the next task. */
async function isBusy(actions: readonly (Promise<unknown> | undefined)[]): Promise<boolean> {
  const task = new Promise<true>((resolve) => setTimeout(resolve, 0, true))
  return await Promise.race([task, Promise.allSettled(actions).then(() => false)])
}
