// Patterns matched in time that grows with the text alone. A backtracking matcher can take 2^n steps for n characters,
// so a stranger could keep a server busy with one short text.
//
// Thompson's construction (Regular expression search algorithm, CACM 11, 1968): all places in the pattern where one may
// be are followed at once, so that each character is looked at once. What a set of places becomes by a character is kept
// for the next time (a deterministic automaton that is built as it is needed, and dropped when it grows too large).
// `(a+)+` on "aab": {first a} - a -> {a again} - a -> the same set - b -> none: no match, after three characters.
// Cost: characters × places at most, one look-up a character at best.
//
// Browsers get `native-pattern.ts` in the place of this file: see "browser" in package.json.
import { type PatternStates, type State, toStates } from './pattern-states.ts'
import { isWord, parsePattern, refusePattern, writeCases } from './pattern-syntax.ts'

/** Flags that change nothing about whether a whole text matches. */
const goodFlags = /^[dguy]*$/

/**
 * The source of a pattern that can be matched in linear time.
 *
 * @throws CONTRACT_PATTERN_REFUSED
 */
export function readPattern({ source, flags }: RegExp): string {
  if (!goodFlags.test(flags)) throw refusePattern(source, `the flag ${flags.replace(/[dguy]/g, '')}`, writeCases)
  compilePattern(source)
  return source
}

/**
 * The test of a whole text.
 *
 * @throws CONTRACT_PATTERN_REFUSED
 */
export function compilePattern(source: string): (text: string) => boolean {
  const pattern = new LinearPattern(source)
  return (text) => pattern.matches(text)
}

/** A set of places in the pattern, reached after a character. */
interface Moment {
  readonly states: readonly State[]
  /** The character before, where the pattern has edges: one that they cannot tell from it. */
  readonly before: string | undefined
  /** What it becomes by a character. */
  readonly after: Map<string, Moment>
  /** Whether the text may end here; unknown until one does. */
  isEnd: boolean | undefined
}

/** How many places and moves are remembered: about 10 MB at most. */
const mostKept = 100_000

/** A pattern that was compiled. */
export class LinearPattern {
  /** How much it has done: characters and places looked at. */
  steps = 0
  readonly #pattern: PatternStates
  readonly #moments = new Map<string, Moment>()
  #kept = 0

  constructor(source: string) {
    this.#pattern = toStates(parsePattern(checkSyntax(source)), source)
  }

  /** Whether the whole text matches. */
  matches(text: string): boolean {
    let at = this.#moment([this.#pattern.first], undefined)
    for (const character of text) {
      this.steps++
      at = at.after.get(character) ?? this.#move(at, character)
      if (at.states.length === 0) return false
    }
    at.isEnd ??= this.#reach(at, undefined).has(this.#pattern.last)
    return at.isEnd
  }

  #move(from: Moment, character: string): Moment {
    const next = new Set<State>()
    for (const { one, next: after } of this.#reach(from, character)) if (one?.(character)) next.add(after[0]!)
    const states = [...next].sort((a, b) => a.id - b.id)
    const to = this.#moment(states, this.#pattern.hasEdges ? (isWord(character) ? 'a' : ' ') : undefined)
    from.after.set(character, to)
    this.#kept++
    return to
  }

  /** Where one may be without another character, at a place whose neighbours are known: what edges ask for. */
  #reach({ states, before }: Moment, after: string | undefined): Set<State> {
    const reached = new Set(states)
    // A set that grows while it is gone through is gone through to its end.
    for (const { one, edge, next } of reached) {
      this.steps++
      if (one || (edge && !edge(before, after))) continue
      for (const state of next) reached.add(state)
    }
    return reached
  }

  #moment(states: readonly State[], before: string | undefined): Moment {
    const key = `${before}:${states.map(({ id }) => id).join()}`
    const known = this.#moments.get(key)
    if (known) return known
    if (this.#kept > mostKept) {
      this.#moments.clear()
      this.#kept = 0
    }
    this.#kept += 1 + states.length
    const moment: Moment = { states, before, after: new Map(), isEnd: undefined }
    this.#moments.set(key, moment)
    return moment
  }
}

/** @throws CONTRACT_PATTERN_REFUSED for what is a pattern only without the flag u, or none */
function checkSyntax(source: string): string {
  try {
    new RegExp(source, 'u')
  } catch (error) {
    const reason = (error as SyntaxError).message.replace(/^.*: /, '')
    throw refusePattern(
      source,
      `a form that the flag u does not know (${reason})`,
      'Give it the flag u, and take away what that refuses: a needless backslash, a bare brace.',
    )
  }
  return source
}
