import { entity, id, type Row, text } from 'layer9/contracts'

/** Who writes on the board, as everyone may see them. */
export const Person = entity('people', {
  id: id(),
  /** What they sign in by. */
  handle: text({ min: 1, max: 40, pattern: /[a-z]+/ }).unique(),
  name: text({ min: 1, max: 80 }),
  /** Where they live, as they put it themselves. */
  address: text({ max: 120 }),
})
export type Person = Row<typeof Person>
