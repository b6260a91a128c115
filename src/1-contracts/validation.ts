// One pass of validation over a value: where it is, what is wrong so far, and how much of it was looked at.
import type { SchemaIssue } from './schema.ts'

/** Something that is wrong with a value: a text for people, and the data that a translation needs. */
export interface Problem extends SchemaIssue {
  readonly path: readonly PropertyKey[]
  /** Stable, `kind.rule`: what a translation is found by. */
  readonly code: string
  /** The values in the text, by the names in braces of its untranslated form. */
  readonly data: ProblemData
}

/** The values in a problem's text. */
export type ProblemData = Readonly<Record<string, string | number>>

/** More problems than this help nobody; what is wrong is then known well enough. */
const mostProblems = 100
/** What is deeper or longer is no input of a form or call that people make. */
const mostLevels = 32
const mostValues = 100_000

/** Goes through a value, collecting all that is wrong. */
export class Validation {
  readonly problems: Problem[] = []
  readonly #path: PropertyKey[] = []
  #values = 0

  /**
   * Notes a problem with the value at hand.
   *
   * @param text in it `{name}` stands for the value of that name in `data`
   */
  say(code: string, text: string, data: ProblemData = {}): undefined {
    if (this.problems.length >= mostProblems) return
    const message = text.replace(/\{(\w+)\}/g, (_, name: string) => String(data[name]))
    this.problems.push({ message, path: [...this.#path], code, data })
  }

  /** Reads a part of the value at hand: a field, or an item of a list. Nothing of it where it is too deep or too much. */
  inside<Result>(key: PropertyKey, read: () => Result): Result | undefined {
    if (this.#path.length >= mostLevels) return this.say('value.depth', 'This is nested too deeply.')
    if (++this.#values > mostValues) return this.say('value.size', 'This is too much at once.')
    this.#path.push(key)
    try {
      return read()
    } finally {
      this.#path.pop()
    }
  }

  /** Takes over what another validator found in the value at hand. */
  adopt(issues: readonly SchemaIssue[], code: string): void {
    for (const { message, path = [] } of issues.slice(0, mostProblems - this.problems.length)) {
      const inner = path.map((part) => (typeof part === 'object' ? part.key : part))
      this.problems.push({ message, path: [...this.#path, ...inner], code, data: {} })
    }
  }
}
