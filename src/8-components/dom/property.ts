// Controls: what the user types is in the property, so it is the page's value that counts, not the last one written.
import type { Hole } from './contract.ts'
import { onCommit } from './schedule.ts'

/** A hole for `value`, `checked`, `selected`, `muted`, `indeterminate` or `innerHTML`. */
export function property(at: number, name: string): Hole {
  return {
    at,
    control: name !== 'innerHTML',
    // In the commit, when the options of a select and the bounds of a range are there.
    put: (target, index, value) => onCommit(() => setProperty(target.nodes[index] as HTMLElement, name, value)),
    adopt(target, index, value) {
      const element = target.nodes[index] as HTMLElement
      if (name === 'indeterminate') setProperty(element, name, value)
      // Typed before the scripts came: the component hears of it as if it were typed now.
      else if (name !== 'innerHTML' && value != null && differs(element, name, value))
        queueMicrotask(() => tellTyped(element))
    },
  }
}

function tellTyped(element: HTMLElement): void {
  element.dispatchEvent(new Event('input', { bubbles: true }))
  element.dispatchEvent(new Event('change', { bubbles: true }))
}

/** A control's properties by name. */
type Control = HTMLElement & Record<string, unknown>

/** Writes a property where the page shows something else, so that caret and selection stay. */
export function setProperty(element: HTMLElement, name: string, value: unknown): void {
  if (element.localName === 'select' && name === 'value') {
    if (value != null) chooseOptions(element as HTMLSelectElement, value)
  } else if (name === 'value' ? value !== undefined && differs(element, name, value) : differs(element, name, value)) {
    ;(element as Control)[name] = wanted(name, value)
  }
}

function wanted(name: string, value: unknown): unknown {
  return name === 'value' || name === 'innerHTML' ? String(value ?? '') : !!value
}

function differs(element: HTMLElement, name: string, value: unknown): boolean {
  if (element.localName !== 'select') return (element as Control)[name] !== wanted(name, value)
  return Array.from((element as HTMLSelectElement).options).some(
    (option) => option.selected !== isChosen(option, value),
  )
}

function isChosen(option: HTMLOptionElement, value: unknown): boolean {
  return Array.isArray(value) ? value.map(String).includes(option.value) : option.value === String(value)
}

function chooseOptions(select: HTMLSelectElement, value: unknown): void {
  for (const option of select.options) {
    const chosen = isChosen(option, value)
    if (option.selected !== chosen) option.selected = chosen
  }
}
