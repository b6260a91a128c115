// What people typed, kept through a load of the page that they did not ask for: by themselves browsers keep it on the way
// back alone. It lies in the entry of the history, which survives the load and is this tab's alone.

/** Which of the controls of a name, and what it holds. */
type KeptControl = readonly [name: string, nth: number, value: string, checked: boolean, selected: readonly string[]]

/** An input, a text area or a list: the fields of all, absent where it has none. */
type Control = HTMLInputElement & Partial<Pick<HTMLSelectElement, 'selectedOptions' | 'options'>>

/** Loads the page again, and with it what was typed. Passwords are not kept, for entries may be written to the disk. */
export function reloadKept(): void {
  const kept = byName().flatMap(([name, controls]) =>
    controls.flatMap((control, nth): KeptControl[] => {
      const { value, checked, selectedOptions } = control
      const selected = [...(selectedOptions ?? [])].map((option) => option.value)
      return isChanged(control) ? [[name, nth, value, checked, selected]] : []
    }),
  )
  history.replaceState({ scrollY, kept }, '')
  location.reload()
}

/** Fills in what the page held before it was loaded again; called by the script of every page where there is any. */
export function restoreForms(): void {
  const named = new Map(byName())
  for (const [name, nth, value, checked, selected] of history.state.kept as readonly KeptControl[]) {
    const control = named.get(name)?.[nth]
    // In another version it may be gone.
    if (!control) continue
    if (control.options) for (const option of control.options) option.selected = selected.includes(option.value)
    else if (/^(?:checkbox|radio)$/.test(control.type)) control.checked = checked
    else control.value = value
    // As if typed: what listens, in live components too, hears of it.
    for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true }))
  }
  history.replaceState({ scrollY }, '')
}

function byName(): [string, Control[]][] {
  const all = document.querySelectorAll<Control>(
    'input[name]:not([type=hidden],[type=password],[type=file]),textarea[name],select[name]',
  )
  return [...Map.groupBy(all, (control) => control.name)]
}

function isChanged({ type, value, defaultValue, checked, defaultChecked, options }: Control): boolean {
  if (options) return [...options].some((option) => option.selected !== option.defaultSelected)
  return /^(?:checkbox|radio)$/.test(type) ? checked !== defaultChecked : value !== defaultValue
}
