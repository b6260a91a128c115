import { describe, expect, it } from 'vitest'
import { findRefused } from './check.ts'

const late = 'export async function Late() { return <p /> }'
const nested = 'export const Nested = () => <p><div /></p>'

describe('findRefused', () => {
  it('names the first error of each module, with its place', () => {
    const found = findRefused([
      { file: 'app/components/Late.tsx', code: `${late}\n${nested}` },
      { file: 'app/components/Fine.tsx', code: 'export const Fine = () => <p />' },
      { file: 'app/routes/nested.jsx', code: nested },
    ])
    expect(found.map(({ code, places }) => [code, places[0]?.file])).toEqual([
      ['COMPONENT_ASYNCHRONOUS', 'app/components/Late.tsx'],
      ['JSX_NESTING', 'app/routes/nested.jsx'],
    ])
  })

  it('leaves alone what has no JSX, and syntax, of which others tell', () => {
    const broken = 'export const Broken = () => <p><b></p>'
    const modules = [
      { file: 'app/services/late.ts', code: 'export async function Late() {}' },
      { file: 'app/components/Broken.tsx', code: broken },
    ]
    expect(findRefused(modules)).toEqual([])
  })
})
