// The syntax of patterns: that of JavaScript with the flag u (ECMA-262 §22.2.1), as a tree. What a single character is
// compared with is left to the platform's own RegExp, which cannot backtrack over one character.
import { patternErrors } from './errors.ts'

/** Whether a character (a code point, as text) is one of those that are meant. */
export type CharacterTest = (character: string) => boolean

/** Whether a place between two characters, of which there may be none, is one of those that are meant. */
export type EdgeTest = (before: string | undefined, after: string | undefined) => boolean

/** What a pattern is made of. */
export type PatternNode =
  | { readonly one: CharacterTest }
  | { readonly edge: EdgeTest }
  | { readonly all: readonly PatternNode[] }
  | { readonly any: readonly PatternNode[] }
  | { readonly repeated: PatternNode; readonly min: number; readonly max: number }

/**
 * Reads a pattern whose syntax is right.
 *
 * @throws CONTRACT_PATTERN_REFUSED for what no matcher without backtracking can do
 * @example
 * 'any' in parsePattern('a|b') // true
 */
export function parsePattern(source: string): PatternNode {
  return new Parser(source).read()
}

/** One character as it can be written: an escape, a class (flag u has none inside another), or itself. */
const atom = /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[dD][89abAB]..\\u[dD][c-fC-F]..|u....|x..|c.|.)|\[(?:\\.|[^\]\\])*\]|./suy
const quantifier = /(?:[*+?]|\{(\d+)(,(\d*))?\})\??/uy
const group = /\((?:\?(?:<[^=!][^>]*>|:))?/uy
const modifiers = /\(\?[ims-]+:/uy
const look = /\(\?<?[=!]/uy
const back = /\\(?:[1-9]\d*|k<[^>]*>)/uy
const edge = /\^|\$|\\[bB]/uy

class Parser {
  readonly #source: string
  #at = 0

  constructor(source: string) {
    this.#source = source
  }

  /** The alternatives up to the end of the group or pattern. */
  read(): PatternNode {
    const any: PatternNode[] = [this.#sequence()]
    while (this.#take(/\|/uy)) any.push(this.#sequence())
    return any.length === 1 ? any[0]! : { any }
  }

  #sequence(): PatternNode {
    const all: PatternNode[] = []
    while (this.#at < this.#source.length && !'|)'.includes(this.#source[this.#at]!)) all.push(this.#term())
    return { all }
  }

  #term(): PatternNode {
    this.#refuse(look, 'look-around')
    this.#refuse(back, 'back reference')
    this.#refuse(modifiers, 'modifier')
    const bound = this.#take(edge)
    if (bound) return { edge: edgeTest(bound[0]) }
    const repeated = this.#take(group) ? this.#group() : { one: characterTest(this.#take(atom)![0]) }
    const count = this.#take(quantifier)
    // Greedy or not makes no difference to whether the whole text matches.
    return count ? { repeated, ...readCount(count) } : repeated
  }

  #group(): PatternNode {
    const inner = this.read()
    this.#at++
    return inner
  }

  #take(form: RegExp): RegExpExecArray | null {
    form.lastIndex = this.#at
    const found = form.exec(this.#source)
    if (found) this.#at += found[0].length
    return found
  }

  #refuse(form: RegExp, construct: keyof typeof ways): void {
    const found = this.#take(form)
    if (found) throw refusePattern(this.#source, `the ${construct} ${found[0]}`, ways[construct])
  }
}

/** What to do instead of a flag or a modifier. */
export const writeCases = 'Write both cases as [Aa], any character as [^], and a set of characters as one class.'

const ways = {
  'look-around': 'Say it without looking around, or check that part where the value is used, and throw Invalid.',
  // The platform's own matcher, with which browsers compare, mixes them up with what is around them (V8 13.6).
  modifier: writeCases,
  'back reference': 'Write out what may be repeated, or compare the parts where the value is used, and throw Invalid.',
}

/** The error that a pattern is refused with. */
export function refusePattern(pattern: string, construct: string, instead: string): Error {
  return patternErrors.CONTRACT_PATTERN_REFUSED({ pattern, construct, instead })
}

function readCount([sign, least, comma, most]: RegExpExecArray): { min: number; max: number } {
  if (least === undefined) return { min: sign![0] === '+' ? 1 : 0, max: sign![0] === '?' ? 1 : Infinity }
  return { min: Number(least), max: comma === undefined ? Number(least) : most ? Number(most) : Infinity }
}

function characterTest(written: string): CharacterTest {
  const pattern = new RegExp(`^${written}$`, 'u')
  return (character) => pattern.test(character)
}

function edgeTest(written: string): EdgeTest {
  if (written === '^') return (before) => before === undefined
  if (written === '$') return (_, after) => after === undefined
  return (before, after) => (isWord(before) !== isWord(after)) === (written === '\\b')
}

/** Whether a character is one of those that `\b` takes for parts of words. */
export function isWord(character: string | undefined): boolean {
  return character !== undefined && /^\w$/.test(character)
}
