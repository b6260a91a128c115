import { describe, expect, it } from 'vitest'
import { analyseModule } from './module.ts'

/** Marks of a module by component, the reason behind a live one. */
function marks(code: string, file = 'app/components/x.tsx'): Record<string, string> {
  const { components } = analyseModule(code, file)
  return Object.fromEntries(
    components.map(({ name, mark, reason }) => [name, reason ? `${mark}: ${reason.kind} ${reason.name}` : mark]),
  )
}

const hooks = "import { use, useContext, useId, useMemo as memoise, useCallback, useState } from 'layer9/components'\n"

describe('rule 1: hooks', () => {
  it.each([
    ['const X = () => { useState(0); return <b /> }', 'live: hook useState'],
    ['const X = () => { useThing(); return <b /> }', 'live: hook useThing'],
    ['const X = () => { hooks.useThing(); return <b /> }', 'live: hook useThing'],
    ['const X = () => { useState<number>(0)!; return null }', 'live: hook useState'],
    ['const X = () => <b title={useId()}>{useContext(c)}{memoise(() => 1)}{useCallback(f)}{use(p)}</b>', 'plain'],
    ['const X = () => <b>{user(1)}{used}{a.used()}</b>', 'plain'],
    ['const X = () => <b>{[1].map(() => useThing())}</b>', 'live: hook useThing'],
  ])('%s', (code, mark) => {
    expect(marks(hooks + code)).toEqual({ X: mark })
  })

  it('exempts by import, not by name', () => {
    expect(marks("import { useId } from './mine'\nconst X = () => <b>{useId()}</b>")).toEqual({ X: 'live: hook useId' })
    expect(marks('const X = () => <b>{useMemo(() => 1)}</b>')).toEqual({ X: 'live: hook useMemo' })
    const shadowed = `${hooks}const X = ({ useId }) => <b>{useId()}</b>`
    expect(marks(shadowed)).toEqual({ X: 'live: hook useId' })
  })

  it('knows the framework as a namespace', () => {
    const code =
      "import * as ui from 'layer9/components'\nconst X = () => <b>{ui.useId()}</b>, Y = () => <b>{ui.useState()}</b>"
    expect(marks(code)).toEqual({ X: 'plain', Y: 'live: hook useState' })
  })

  it('leaves custom hooks themselves out', () => {
    expect(marks('export function useThing() { return useState(0) }')).toEqual({})
  })
})

describe('rule 2: handlers and refs', () => {
  it.each([
    ['() => <b onClick={() => {}} />', 'live: handler onClick'],
    ['() => <b onClick={click} />', 'live: handler onClick'],
    ['() => <b onClickCapture={click} />', 'live: handler onClickCapture'],
    ['() => <b ref={node} />', 'live: ref ref'],
    ['() => <Button onPress={click} />', 'live: handler onPress'],
    ['() => <Button ref={node} />', 'live: ref ref'],
    ['() => <b {...{ onClick: click }} />', 'live: handler onClick'],
    ['() => <b>{list.map((item) => <i onClick={item.click} />)}</b>', 'live: handler onClick'],
    ['() => <Form action={createPost} on={1} once={2} onclick={f} refs={r} />', 'plain'],
    ['() => <List render={(item) => <b>{item}</b>} each={() => 1} />', 'plain'],
    ['() => <Show>{(value) => <b>{value}</b>}</Show>', 'plain'],
  ])('%s', (code, mark) => {
    expect(marks(`const X = ${code}`)).toEqual({ X: mark })
  })

  it.each([
    '(props) => <b onClick={props.onClick} ref={props.ref} />',
    '(props) => <b onClick={props?.events?.["click"]} />',
    '({ onClick, ref: node }) => <b onClick={onClick} ref={node} />',
    '({ on: { click }, ...rest }) => <b onClick={click} onBlur={rest.onBlur} {...rest} />',
    '({ onClick = undefined }) => <b onClick={onClick!} />',
    '(props: P) => <b onClick={props.onClick as () => void} {...props} />',
    '(props) => <b {...{ onClick: props.onClick }} />',
    '(props) => { const { onClick } = props; const press = props.onPress; return <b onClick={onClick} onPress={press} /> }',
    '(props) => <b>{list.map(() => <i onClick={props.onClick} />)}</b>',
    '() => <b onClick={undefined} ref={null} />',
    'function ({ onClick }) { return <b onClick={onClick} /> }',
  ])('is plain when it only hands through: %s', (code) => {
    expect(marks(`const X = ${code}`)).toEqual({ X: 'plain' })
  })

  it.each([
    '(props) => <b onClick={() => props.onClick()} />',
    '(props) => <b onClick={props.onClick ?? click} />',
    '(props) => <b onClick={props.make()} />',
    '(props) => <b>{list.map((props) => <i onClick={props.onClick} />)}</b>',
    '(props) => { let { onClick } = props; return <b onClick={onClick} /> }',
    '(props) => { const onClick = make(props); return <b onClick={onClick} /> }',
  ])('is live when it makes or chooses the function: %s', (code) => {
    expect(marks(`const X = ${code}`)).toEqual({ X: 'live: handler onClick' })
  })
})

describe('rule 3: state', () => {
  it.each([
    'layer9/state',
    '~/state/draft',
    '~/state',
    '../state/draft.ts',
    '../../app/state/draft',
    '/app/state/draft',
  ])('a value of layer 7 by %s', (source) => {
    const code = `import { draft } from '${source}'\nconst X = () => <b>{draft}</b>`
    expect(marks(code)).toEqual({ X: 'live: state draft' })
  })

  it.each(['~/contracts/state', './state', 'state', 'layer9/contracts', '../../state/x'])('not by %s', (source) => {
    expect(marks(`import { draft } from '${source}'\nconst X = () => <b>{draft}</b>`)).toEqual({ X: 'plain' })
  })

  const draft = "import { draft, type Draft } from '~/state/draft'\nimport type * as all from '~/state/draft'\n"

  it.each([
    ['() => <b>{[1].map(() => draft.value)}</b>', 'live: state draft'],
    ['() => <draft.View />', 'live: state draft'],
    ['() => <b title={`$' + '{draft}`} />', 'live: state draft'],
    ['() => { const text = { draft }; return <b>{text.draft}</b> }', 'live: state draft'],
    ['(draft) => <b>{draft}</b>', 'plain'],
    ['() => { const draft = 1; return <b>{draft}</b> }', 'plain'],
    ['(props: { a: Draft, b: typeof draft, c: all.Draft }) => <b>{props.draft}{{ draft: 1 }.draft}</b>', 'plain'],
  ])('%s', (code, mark) => {
    expect(marks(`${draft}const X = ${code}`)).toEqual({ X: mark })
  })

  it('leaves helpers to the layer check', () => {
    expect(marks(`${draft}const words = () => draft.value.length\nconst X = () => <b>{words()}</b>`)).toEqual({
      X: 'plain',
    })
  })
})

describe('what is a component of its own', () => {
  it('a component inside another does not make that one live', () => {
    const code =
      'function Outer() { const Inner = () => <b onClick={f} />; function Other() { return <i ref={r} /> } return <Inner /> }'
    expect(marks(code)).toEqual({ Outer: 'plain', Inner: 'live: handler onClick', Other: 'live: ref ref' })
  })

  it('a function that is no component belongs to the one around it', () => {
    const code = 'function Outer() { const row = () => <b onClick={f} />; function Format() { return 1 } return row() }'
    expect(marks(code)).toEqual({ Outer: 'live: handler onClick' })
  })

  it('a wrapper returned by a call is marked where it is written', () => {
    const code = 'const withTheme = (Wrapped) => (props) => <b onClick={f}><Wrapped {...props} /></b>'
    expect(analyseModule(code, 'x.tsx').components).toMatchObject([{ mark: 'live' }])
    const twice = 'function make(a) { return (Wrapped) => { return memo((props) => <Wrapped ref={a} />) } }'
    expect(analyseModule(twice, 'x.tsx').components).toMatchObject([{ mark: 'live', reason: { kind: 'ref' } }])
  })

  it('components in an object are marked each', () => {
    const code = 'export const views = { a: () => <b onClick={f} />, b: () => <b /> }'
    expect(analyseModule(code, 'x.tsx').components.map(({ mark }) => mark)).toEqual(['live', 'plain'])
  })

  it('tells where it is', () => {
    const { components } = analyseModule('// 🎉\nexport const X = () =>\n  <b onClick={f} />', 'x.tsx')
    expect(components).toEqual([
      { name: 'X', mark: 'live', reason: { kind: 'handler', name: 'onClick', line: 3, column: 6 } },
    ])
  })
})

describe('names', () => {
  const names = (code: string) => analyseModule(code, 'app/components/x.tsx').names
  const ui =
    "import { createContext, lazy, memo, root } from 'layer9/components'\nimport { Card, make } from './card'\n"

  it.each([
    ['function Counter() { return <b onClick={f} /> }', ['Counter']],
    ['const Counter = () => <b onClick={f} />, Other = () => <b />', ['Counter']],
    ['export default function Page() { useState(0); return <b /> }', ['default']],
    ['export default () => <b onClick={f} />', ['default']],
    ['const Page = () => <b onClick={f} />\nexport default Page', ['default']],
    ['const Page = () => <b onClick={f} />\nexport { Page as default }', ['default']],
    ['const Page = () => <b onClick={f} />\nexport { Page as Other }', ['Page']],
    ['export default memo(() => <b onClick={f} />)', ['default']],
    ['const X = memo(function Inner() { return <b onClick={f} /> })', ['X']],
    ['const Inner = () => <b onClick={f} />\nconst X = memo(Inner)\nconst Y = X', ['Inner', 'X', 'Y']],
    ['const X = memo(Card)', ['X']],
    ["const X = lazy(() => import('./card'))", []],
    ['const X = root(Card)', ['X']],
    ['const X = make(Card)', ['X']],
    ['const wrap = (C) => () => <C onClick={f} />\nconst X = wrap(Plain)\nfunction Plain() { return <b /> }', ['X']],
    ['const X = make(() => <b />)', ['X']],
    ['const Inner = () => <b />\nconst X = make(Inner)', ['X']],
    ['const X = memo(() => <b />)', []],
    ['const X = make(() => 1)', []],
    ['const Theme = createContext(Card)', []],
    ['const row = () => <b onClick={f} />', []],
    ['export const loader = () => useThing()', []],
    ['const { A, B } = make(Card)', []],
    ['const X = X2, X2 = X', []],
    ['export default 1', []],
    ['export default Card', []],
  ])('%s', (code, expected) => {
    expect(names(ui + code)).toEqual(expected)
  })
})
