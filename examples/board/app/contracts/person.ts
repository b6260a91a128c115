/** Who writes on the board, as everyone may see them. */
export interface Person {
  id: string
  name: string
  /** Where they live, as they put it themselves. */
  address: string
}
