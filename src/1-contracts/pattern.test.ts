import { describe, expect, it } from 'vitest'
import { createRandom, eachCase, type Random } from '../../tests/harness/random.ts'
import { text } from './fields/text.ts'
import { LinearPattern } from './linear-pattern.ts'
import * as native from './native-pattern.ts'

/** The codes of what is wrong with a text. */
const problemsOf = (field: ReturnType<typeof text>, value: string): unknown[] => {
  const result = field['~standard'].validate(value)
  if (result instanceof Promise) throw new Error('a field answers at once')
  return (result.issues ?? []).map((issue) => (issue as { code?: string }).code)
}

/** Patterns that take a backtracking matcher for ever, and texts that make it so. */
const slow: [string, string, string][] = [
  ['(a+)+$', 'a', '!'],
  ['(a|aa)+', 'a', 'b'],
  ['(a|a)*b', 'a', 'c'],
  ['(?:\\w+\\s?)*', 'word ', '!'],
  ['([a-z]+)*\\d', 'ab', ''],
  ['(?:.*,){8}x', '1,', ''],
  // An automaton for all of it would have a million states.
  ['(?:a|b)*a(?:a|b){20}', 'abbaab', 'c'],
]

describe('pattern', () => {
  describe('takes a number of steps linear to the text', () => {
    it.each(slow)('%s', (source, part, end) => {
      const stepsFor = (length: number): number => {
        const pattern = new LinearPattern(source)
        expect(pattern.matches(part.repeat(length / part.length) + end)).toBe(false)
        return pattern.steps
      }
      const [short, long] = [stepsFor(3000), stepsFor(30_000)]
      expect(long).toBeLessThan(short * 11)
      // No character costs more than a look at each place of the pattern.
      expect(long).toBeLessThan(30_000 * 120)
    })

    it('whatever the text and however many sets there are', () => {
      const { pick } = createRandom(1)
      const pattern = new LinearPattern('(?:a|b)*a(?:a|b){20}')
      for (let length = 1000; length <= 64_000; length *= 4) {
        const before = pattern.steps
        pattern.matches(Array.from({ length }, () => pick(['a', 'b'])).join(''))
        expect((pattern.steps - before) / length).toBeLessThan(120)
      }
    })
  })

  describe('is refused where it could backtrack', () => {
    it.each([
      [/(a)\1/, 'the back reference \\1'],
      [/(?<x>a)\k<x>/, 'the back reference \\k<x>'],
      [/a(?=b)/, 'the look-around (?='],
      [/a(?!b)/, 'the look-around (?!'],
      [/(?<=a)b/, 'the look-around (?<='],
      [/(?:x|(?<!a)b)/, 'the look-around (?<!'],
      [/a(?i:b)/, 'the modifier (?i:'],
      [/[a-z]/i, 'the flag i'],
      [/a.b/gs, 'the flag s'],
      [/[[a-z]--[aeiou]]/v, 'the flag v'],
      [/(?:a{1000}){1000}/, 'more repetitions than can be followed'],
      [/(?:){100000000}/, 'more repetitions than can be followed'],
      [/a{,2}/, 'a form that the flag u does not know (Incomplete quantifier)'],
    ])('%s', (pattern, construct) => {
      expect(() => text({ pattern })).toThrow(
        expect.objectContaining({
          code: 'CONTRACT_PATTERN_REFUSED',
          data: { pattern: pattern.source, construct, instead: expect.stringMatching(/^[A-Z].*\.$/) },
        }),
      )
    })
  })

  it('is tried only on text that has passed max', () => {
    const word = text({ max: 5, pattern: /[a-z]+/ })
    expect(problemsOf(word, 'tea')).toEqual([])
    expect(problemsOf(word, 'TEA')).toEqual(['text.pattern'])
    expect(problemsOf(word, 'TEA TEA')).toEqual(['text.max'])
    expect(problemsOf(word, 'A\nB')).toEqual(['text.lines'])
  })

  it('is one of the whole text', () => {
    expect(problemsOf(text({ pattern: /b|abc?/ }), 'abc')).toEqual([])
    expect(problemsOf(text({ pattern: /b|abc?/ }), 'abcd')).toEqual(['text.pattern'])
    expect(problemsOf(text({ pattern: /^abc$/ }), 'abc')).toEqual([])
  })

  it.each([
    ['\\u{1F642}\\uD83D\\ude42🙂[🙂]', '🙂🙂🙂🙂', '🙂🙂🙂'],
    ['\\p{Lu}\\P{L}\\x41\\cJ\\0\\u0042', 'É1A\n\0B', 'é1A\n\0B'],
    ['[\\]a\\\\-]+', ']a\\-', 'b'],
    ['[^].', '\na', 'a\n'],
    ['a$\\n^b', '', 'a\nb'],
    ['\\ba\\b \\B-\\B', 'a -', 'a b'],
    ['a\\bſ', 'aſ', 'ab'],
    ['(?<year>\\d{4})(?:-\\d\\d){1,2}?', '2030-01-31', '2030'],
    ['a{2,}b{0}', 'aaa', 'a'],
    ['', '', 'a'],
    ['(?:a||b)*', 'abba', 'c'],
  ])('knows %s', (source, matching, other) => {
    const pattern = new LinearPattern(source)
    const platform = new RegExp(`^(?:${source})$`, 'u')
    for (const one of [matching, other]) expect(pattern.matches(one)).toBe(platform.test(one))
    expect(pattern.matches(other)).toBe(false)
  })

  it('matches what the RegExp of the platform matches', async () => {
    let matched = 0
    await eachCase((random) => {
      const source = randomPattern(random, 3)
      const pattern = new LinearPattern(source)
      const platform = new RegExp(`^(?:${source})$`, 'u')
      for (let count = 0; count < 20; count++) {
        const given = Array.from({ length: random.below(7) }, () => random.pick(characters)).join('')
        const expected = platform.test(given)
        if (expected) matched++
        expect(pattern.matches(given), `/${source}/ on ${JSON.stringify(given)}`).toBe(expected)
      }
    })
    // What never matches would compare nothing.
    expect(matched).toBeGreaterThan(100)
  })

  it('is left to the server where a browser could take long', () => {
    expect(native.readPattern(/a+/)).toBe('a+')
    const matches = native.compilePattern('(?:a|b)+')
    expect([matches('abba'), matches('abc')]).toEqual([true, false])
    expect(native.compilePattern('(a+)+$')(`${'a'.repeat(256)}!`)).toBe(true)
  })
})

const characters = ['a', 'b', 'B', '1', '_', ' ', '-', '\n', 'é', '🙂', 'ſ']
const atoms = [
  ...'abB1_é🙂ſ',
  '.',
  '\\d',
  '\\w',
  '\\W',
  '\\s',
  '\\p{L}',
  '[ab]',
  '[^a\\n]',
  '[a-b\\d🙂]',
  '\\n',
  '[\\-\\]]',
  '\\u{62}',
]
const quantifiers = ['*', '+', '?', '*?', '+?', '{2}', '{1,2}', '{0,2}', '{1,}', '{0}']

function randomPattern(random: Random, depth: number): string {
  const alternatives = Array.from({ length: 1 + random.below(depth) }, () =>
    Array.from({ length: random.below(4) }, () => randomTerm(random, depth)).join(''),
  )
  return alternatives.join('|')
}

function randomTerm(random: Random, depth: number): string {
  const kind = random.below(10)
  if (kind === 0) return random.pick(['^', '$', '\\b', '\\B'])
  const inner =
    kind < 5 && depth > 0 ? `${random.pick(['(', '(?:'])}${randomPattern(random, depth - 1)})` : random.pick(atoms)
  return kind % 2 === 0 ? inner : inner + random.pick(quantifiers)
}
