// Type tests of JSX: checked by the compiler, never run.
import { signal } from '../7-state/index.ts'
import { type Component, createContext, memo, type Ref, type RefObject, useReducer, useRef, useState } from './index.ts'
import type { JSX } from './jsx-runtime.ts'

type Props<Tag extends keyof JSX.IntrinsicElements> = JSX.IntrinsicElements[Tag]

/** Events know their element and kind. */
export const input: Props<'input'> = {
  value: signal('a'),
  class: ['a', { b: true }],
  style: { fontSize: 12, '--gap': '1px' },
  onInput: (event) => event.currentTarget.value.length + (event.data?.length ?? 0),
  onKeyDown: (event) => event.key === 'Enter' && event.currentTarget.select(),
  onClickCapture: (event) => event.clientX,
  'aria-label': 'x',
  'data-anything': { a: 1 },
}
export const form: Props<'form'> = { onSubmit: (event) => event.submitter?.id, noValidate: true }
export const path: Props<'path'> = {
  d: 'M0 0',
  'stroke-width': 2,
  ref: (node: SVGPathElement) => void node.getTotalLength(),
}
export const custom: Props<'my-tag'> = { anything: 1, onClick: (event) => event.currentTarget.tagName }

// @ts-expect-error: a boolean attribute takes no text
export const wrongValue: Props<'input'> = { disabled: 'no' }
// @ts-expect-error: no such attribute
export const wrongName: Props<'div'> = { nope: 'x' }
// @ts-expect-error: no such element
export type WrongTag = Props<'blink'>

/** Refs take the element that they are given, or a wider one. */
export const held: Ref<HTMLInputElement> = { current: null } satisfies RefObject<HTMLInputElement | null>
export function Refs(): Ref<HTMLInputElement>[] {
  const wide: RefObject<HTMLElement | null> = useRef<HTMLElement>(null)
  const exact: RefObject<HTMLInputElement | null> = useRef<HTMLInputElement>(null)
  const count: RefObject<number> = useRef(0)
  return [exact, wide as RefObject<HTMLInputElement | null>, count.current > 0 ? null : undefined]
}

/** State and reducers infer their types. */
export function State(): void {
  const [text, setText] = useState<string>()
  setText((before) => `${before ?? ''}${text}`)
  const [items, dispatch] = useReducer((list: readonly string[], item: string) => [...list, item], [])
  dispatch(items[0] ?? '')
  // @ts-expect-error: not an action of this reducer
  dispatch(1)
}

/** Contexts and memo keep the props. */
export const Theme: Component<{ value: 'light' | 'dark' }> = createContext<'light' | 'dark'>('light')
export const Row: Component<{ id: number }> = memo(({ id }: { id: number }) => id)
// @ts-expect-error: the value is not one of the context's
export const wrongContext: Component<{ value: 'blue' }> = createContext<'light' | 'dark'>('light') satisfies Component<{
  value: 'blue'
}>
