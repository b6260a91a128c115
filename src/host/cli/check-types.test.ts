import { describe, expect, it } from 'vitest'
import { readProblems } from './check-types.ts'

describe('readProblems', () => {
  it('reads an error with its place and what explains it, and one without a place', () => {
    const output = [
      "app/routes/posts/(a)/[id].tsx(3,7): error TS2322: Type 'A' is not assignable to type 'B'.",
      "  Property 'c' is missing in type 'A' but required in type 'B'.",
      "error TS18003: No inputs were found in config file 'tsconfig.json'.",
      '',
    ].join('\n')
    expect(readProblems(output)).toEqual([
      {
        code: 'TS2322',
        file: 'app/routes/posts/(a)/[id].tsx',
        line: 3,
        column: 7,
        message:
          "Type 'A' is not assignable to type 'B'.\n  Property 'c' is missing in type 'A' but required in type 'B'.",
      },
      { code: 'TS18003', message: "No inputs were found in config file 'tsconfig.json'." },
    ])
  })

  it('reads nothing from nothing', () => {
    expect(readProblems('')).toEqual([])
  })
})
