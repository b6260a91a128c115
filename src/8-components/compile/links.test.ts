import { describe, expect, it } from 'vitest'
import { evaluate } from '../fixtures/evaluate.ts'
import * as runtime from '../jsx-runtime.ts'
import * as server from '../server.ts'
import { compileModule } from './module.ts'

/** The markup of a page in whose app `/no` leads to no page. */
function render(code: string): string {
  const file = 'app/components/Case.tsx'
  const compiled = compileModule(code, { file, side: 'server', dev: false, route: false }).code
  const { default: Case } = evaluate(compiled, { 'layer9/components/server': server, 'layer9/jsx-runtime': runtime })
  const links = {
    mark: (href: string) => (href.startsWith('/no') ? ' marked' : ''),
    markAll: (html: string) => html.replaceAll('"/no"', '"/no" marked'),
  }
  return server.createRenderer({ links }).render(server.component(Case as never, {}))
}

describe('a link that leads to no page', () => {
  it.each([
    ['written out', 'export default function Case() { return <p><a href="/no" id="x">1</a><a href="/yes">2</a></p> }'],
    ['escaped', `export default function Case() { return <p><a href={'/no?a=1&b="2"'}>1</a></p> }`],
    ['computed', "const to = '/no'\nexport default function Case() { return <a class='b' href={to}>1</a> }"],
    [
      'with a spread object',
      "const rest = { href: '/no' }\nexport default function Case() { return <a {...rest}>1</a> }",
    ],
    [
      'made when the module is loaded',
      'const menu = <nav><a href="/no">1</a></nav>\nexport default function Case() { return menu }',
    ],
    [
      'made then, among others',
      "const menu = <ul>{['/no', '/yes'].map((to) => <li><a href={to}>1</a></li>)}</ul>\nexport default function Case() { return <nav>{menu}</nav> }",
    ],
    ['in trusted markup', `export default function Case() { return <div innerHTML={'<a href="/no">1</a>'} /> }`],
  ])('is marked where it is %s', (_, code) => {
    expect(render(code).split(' marked')).toHaveLength(2)
  })

  it.each([
    ['another place of the document', 'export default function Case() { return <a href="#no">1</a> }'],
    ['no link', 'export default function Case() { return <link href="/no" /> }'],
  ])('is told from %s', (_, code) => {
    expect(render(code)).not.toContain(' marked')
  })
})
