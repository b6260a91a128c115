// Cases of uncompiled JSX that both sides are tested with.
import type { AnyComponent, Child, Element } from '../element.ts'

type Make = (type: string | AnyComponent, props: object, key?: string) => Element

interface Runtime {
  jsx: Make
  jsxs: Make
  Fragment: AnyComponent
}

/** A tree and its markup. */
export interface JsxCase {
  make: (runtime: Runtime) => Child
  /** As the server writes it; the browser's is what a parser makes of it. */
  html: string
}

const Hello = ({ name, children }: { name: string; children?: Child }): Child => ['Hello ', name, children]

export const cases: JsxCase[] = [
  { make: ({ jsx }) => jsx('p', {}), html: '<p></p>' },
  { make: ({ jsx }) => jsx('p', { children: 'a < b' }), html: '<p>a &lt; b</p>' },
  {
    make: ({ jsx, jsxs }) => jsxs('p', { class: ['a', { b: true }], children: ['x', 1, null, jsx('br', {})] }),
    html: '<p class="a b">x1<br></p>',
  },
  {
    make: ({ jsx }) => jsx('label', { htmlFor: 'f', style: { fontSize: 3 }, 'aria-hidden': false, title: '"' }),
    html: '<label for="f" style="font-size:3px" aria-hidden="false" title="&quot;"></label>',
  },
  { make: ({ jsx }) => jsx(Hello, { name: 'Ada', children: jsx('b', { children: '!' }) }), html: 'Hello Ada<b>!</b>' },
  {
    make: ({ jsx, jsxs, Fragment }) =>
      jsxs(Fragment, { children: ['a', jsx(Fragment, { children: jsx('i', {}) }, 'k')] }),
    html: 'a<i></i>',
  },
  { make: ({ jsx }) => jsx('div', { innerHTML: '<b>1</b>' }), html: '<div><b>1</b></div>' },
  {
    make: ({ jsx }) => jsx('svg', { viewBox: '0 0 1 1', children: jsx('path', { d: 'M0 0' }) }),
    html: '<svg viewBox="0 0 1 1"><path d="M0 0"></path></svg>',
  },
  { make: ({ jsx }) => jsx('style', { children: 'a>b{}' }), html: '<style>a>b{}</style>' },
  { make: ({ jsx }) => jsx('title', { children: ['a', ' & b'] }), html: '<title>a &amp; b</title>' },
  { make: ({ jsx }) => jsx('textarea', { defaultValue: 'x<y' }), html: '<textarea>x&lt;y</textarea>' },
  { make: ({ jsx }) => jsx('p', { onClick: () => 0, onclick: 'bad()', ref: null, key: 1 }), html: '<p></p>' },
  { make: ({ jsx }) => jsx('my-tag', { some: 'thing', hidden: true }), html: '<my-tag some="thing" hidden></my-tag>' },
]
