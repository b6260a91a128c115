import { describe, expect, it } from 'vitest'
import { findUnproven } from './status-marks.ts'
import type { JudgedRow, State } from './status-rows.ts'

const row = (id: string, state: State): JudgedRow => ({
  id,
  state,
  reason: state === 'works' ? '' : 'no test passed',
  passed: 1,
  area: 'A',
  claim: 'It does.',
  step: 'first app',
})
const rows = [row('green', 'works'), row('amber', 'partly'), row('grey', 'not yet')]
const find = (text: string, strict = true) => findUnproven({ path: 'README.md', text }, rows, strict)

describe('findUnproven', () => {
  it('is silent about a claim whose row works', () => {
    expect(find('It runs. <!-- status:green -->')).toEqual([])
    expect(find('<p>It runs. {/* status:green */}</p>', false)).toEqual([])
  })

  it('refuses a mark whose row is not green, or unknown', () => {
    expect(find('It runs. <!-- status:amber -->\n\nAnd {/* status:grey */} <!-- status:none -->')).toEqual([
      expect.stringContaining('status:amber is claimed, but its row is "partly" (no test passed)'),
      expect.stringContaining('status:grey is claimed, but its row is "not yet"'),
      expect.stringContaining('status:none names no row'),
    ])
  })

  it.each(['5 ms', '1.2x', '4 KiB', '2,000 req/s', '12%', '30 seconds', '3 times'])(
    'asks for a mark beside the figure %s',
    (figure) => {
      expect(find(`# Title\n\nIt takes ${figure} here.`)).toEqual([
        expect.stringContaining(`README.md:3: the figure "${figure}`),
      ])
      expect(find(`It takes ${figure} here. <!-- status:green -->`)).toEqual([])
      expect(find(`<p>It takes ${figure} here.</p>`, false)).toHaveLength(1)
    },
  )

  it.each(['Node 24.8', 'nine layers', 'port 3000', 'layer 9', 'MIT', 'RFC 9110', 'a 404', '3 small files'])(
    'leaves %s alone',
    (text) => {
      expect(find(`It is about ${text}.`)).toEqual([])
    },
  )

  it('does not look into code', () => {
    expect(find('```css\na { width: 50% }\n```\n\n    sleep 5 s\n\nand `5 ms`.')).toEqual([])
    expect(find('<Code output>{`\n/  4.8 KiB\n`}</Code>\n<p>It takes 5 ms.</p>', false)).toEqual([
      expect.stringContaining('README.md:4: the figure "5 ms"'),
    ])
  })

  it('asks for a mark at each bullet of the feature list, and only there', () => {
    const text = '## What works\n\n- One. <!-- status:green -->\n- Two\n  goes on\n\n## Other\n\n- Three'
    expect(find(text)).toEqual(['README.md:4: this feature has no mark. Add <!-- status:ROW -->.'])
    expect(find(text, false)).toEqual([])
  })

  it('counts what lies under a smaller heading to the feature list', () => {
    const text = '## What works\n\n### Pages\n\n- One\n\n## Next\n\n### More\n\n- Two'
    expect(find(text)).toEqual(['README.md:5: this feature has no mark. Add <!-- status:ROW -->.'])
  })

  it('takes a mark anywhere in the bullet', () => {
    expect(find('## Features\n\n- Two\n  goes on <!-- status:green -->')).toEqual([])
  })
})
