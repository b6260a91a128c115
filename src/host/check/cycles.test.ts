import { describe, expect, it } from 'vitest'
import { eachCase } from '../../../tests/harness/random.ts'
import { circles, circleThrough, type Graph } from './cycles.ts'

/** `a>b b>c` as a graph. */
function graph(edges: string): Graph {
  const made = new Map<string, Set<string>>()
  for (const edge of edges.split(' ')) {
    const [from = '', to = ''] = edge.split('>')
    made.set(from, (made.get(from) ?? new Set()).add(to))
    if (!made.has(to)) made.set(to, new Set())
  }
  return made
}

const always = () => true

describe('circles', () => {
  it('finds none where there is none', () => {
    expect(circles(graph('a>b b>c a>c c>d'), always)).toEqual([])
  })

  it('shows a circle from its first name, closed', () => {
    expect(circles(graph('c>a a>b b>c'), always)).toEqual([['a', 'b', 'c', 'a']])
  })

  it('shows the shortest way back', () => {
    expect(circles(graph('a>b b>c c>d d>a b>a'), always)).toEqual([['a', 'b', 'a']])
  })

  it('shows a module that imports itself', () => {
    expect(circles(graph('a>a'), always)).toEqual([['a', 'a']])
  })

  it('shows one circle for each group', () => {
    expect(circles(graph('a>b b>a b>c c>d d>c'), always)).toEqual([
      ['c', 'd', 'c'],
      ['a', 'b', 'a'],
    ])
  })

  it('passes over groups without an edge that counts', () => {
    expect(circles(graph('a>b b>a'), () => false)).toEqual([])
    expect(circles(graph('a>b b>c c>a'), (from) => from === 'c')).toEqual([['c', 'a', 'b', 'c']])
  })

  it('goes through chains that are too deep for recursion', () => {
    const edges = Array.from({ length: 50_000 }, (_, index) => `n${index}>n${index + 1}`)
    expect(circles(graph([...edges, 'n50000>n0'].join(' ')), always)[0]).toHaveLength(50_002)
  })

  it('agrees with a search for ways back in random graphs', async () => {
    await eachCase(({ below }) => {
      // Eight modules and ten edges: about half of these graphs have circles.
      const edges = Array.from({ length: 10 }, () => `${below(8)}>${below(8)}`)
      const made = graph(edges.join(' '))
      const onCircle = [...made.keys()].filter((name) => reaches(made, name, name))
      const found = circles(made, always)
      expect(found.length > 0).toBe(onCircle.length > 0)
      for (const circle of found) {
        for (const [index, name] of circle.slice(0, -1).entries()) expect(made.get(name)).toContain(circle[index + 1])
      }
    })
  })
})

function reaches(made: Graph, from: string, to: string): boolean {
  const seen = new Set<string>()
  const waiting = [...(made.get(from) ?? [])]
  for (const name of waiting) {
    if (name === to) return true
    if (!seen.has(name)) waiting.push(...(made.get(name) ?? []))
    seen.add(name)
  }
  return false
}

describe('circleThrough', () => {
  const made = graph('a>b b>a b>c c>a x>a a>y')

  it('turns a circle to one of its modules', () => {
    expect(circleThrough(made, 'b', ['a', 'b', 'a'])).toEqual(['b', 'a', 'b'])
    expect(circleThrough(made, 'a', ['a', 'b', 'a'])).toEqual(['a', 'b', 'a'])
  })

  it('goes over a module beside it, and over its first step', () => {
    expect(circleThrough(made, 'c', ['a', 'b', 'a'])).toEqual(['c', 'a', 'b', 'c'])
    expect(circleThrough(graph('b>c c>b c>d d>b'), 'd', ['b', 'c', 'b'])).toEqual(['d', 'b', 'c', 'd'])
  })

  it.each(['x', 'y', 'elsewhere'])('has none for a module of another group: %s', (name) => {
    expect(circleThrough(made, name, ['a', 'b', 'a'])).toBeUndefined()
  })
})
