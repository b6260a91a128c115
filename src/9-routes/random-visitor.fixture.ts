// What people, extensions and scripts do to a page between two merges, by chance.
import type { Random } from '../../tests/harness/random.ts'

/** A form's control, with what there is to see of it. */
export type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

export const controlsIn = (page: ParentNode): Control[] => [...page.querySelectorAll<Control>('input,textarea,select')]
export const isBox = (control: Control): control is HTMLInputElement => /^(?:checkbox|radio)$/.test(control.type)
export const isSelect = (control: Control): control is HTMLSelectElement => control.localName === 'select'

/** What a control shows: the options that are chosen, whether it is checked, or its text. */
export function shownBy(control: Control): unknown {
  if (isSelect(control)) return [...control.selectedOptions].map(({ value }) => value)
  return isBox(control) ? control.checked : control.value
}

/** Fills in fields, presses buttons, opens what can be opened, and leaves the focus somewhere. */
export function visit({ fraction, pick, below }: Random): void {
  for (const control of controlsIn(document)) {
    if (fraction() < 0.6) continue
    if (isBox(control)) control.click()
    else if (isSelect(control)) for (const option of control.options) option.selected = fraction() < 0.4
    else control.value = control.type === 'range' ? `${below(9)}` : pick(['mine', 'alpha', ''])
  }
  for (const button of document.querySelectorAll('button')) if (fraction() < 0.4) button.click()
  for (const element of document.querySelectorAll('details')) if (fraction() < 0.5) element.open = true
  for (const element of document.querySelectorAll('dialog')) if (fraction() < 0.5) element.show()
  const focusable = document.querySelectorAll<HTMLElement>('input,textarea,select,button,summary')
  const focused = focusable[below(focusable.length)] as Partial<HTMLInputElement> | undefined
  focused?.focus?.()
  if (focused?.selectionStart != null) focused.setSelectionRange?.(1, 2)
}

/** Adds elements where strangers may, and changes attributes of `<html>` and `<body>`. Returns the elements. */
export function meddle({ fraction }: Random): Element[] {
  const strangers: Element[] = []
  const add = (put: (stranger: Element) => void): void => {
    const stranger = document.createElement('aside')
    strangers.push(stranger)
    put(stranger)
  }
  let inRoot = 0
  for (const node of [...document.body.childNodes]) {
    const mark = node.nodeType === Node.COMMENT_NODE ? (node as Comment).data[0] : ''
    if (inRoot === 0 && fraction() < 0.2) add((stranger) => node.before(stranger))
    inRoot += Number(mark === '[') - Number(mark === ']')
  }
  for (const kept of document.querySelectorAll('[data-layer9-keep]')) add((stranger) => kept.append(stranger))
  for (const heading of document.querySelectorAll('h2')) add((stranger) => heading.after(stranger))
  for (const tag of [document.body, document.documentElement]) {
    if (fraction() < 0.3) tag.setAttribute('data-n', 'by script')
    if (fraction() < 0.3) tag.removeAttribute('class')
  }
  return strangers
}
