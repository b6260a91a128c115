// Unsaved work: asks before the page is left, by a link, a form, the browser's own buttons, or its end.
import { useEffect } from './effect.ts'
import { useRef } from './hooks.ts'

/**
 * What guards a page: a question to ask, or a function that decides (`to`: where one wants to go), later if it asks by itself.
 * `false`, `null`, `undefined` or an empty text: nothing is unsaved.
 */
export type LeaveGuard = string | false | null | undefined | ((to: URL) => boolean | Promise<boolean>)

/** What the navigation sends to the window before it leaves a page. */
interface LeaveEvent
  extends CustomEvent<{
    readonly url: URL
    /** Guards add whether it may. */
    readonly answers: (boolean | Promise<boolean>)[]
    /** All agreed, and what follows is a full load. */
    left?: boolean
  }> {}

/**
 * Guards unsaved work for as long as the component is shown: going to another page, back and forward included, waits for
 * the answer. When the tab is closed or loaded again the browser asks in its own words, whatever the guard is.
 *
 * @example
 * const [changed, setChanged] = useState(false)
 * useLeaveGuard(changed && 'Leave without saving?')
 */
export function useLeaveGuard(guard: LeaveGuard): void {
  const latest = useRef(guard)
  latest.current = guard
  const on = Boolean(guard)
  useEffect(() => (on ? listen(() => latest.current) : undefined), [on])
}

function listen(read: () => LeaveGuard): () => void {
  let last: LeaveEvent['detail'] | undefined
  const ask = (event: Event): void => {
    // The navigation alone sends events of this type.
    last = (event as LeaveEvent).detail
    const guard = read()
    if (typeof guard === 'function') last.answers.push(guard(last.url))
    else if (guard) last.answers.push(confirm(guard))
  }
  const unload = (event: BeforeUnloadEvent): void => {
    // Who was asked already is let through, once: after a download the page is still there.
    if (last?.left) last.left = false
    else event.preventDefault()
  }
  addEventListener('layer9:leave', ask)
  addEventListener('beforeunload', unload)
  return () => {
    removeEventListener('layer9:leave', ask)
    removeEventListener('beforeunload', unload)
  }
}
