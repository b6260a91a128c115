/** The 1,000 rows of the table page: five short strings each, the same in every run and in the floor. */
export interface Row {
  id: number
  cells: readonly [string, string, string, string, string]
}

export const rows: readonly Row[] = Array.from({ length: 1000 }, (_, index) => ({
  id: index + 1,
  cells: [
    `row ${index + 1}`,
    `name ${(index * 7919) % 1000}`,
    `value ${(index * 104729) % 10007}`,
    `kind ${index % 13}`,
    `note ${index % 29}`,
  ],
}))
