// The places of a pattern, and which lead to which: an automaton that may be in several at once.
import { type CharacterTest, type EdgeTest, type PatternNode, refusePattern } from './pattern-syntax.ts'

/** A place in a pattern. */
export interface State {
  readonly id: number
  /** The character that leads on from here; without it nothing is needed to go on. */
  readonly one?: CharacterTest
  /** What has to be so, for going on. */
  readonly edge?: EdgeTest
  /** Where it goes on; nowhere from the last one. */
  readonly next: State[]
}

/** A whole pattern. */
export interface PatternStates {
  readonly first: State
  readonly last: State
  /** Whether it looks at the characters around a place. */
  readonly hasEdges: boolean
}

/** A part that may come several times. */
type Repetition = Extract<PatternNode, { readonly min: number }>

/** As many as the longest useful patterns need; each costs a step a character. */
const mostStates = 5000

/** The places of a pattern. @throws CONTRACT_PATTERN_REFUSED for one with too many */
export function toStates(pattern: PatternNode, source: string): PatternStates {
  const builder = new Builder(source)
  const last = builder.state([])
  const first = builder.build(pattern, last)
  return { first, last, hasEdges: builder.hasEdges }
}

/** Builds from the end: each part is given what comes behind it. */
class Builder {
  hasEdges = false
  readonly #source: string
  #count = 0

  constructor(source: string) {
    this.#source = source
  }

  state(next: State[], more: Pick<State, 'one' | 'edge'> = {}): State {
    this.#spend()
    return { id: this.#count, next, ...more }
  }

  build(node: PatternNode, next: State): State {
    this.#spend()
    if ('one' in node) return this.state([next], node)
    if ('any' in node) return this.state(node.any.map((one) => this.build(one, next)))
    if ('all' in node) return node.all.reduceRight((behind, one) => this.build(one, behind), next)
    if ('repeated' in node) return this.#repeat(node, next)
    this.hasEdges = true
    return this.state([next], node)
  }

  /** `x{2,4}` is xx(x(x)?)?, and `x{2,}` is xxx*. */
  #repeat({ repeated, min, max }: Repetition, next: State): State {
    let state = next
    if (max === Infinity) {
      state = this.state([next])
      state.next.push(this.build(repeated, state))
    } else for (let at = min; at < max; at++) state = this.state([next, this.build(repeated, state)])
    for (let at = 0; at < min; at++) state = this.build(repeated, state)
    return state
  }

  /** Parts without a character count too: `(?:){1000000}` is a million of nothing. */
  #spend(): void {
    if (++this.#count > mostStates)
      throw refusePattern(
        this.#source,
        'more repetitions than can be followed',
        'Repeat less, or say how long the text may be with min and max.',
      )
  }
}
