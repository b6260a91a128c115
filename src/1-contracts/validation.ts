// One pass of validation over a value: where it is, what is wrong so far, and how much of it was looked at.
import { mostProblems } from './most-problems.ts'
import type { JsonSchemaConverter, SchemaIssue } from './schema.ts'

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

/** What validation by a contract gives: a value, or all that is wrong with what was given. */
export type ContractResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly Problem[] }

/** The Standard Schema of a contract: it answers at once, and its issues have codes. */
export interface ContractStandard<Input, Output> {
  readonly version: 1
  readonly vendor: 'layer9'
  readonly validate: (value: unknown) => ContractResult<Output>
  readonly jsonSchema: JsonSchemaConverter
  /** Only for types: never there at run time. */
  readonly types?: { readonly input: Input; readonly output: Output } | undefined
}

/** What is deeper or longer is no input of a form or call that people make. */
const mostLevels = 32
const mostValues = 100_000
/** Of texts whose field does not say how long they may be. */
const mostCharacters = 10_000_000

/** How much of a value was looked at when there is no more to look at. */
const tooMuch = 'This is too much at once.'

/** Goes through a value, collecting all that is wrong. */
export class Validation {
  readonly problems: Problem[] = []
  readonly #path: PropertyKey[] = []
  #values = 0
  #characters = 0

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
    // Said once: every value behind it is too much as well.
    if (++this.#values > mostValues)
      return this.#values === mostValues + 1 ? this.say('value.size', tooMuch) : undefined
    this.#path.push(key)
    try {
      return read()
    } finally {
      this.#path.pop()
    }
  }

  /** Whether so many values more are still looked at. */
  hasRoom(count: number): boolean {
    const isRoom = this.#values + count <= mostValues
    if (!isRoom) this.say('value.size', tooMuch)
    return isRoom
  }

  /** Whether so many characters more are still looked at. */
  countCharacters(count: number): boolean {
    this.#characters += count
    if (this.#characters > mostCharacters) this.say('value.size', tooMuch)
    return this.#characters <= mostCharacters
  }

  /** Takes over what another validator found in the value at hand: with its code and data where it is one of ours. */
  adopt(issues: readonly (SchemaIssue & Partial<Pick<Problem, 'code' | 'data'>>)[], vendor: string): undefined {
    for (const { message, path = [], code, data } of issues.slice(0, mostProblems - this.problems.length)) {
      const inner = path.map((part) => (typeof part === 'object' ? part.key : part))
      const own = vendor === 'layer9' && code !== undefined ? { code, data: data ?? {} } : { code: 'json', data: {} }
      this.problems.push({ message, path: [...this.#path, ...inner], ...own })
    }
  }
}

/** The Standard Schema of what reads a value, with its JSON Schema. */
export function standard<Input, Output>(
  read: (value: unknown, validation: Validation) => Output,
  jsonSchema: JsonSchemaConverter,
): ContractStandard<Input, Output> {
  return { version: 1, vendor: 'layer9', validate: validator(read), jsonSchema }
}

/** Validates by what reads a value. */
export function validator<Output>(
  read: (value: unknown, validation: Validation) => Output,
): (value: unknown) => ContractResult<Output> {
  return (value) => {
    const validation = new Validation()
    const output = read(value, validation)
    return validation.problems.length > 0 ? { issues: validation.problems } : { value: output }
  }
}
