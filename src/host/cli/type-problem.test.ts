import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { readPrinted, sift } from './type-problem.ts'

const root = tmpdir()
const problemsOf = (output: string) => readPrinted(output).map(({ problem }) => problem)
const siftedOf = (...lines: string[]) => sift(readPrinted(lines.join('\n')), root)

describe('readPrinted', () => {
  it('reads an error with its place and what explains it, and one without a place', () => {
    const output = [
      "app/routes/posts/(a)/[id].tsx(3,7): error TS2322: Type 'A' is not assignable to type 'B'.",
      "  Property 'c' is missing in type 'A' but required in type 'B'.",
      "error TS18003: No inputs were found in config file 'tsconfig.json'.",
      '',
    ].join('\n')
    expect(problemsOf(output)).toEqual([
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

  it('reads what is printed for a terminal, lines of source and all, up to the summary', () => {
    const output = [
      "\u001b[96mapp/a.ts\u001b[0m:\u001b[93m1\u001b[0m:\u001b[93m18\u001b[0m - \u001b[91merror\u001b[0m\u001b[90m TS2304: \u001b[0mNo 'a'.",
      '',
      '\u001b[7m1\u001b[0m export const a = window',
      '\u001b[7m \u001b[0m \u001b[91m                 ~~~~~~\u001b[0m',
      '',
      'Found 1 error in app/a.ts:1',
      '',
    ].join('\n')
    expect(readPrinted(output)).toEqual([
      {
        problem: { code: 'TS2304', file: 'app/a.ts', line: 1, column: 18, message: "No 'a'." },
        text: `${output.split('\n').slice(0, 5).join('\n')}\n`,
      },
    ])
  })

  it('reads nothing from nothing', () => {
    expect(readPrinted('')).toEqual([])
  })
})

describe('sift', () => {
  const unknown = (file: string, name: string) => `${file}(1,2): error TS2304: Cannot find name '${name}'.`

  it('tells an error once, however many projects have it, with the way out of a name of the other side', () => {
    const line = unknown('app/services/a.ts', 'window')
    expect(siftedOf(line, line)).toEqual([
      { text: `${line}\n`, problem: expect.objectContaining({ code: 'TS2304', hint: expect.any(String) }) },
    ])
  })

  it('leaves out what only follows from a broken layer rule', () => {
    const taken = `File '${root}/app/components/Price.tsx' is not listed within the file list of project 'b'.`
    expect(
      siftedOf(`app/services/a.ts(1,2): error TS6307: ${taken}`, unknown('app/components/Price.tsx', 'document')),
    ).toEqual([])
  })

  it('tells of a file outside that no project lists, and of names that nobody knows', () => {
    const outside = `app/services/a.ts(1,2): error TS6307: File '${root}/lib/a.ts' is not listed within the file list.`
    expect(siftedOf(outside, unknown('app/components/Price.tsx', 'nothing'))).toHaveLength(2)
  })
})
