// Controls: what the user types is in the property, so it is the page's value that counts, not the last one written.
import type { Hole } from './contract.ts'
import { onCommit } from './schedule.ts'

/** A hole for `value`, `checked`, `selected`, `muted`, `indeterminate` or `innerHTML`. */
export function property(at: number, name: string): Hole {
  return {
    at,
    control: name !== 'innerHTML',
    // In the commit, when the options of a select and the bounds of a range are there.
    put: (target, index, value) => onCommit(() => controlProperty(target.nodes[index] as HTMLElement, name, value)),
    adopt: (target, index, value) => adoptProperty(target.nodes[index] as HTMLElement, name, value),
  }
}

/** Takes over a property as the server wrote it, or as the user left it meanwhile. */
export function adoptProperty(element: HTMLElement, name: string, value: unknown): void {
  // Markup was written; what has no attribute was not.
  if (name !== 'value' && name !== 'checked' && name !== 'innerHTML') setProperty(element, name, value)
  if ((name !== 'value' && name !== 'checked') || value == null) return
  const typed = differs(element, name, value)
  keep(element, name, value)
  // Typed before the scripts came: the component hears of it as if it were typed now.
  if (typed) queueMicrotask(() => tellTyped(element))
}

function tellTyped(element: HTMLElement): void {
  element.dispatchEvent(new Event('input', { bubbles: true }))
  element.dispatchEvent(new Event('change', { bubbles: true }))
}

/** A control with the values that its component gave it, by property. */
interface Controlled extends HTMLElement {
  l9kept?: Record<string, unknown>
  /** Set by a `Form`: it only started with its value, and is the user's until it is given another. */
  l9free?: boolean
}

/** Writes a property, and again whenever the user changed it and the component did not follow. */
export function controlProperty(element: Controlled, name: string, value: unknown): void {
  if (element.l9free && element.l9kept?.[name] === value) return
  setProperty(element, name, value)
  if (name === 'value' || name === 'checked') keep(element, name, value)
}

function keep(element: Controlled, name: string, value: unknown): void {
  if (!element.l9kept) {
    // Nobody controls it: the user does.
    if (value == null) return
    element.addEventListener('input', goBack)
    element.addEventListener('change', goBack)
  }
  element.l9kept = { ...element.l9kept, [name]: value }
}

/** After all handlers and the render that they asked for; not amid a composition, which it would break off. */
function goBack(this: Controlled, event: Event): void {
  if ((event as InputEvent).isComposing) return
  setTimeout(() => {
    for (const name in this.l9kept) controlProperty(this, name, this.l9kept[name])
  })
}

/** Writes a property where the page shows something else, so that caret and selection stay. Nothing: it is the user's. */
export function setProperty(element: HTMLElement, name: string, value: unknown): void {
  if ((value == null && name !== 'innerHTML') || !differs(element, name, value)) return
  if (element.localName === 'select') chooseOptions(element as HTMLSelectElement, value)
  else (element as HTMLElement & Record<string, unknown>)[name] = wanted(name, value)
}

function wanted(name: string, value: unknown): unknown {
  return name === 'value' || name === 'innerHTML' ? String(value ?? '') : !!value
}

function differs(element: HTMLElement, name: string, value: unknown): boolean {
  if (element.localName === 'select') {
    return Array.from((element as HTMLSelectElement).options).some((one) => one.selected !== isChosen(one, value))
  }
  return (element as HTMLElement & Record<string, unknown>)[name] !== wanted(name, value)
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
