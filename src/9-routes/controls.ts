// What people did to the controls of a page, held while a merge changes what is in and around them. A control counts as
// changed when it shows something else than its markup says: asking for that, not for events, also finds what was typed
// before any script was there, and what the browser restored.

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/** What a control shows: the options that are chosen, whether it is checked, or its text. */
type Shown = string[] | boolean | string

interface Changed {
  readonly kind: string
  readonly shown: Shown
}

/**
 * Notes what the controls within a node show.
 *
 * @returns to be called after a merge, with the nodes that it merged: of these, controls that were changed or have the
 *   focus show what they showed, all others what the next document says. Changed ones come last, because a radio button
 *   that is checked turns off the others of its group.
 */
export function holdControls(within: ParentNode): (merged: ReadonlySet<Node>) => void {
  const controls = [...within.querySelectorAll<Control>('input,textarea,select')]
  const changed = new Map<Control, Changed>()
  for (const control of controls) {
    const shown = shownBy(control)
    // A radio button that is off says nothing: another of its group is on.
    if (shown === false && control.type === 'radio') continue
    if (isInUse(control) || `${shown}` !== `${defaultOf(control)}`)
      changed.set(control, { kind: kindOf(control), shown })
  }
  return (merged) => {
    const own = controls.filter((control) => merged.has(control))
    const held = new Set(own.filter((control) => canShow(control, changed.get(control))))
    for (const control of own) if (!held.has(control)) show(control, defaultOf(control))
    for (const control of held) show(control, (changed.get(control) as Changed).shown)
  }
}

function canShow(control: Control, changed: Changed | undefined): boolean {
  if (changed?.kind !== kindOf(control)) return false
  if (!('options' in control)) return true
  const chosen = changed.shown as string[]
  // Options that are gone can no longer be chosen; where there may be several, none is a choice too.
  if (control.multiple && chosen.length === 0) return true
  return [...control.options].some(({ value }) => chosen.includes(value))
}

const isBox = (control: Control): control is HTMLInputElement => /box|radio/.test(control.type)

/** Whether a control has the focus that has more to keep than that: in buttons, nobody types. */
const isInUse = (control: Control): boolean =>
  control === document.activeElement && !/button|submit|reset|image/.test(control.type)

/** Whether an element is a field in which someone types. */
export const isTypedIn = (element: Node): boolean =>
  /AREA|INPUT/.test(element.nodeName) && isInUse(element as Control) && !isBox(element as Control)

/** With another name or type it is another control; boxes of one name are told apart by their values. */
const kindOf = (control: Control): string => [control.type, control.name, isBox(control) && control.value].join()

function shownBy(control: Control): Shown {
  if ('options' in control) return [...control.selectedOptions].map(({ value }) => value)
  return isBox(control) ? control.checked : control.value
}

/** What a control shows when nobody has touched it. What that is depends on its type, and the browser knows: it resets. */
function defaultOf(control: Control): Shown {
  const form = document.createElement('form')
  const copy = form.appendChild(control.cloneNode(true) as Control)
  // Not the form's own `reset`: that would be a field of that name.
  HTMLFormElement.prototype.reset.call(form)
  return shownBy(copy)
}

function show(control: Control, shown: Shown): void {
  // Setting the same text again would move the caret in some browsers.
  if (`${shown}` === `${shownBy(control)}`) return
  if ('options' in control) {
    for (const option of control.options) option.selected = (shown as string[]).includes(option.value)
  } else if (isBox(control)) control.checked = shown as boolean
  else control.value = shown as string
}
