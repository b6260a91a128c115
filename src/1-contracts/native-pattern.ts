// Patterns as browsers match them: what `linear-pattern.ts` is on the server, for a few bytes. A visitor who types a text
// that takes long makes only the own page wait, and not for long: texts over 256 characters are left to the server.

const longest = 256

/** The source of a pattern; the server has looked at it. */
export function readPattern({ source }: RegExp): string {
  return source
}

/** The test of a whole text. */
export function compilePattern(source: string): (text: string) => boolean {
  const pattern = new RegExp(`^(?:${source})$`, 'u')
  return (text) => text.length > longest || pattern.test(text)
}
