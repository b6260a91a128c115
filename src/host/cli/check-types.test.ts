import { describe, expect, it } from 'vitest'
import { readProblems, refersToSides } from './check-types.ts'

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

  it('reads an error once, however many projects have it, with the way out of a name of the other side', () => {
    const line = "app/services/a.ts(1,2): error TS2304: Cannot find name 'window'."
    expect(readProblems(`${line}\n${line}\n`)).toEqual([
      {
        code: 'TS2304',
        file: 'app/services/a.ts',
        line: 1,
        column: 2,
        message: expect.any(String),
        hint: expect.any(String),
      },
    ])
  })

  it('reads what is printed for a terminal', () => {
    const output =
      "\u001b[96mapp/a.ts\u001b[0m:\u001b[93m1\u001b[0m:\u001b[93m18\u001b[0m - \u001b[91merror\u001b[0m\u001b[90m TS2304: \u001b[0mNo 'a'."
    expect(readProblems(output)).toEqual([
      { code: 'TS2304', file: 'app/a.ts', line: 1, column: 18, message: "No 'a'." },
    ])
  })

  it('reads nothing from nothing', () => {
    expect(readProblems('')).toEqual([])
  })
})

describe('refersToSides', () => {
  it.each([
    ['{ "files": [], "references": [{ "path": ".layer9" }] }', true],
    ['{ "references": [ // by side\n { "path" : "./.layer9/server.json" }] }', true],
    ['{ "extends": "layer9/tsconfig" }', false],
    ['{ "references": [{ "path": "../shared" }] }', false],
  ])('reads %s', (config, expected) => {
    expect(refersToSides(config)).toBe(expected)
  })
})
