// Patterns of texts. What compares them can be replaced: a server takes one that never needs more than linear time.

/** Makes the test of a pattern, which is asked for the whole of a text. */
export type PatternCompiler = (source: string) => (text: string) => boolean

/** Longer texts are not given to a backtracking matcher at all. */
const longest = 256

let compile: PatternCompiler = (source) => {
  const pattern = new RegExp(`^(?:${source})$`, 'u')
  return (text) => text.length <= longest && pattern.test(text)
}
const compiled = new Map<string, (text: string) => boolean>()

/** Takes another matcher. Patterns that were compiled before are compiled anew. */
export function providePatterns(compiler: PatternCompiler): void {
  compile = compiler
  compiled.clear()
}

/** Whether a whole text has the form of a pattern. */
export function matchesPattern(source: string, text: string): boolean {
  let matches = compiled.get(source)
  if (!matches) {
    matches = compile(source)
    compiled.set(source, matches)
  }
  return matches(text)
}
