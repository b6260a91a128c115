import type { Child } from './element.ts'

/**
 * The type of `<>…</>`: several children without an element around them. Written out where a list needs a key.
 *
 * @example
 * const items = [{ id: 1, term: 'HTML', text: 'What a page is.' }]
 * items.map(({ id, term, text }) => <Fragment key={id}><dt>{term}</dt><dd>{text}</dd></Fragment>)
 */
export function Fragment(props: { children?: Child }): Child {
  return props.children
}
