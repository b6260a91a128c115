// The server reads marks and names; in the browser they would be bytes alone. The calls stay, so that both sides run the
// same text.

/** Returns the component: the browser needs no mark. */
export function live<Type>(component: Type): Type {
  return component
}

/** Does nothing: the browser finds components through their module's exports. */
export function name(_component: unknown, _module: string, _binding: string): void {}
