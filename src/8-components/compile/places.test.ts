import { describe, expect, it } from 'vitest'
import { compileModule } from './module.ts'

const code = `export function Case({ title, rest, items }) {
  return (
    <section>
      <h2 className="a">{title}</h2>
      <p {...rest} />
      {items.map((item) => <li key={item}>{item}</li>)}
    </section>
  )
}
`
const compile = (side: 'browser' | 'server', places: boolean) =>
  compileModule(code, { file: 'app/components/Case.tsx', side, dev: true, places, route: false }).code

describe('places of elements', () => {
  it.each(['browser', 'server'] as const)('are written for the %s: in full where a template begins', (side) => {
    const places = [...compile(side, true).matchAll(/ data-layer9-at="([^"]*)"/g)].map(([, place]) => place)
    expect(places).toEqual(['app/components/Case.tsx:3:5', '4:7', '5:7', 'app/components/Case.tsx:6:28'])
  })

  it.each(['browser', 'server'] as const)('change nothing else for the %s', (side) => {
    expect(compile(side, false)).not.toContain('data-layer9-at')
    // Between the pieces of the server's markup texts are joined differently where one of them is no more.
    const joined = (text: string) => text.replaceAll(/ data-layer9-at="[^"]*"/g, '').replaceAll("' + '", '')
    expect(joined(compile(side, true))).toBe(joined(compile(side, false)))
  })
})
