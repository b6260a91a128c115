import type { AnyComponent, Component } from './element.ts'
import { copyMark } from './mark.ts'

/** Tells whether two sets of props would show the same. */
export type SameProps<Props> = (before: Props, now: Props) => boolean

/** A component that says itself when its props are the same. */
export interface Memoised {
  same?: SameProps<never>
}

/**
 * A component that renders again only when its props differ, by default in any of them (`Object.is`). Its own state,
 * contexts and signals render it as ever.
 *
 * @example
 * const Row = memo(({ title }: { title: string }) => <li>{title}</li>)
 */
export function memo<Props>(component: Component<Props>, same: SameProps<Props> = equalProps): Component<Props> {
  const memoised = (props: Props) => component(props)
  return copyMark(component as AnyComponent, Object.assign(memoised, { same }), same !== equalProps)
}

function equalProps<Props>(before: Props, now: Props): boolean {
  const old = before as Record<string, unknown>
  const names = Object.keys(now as object)
  return (
    names.length === Object.keys(old).length &&
    names.every((name) => name in old && Object.is(old[name], (now as Record<string, unknown>)[name]))
  )
}
