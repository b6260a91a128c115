// Unsaved work: asks before the page is left, by a link, a form, the browser's own buttons, or its end.
import { useEffect } from './effect.ts'
import { useRef } from './hooks.ts'

/**
 * What guards a page: a question to ask, or a function that decides (`to`: where one wants to go), later if it asks by itself.
 * `false`, `null`, `undefined` or an empty text: nothing is unsaved.
 */
export type LeaveGuard = string | false | null | undefined | ((to: URL) => boolean | Promise<boolean>)

/** What the navigation sends to the window before it leaves a page: guards add whether it may. */
interface LeaveEvent extends CustomEvent<{ readonly url: URL; readonly answers: (boolean | Promise<boolean>)[] }> {}

/**
 * Guards unsaved work for as long as the component is shown: going to another page, back and forward included, waits for
 * the answer. When the tab is closed or loaded again the browser asks in its own words, whatever the guard is.
 *
 * @example
 * useLeaveGuard(changed && 'Leave without saving?')
 */
export function useLeaveGuard(guard: LeaveGuard): void {
  const latest = useRef(guard)
  latest.current = guard
  const on = Boolean(guard)
  useEffect(() => (on ? listen(() => latest.current) : undefined), [on])
}

function listen(read: () => LeaveGuard): () => void {
  const ask = (event: Event): void => {
    // The navigation alone sends events of this type.
    const { url, answers } = (event as LeaveEvent).detail
    const guard = read()
    if (typeof guard === 'function') answers.push(guard(url))
    else if (guard) answers.push(confirm(guard))
  }
  const unload = (event: BeforeUnloadEvent): void => event.preventDefault()
  addEventListener('layer9:leave', ask)
  addEventListener('beforeunload', unload)
  return () => {
    removeEventListener('layer9:leave', ask)
    removeEventListener('beforeunload', unload)
  }
}
