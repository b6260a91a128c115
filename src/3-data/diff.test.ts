import { describe, expect, it } from 'vitest'
import { eachCase } from '../../tests/harness/random.ts'
import { randomPair } from '../../tests/harness/schemas.ts'
import { applySteps } from './migrate/apply.ts'
import { findWays } from './migrate/generate.ts'
import { type Shape, shapeOf } from './migrate/shape.ts'
import { readModel } from './model.ts'

/** Without the order of tables, columns and lists, which means nothing. */
const sorted = (shape: Shape) => {
  const byName = <Item>(items: Iterable<[string, Item]>): [string, Item][] =>
    [...items].sort(([one], [other]) => (one < other ? -1 : 1))
  return byName(shape).map(([name, table]) => ({
    name,
    columns: byName(table.columns).map(([column, field]) => [
      column,
      isText(field.kind) ? { ...field, kind: 'text' } : field,
    ]),
    key: table.key,
    index: table.index.map((list) => list.join()).sort(),
    unique: table.unique.map((list) => list.join()).sort(),
  }))
}

const isText = (kind: string): boolean => kind === 'email' || kind === 'url'

describe('diff', () => {
  it('makes of any schema any other one, and the first again', () =>
    eachCase(async (random) => {
      const pair = randomPair(random)
      const [before, after] = [pair.before, pair.after].map((tables) => shapeOf(readModel(tables, 'sqlite'))) as [
        Shape,
        Shape,
      ]
      const { up, down } = await findWays(before, after, async () => random.below(2) === 0)
      const changed = applySteps(up, before, 'up')
      expect(sorted(changed)).toEqual(sorted(after))
      expect(sorted(applySteps(down, changed, 'down'))).toEqual(sorted(before))
    }))
})
