// How far stacks reach: a query that the database refuses lies below some twenty calls of the framework and of Kysely, and
// Node ends a stack after ten. The line of the app, which is what somebody looks for, would never be on it.

/** Calls of a stack. */
const FRAMES = 50

/** Lets the stacks of this process reach the app. Who asked Node for more, by `--stack-trace-limit`, has more. */
export function deepenStacks(): void {
  Error.stackTraceLimit = Math.max(Error.stackTraceLimit ?? 0, FRAMES)
}
