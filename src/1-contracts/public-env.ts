// Configuration that anyone may see, read the same way on both sides. It is given when the server starts, not when the
// app is built, so that one build serves all environments.

/** Names of variables that anyone may see begin with `PUBLIC_`. */
export type PublicName = `PUBLIC_${string}`

type Values = Readonly<Record<string, string>>

let values: Values | undefined

/**
 * A public variable as it was when the server started: on the server of its environment, in the browser of what the
 * document says. Undefined where it is not set.
 *
 * @example
 * const support = publicEnv('PUBLIC_SUPPORT_MAIL') ?? 'help@example.com'
 */
export function publicEnv(name: PublicName): string | undefined {
  values ??= readDocument()
  return values[name]
}

/** Says where the values are on a server, which this layer does not know. */
export function providePublicEnv(given: Values): void {
  values = given
}

/** The one element by which a document tells the browser of itself (ARCHITECTURE.md, Contract 4). */
function readDocument(): Values {
  if (typeof document === 'undefined') return {}
  // Written by the server as a record of texts.
  return JSON.parse(document.querySelector<HTMLMetaElement>('meta[name=layer9]')?.dataset['env'] ?? '{}') as Values
}
