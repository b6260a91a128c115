// The inspector: while it is on, what is pointed at is outlined, and a panel tells what made it. Loaded when it is first
// asked for; in development alone.
import type { Hot } from './hot.ts'
import { openPanel, type Panel } from './inspector-panel.ts'
import { describeElement, placeOf } from './inspector-target.ts'
import type { InspectorAnswer } from './inspector-words.ts'

/** The inspector of a page. */
export interface Inspector {
  /** Turns it on or off. */
  toggle(): void
}

/** Makes it, turned off. `base`: path the app is mounted at, with a slash at both ends. */
export function createInspector(hot: Hot, base: string): Inspector {
  let open: Inspection | undefined
  const close = () => {
    open?.end()
    open = undefined
  }
  hot.on('layer9:inspected', (answer: InspectorAnswer) => open?.answered(answer))
  // What was written anew may be of another kind at the same place.
  for (const event of ['vite:afterUpdate', 'layer9:refresh']) hot.on(event, () => open?.ask())
  return {
    toggle() {
      if (open) close()
      else open = new Inspection({ base, close, send: (question) => hot.send('layer9:inspect', question) })
    },
  }
}

interface Surroundings {
  readonly base: string
  close(): void
  send(question: object): void
}

/** What the page must not hear while one points at it. */
const silenced = ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'dblclick', 'auxclick'] as const

/** From being turned on to being turned off. */
class Inspection {
  readonly #around: Surroundings
  readonly #panel: Panel
  readonly #ended = new AbortController()
  readonly #observer: MutationObserver
  #target: Element | undefined
  #pointer = { x: innerWidth / 2, y: innerHeight / 2 }
  /** A click has fixed the panel: it follows no pointer until the next click. */
  #isFixed = false
  #asked = 0
  /** What was asked last, as text. */
  #question = ''
  #isDue = false

  constructor(around: Surroundings) {
    this.#around = around
    this.#panel = openPanel({ close: around.close, copy: () => this.#copy() })
    this.#observer = new MutationObserver(() => this.#moved())
    this.#observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
    this.#listen()
    this.#show(ownElement([...document.querySelectorAll(':hover')].at(-1) ?? document.activeElement ?? document.body))
  }

  end(): void {
    this.#ended.abort()
    this.#observer.disconnect()
    this.#panel.close()
  }

  /** Asks the server about what is shown. */
  ask(): void {
    if (!this.#target) return
    const question = describeElement(this.#target, this.#around.base)
    this.#question = JSON.stringify(question)
    this.#around.send({ id: ++this.#asked, ...question })
  }

  answered(answer: InspectorAnswer): void {
    if (answer.id !== this.#asked || !this.#target) return
    this.#panel.tell(answer)
    this.#place()
  }

  #listen(): void {
    const options = { capture: true, signal: this.#ended.signal }
    const on = <Type extends keyof WindowEventMap>(type: Type, listener: (event: WindowEventMap[Type]) => void) =>
      addEventListener(type, listener, options)
    const onPage = (run: (event: MouseEvent) => void) => (event: MouseEvent) => {
      if (!this.#panel.has(event)) run(event)
    }
    on('pointermove', onPage(this.#point))
    on('click', onPage(this.#click))
    for (const type of silenced) on(type, onPage(silence))
    on('keydown', (event: KeyboardEvent) => this.#press(event))
    on('scroll', () => this.#moved())
    on('resize', () => this.#moved())
  }

  readonly #point = (event: MouseEvent): void => {
    this.#pointer = { x: event.clientX, y: event.clientY }
    const [found] = event.composedPath()
    if (!this.#isFixed && found instanceof Element) this.#show(ownElement(found))
  }

  /** Fixes what is pointed at and copies its place; the next click lets the panel follow again. */
  readonly #click = (event: MouseEvent): void => {
    silence(event)
    this.#isFixed = !this.#isFixed
    // A tap has not moved anything before.
    this.#pointer = { x: event.clientX, y: event.clientY }
    this.#show(ownElement(event.target as Element))
    if (this.#isFixed) this.#copy()
    else this.#panel.say('')
  }

  #press(event: KeyboardEvent): void {
    const { key } = event
    const step = steps[key]
    // Enter on a button of the panel presses that.
    if (key === 'Escape') this.#around.close()
    else if (step) this.#walk(step)
    else if (key === 'Enter' && !this.#panel.has(event)) this.#copy()
    else return
    silence(event)
  }

  #walk(step: (from: Element) => Element | null): void {
    const next = this.#target && step(this.#target)
    if (!next || this.#panel.is(next)) return
    this.#isFixed = true
    next.scrollIntoView({ block: 'nearest' })
    this.#show(next)
  }

  #pointed(): Element | undefined {
    const { x, y } = this.#pointer
    return document.elementsFromPoint(x, y).find((element) => !this.#panel.is(element))
  }

  #show(target: Element): void {
    if (target !== this.#target) {
      this.#target = target
      this.#panel.say('')
      this.ask()
    }
    this.#place()
  }

  #place(): void {
    const isFixed = this.#isFixed
    if (this.#target) this.#panel.place(this.#target.getBoundingClientRect(), { ...this.#pointer, isFixed })
  }

  /** The page changed: once before the next frame. */
  #moved(): void {
    if (this.#isDue) return
    this.#isDue = true
    requestAnimationFrame(() => {
      this.#isDue = false
      if (this.#ended.signal.aborted) return
      if (!this.#target?.isConnected) return this.#show(this.#pointed() ?? document.body)
      if (JSON.stringify(describeElement(this.#target, this.#around.base)) !== this.#question) this.ask()
      return this.#place()
    })
  }

  #copy(): void {
    const { place } = this.#target ? placeOf(this.#target) : { place: null }
    const said = (text: string) => () => this.#panel.say(text)
    if (place === null) {
      this.#panel.say('There is no place to copy')
      return
    }
    // Only pages of localhost and of https have a clipboard.
    const { clipboard } = navigator as Partial<Navigator>
    void Promise.resolve(clipboard?.writeText(place) ?? Promise.reject()).then(
      said(`Copied ${place}`),
      said('The browser gives no clipboard here'),
    )
  }
}

/** Where the keys lead. */
const steps: Readonly<Record<string, (from: Element) => Element | null>> = {
  ArrowUp: ({ parentElement }) => parentElement,
  ArrowDown: ({ firstElementChild }) => firstElementChild,
  ArrowLeft: ({ previousElementSibling }) => previousElementSibling,
  ArrowRight: ({ nextElementSibling }) => nextElementSibling,
}

function silence(event: Event): void {
  event.preventDefault()
  event.stopImmediatePropagation()
}

/** What lies in the shadow of a custom element is that element's own business. */
function ownElement(found: Element): Element {
  const root = found.getRootNode()
  return root instanceof ShadowRoot ? ownElement(root.host) : found
}
