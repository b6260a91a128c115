// A document's body, written at once; what is awaited follows.
import { isOutcome } from '../../1-contracts/index.ts'
import type { Child, Element } from '../element.ts'
import { errors } from '../errors.ts'
import { type Deferral, renderAs } from '../owner.ts'
import { snapshot } from './component.ts'
import { ServerElement } from './element.ts'
import { writeUncompiled } from './intrinsic.ts'
import {
  currentWriting,
  type DeferredEntry,
  deferrals,
  type RendererOptions,
  type RootEntry,
  report,
  type ServerOwner,
  type Writing,
  writeFor,
} from './place.ts'
import { uncompiled } from './uncompiled.ts'
import { child } from './write.ts'

/** Writes one document. */
export interface Renderer {
  /** The markup of an element, at once: what is awaited shows its fallback between `<!--?3-->` and `<!--/?3-->`. */
  render(element: Child): string
  /** The roots written so far, by their number in the markup. */
  readonly roots: readonly RootEntry[]
  /** What follows, by number. Grows while deferred parts are written that wait themselves. */
  readonly deferred: readonly DeferredEntry[]
  /** The head is sent: what fails from now on is shown in its place, by the boundary around it or else `failed`. */
  seal(): void
  /** Nobody reads any more: what is still awaited is not written. */
  stop(): void
  /** Waits for all that follows and puts it into the markup, for files and mails. Rejects with what no boundary took. */
  complete(html: string): Promise<string>
}

/**
 * Makes the renderer of one document.
 *
 * @throws from `render`: what a component throws and no boundary takes; PLAIN_USES_STATE, PLAIN_HAS_HANDLER,
 * ROOT_PROP_NOT_DATA, ROOT_WITHOUT_NAME, CONTEXT_NOT_DATA, CONTEXT_WITHOUT_NAME in development; SLOT_PLACED_TWICE,
 * CHILD_INVALID, COMPONENT_ASYNCHRONOUS
 * @example
 * const renderer = createRenderer({ dev: true })
 * renderer.render(component(({ name }: { name: string }) => `Hello ${name}`, { name: 'Ada' })) // 'Hello Ada'
 */
export function createRenderer(options: RendererOptions = {}): Renderer {
  // Said here, not by an import: a bundler drops modules that only have effects, as doors promise to have none.
  uncompiled.write = writeUncompiled
  const writing: Writing = { options, roots: [], deferred: [], state: 'open', came: 0, slots: 0, ids: 0 }
  return {
    roots: writing.roots,
    deferred: writing.deferred,
    render: (element) => writeFor(writing, undefined, () => child(element)),
    seal: () => {
      writing.state = 'sent'
    },
    stop: () => {
      writing.state = 'over'
    },
    complete: async (html) => await placeDeferred(html, writing.deferred),
  }
}

/** Deferred parts may hold others, which come later in the list. */
async function placeDeferred(html: string, deferred: readonly DeferredEntry[]): Promise<string> {
  let whole = html
  for (let id = 0; id < deferred.length; id++) {
    const begin = whole.indexOf(`<!--?${id}-->`)
    const end = `<!--/?${id}-->`
    const content = await deferred[id]!.html
    const { refusal } = deferred[id]!
    if (refusal) throw refusal.error
    // One inside a part whose content was replaced has no place any more.
    if (begin >= 0) whole = whole.slice(0, begin) + content + whole.slice(whole.indexOf(end, begin) + end.length)
  }
  return whole
}

/** What may come later in one document: as many parts, and as many characters of them. */
const mostParts = 10_000
const mostCharacters = 16_777_216

/** An `Await` outside roots. */
class DeferredElement extends ServerElement {
  readonly #waiting: Deferral
  readonly #owner: ServerOwner

  constructor(waiting: Deferral, owner: ServerOwner) {
    super()
    this.#waiting = waiting
    this.#owner = owner
  }
  write(): string {
    const writing = currentWriting()
    const fallback = child(this.#waiting.fallback)
    if (!writing) return fallback
    if (writing.deferred.length >= mostParts)
      throw errors.AWAIT_TOO_MUCH({ limit: mostParts, what: 'parts that come later' })
    const part = new DeferredPart(this.#waiting, this.#owner, writing)
    writing.deferred.push(part)
    return `<!--?${part.id}-->${fallback}<!--/?${part.id}-->`
  }
}

/** The content of an `Await` that is on its way. */
class DeferredPart implements DeferredEntry {
  readonly id: number
  readonly html: Promise<string>
  done?: string
  refusal?: { readonly error: unknown }

  constructor(waiting: Deferral, owner: ServerOwner, writing: Writing) {
    this.id = writing.deferred.length
    this.html = this.#write(waiting, owner, writing)
  }
  async #write(waiting: Deferral, owner: ServerOwner, writing: Writing): Promise<string> {
    try {
      const value = await inTime(waiting.value, writing.options.patience)
      this.done = writing.state === 'over' ? '' : writeFor(writing, owner, () => writeValue(waiting, owner, value))
      writing.came += this.done.length
      if (writing.came > mostCharacters)
        throw errors.AWAIT_TOO_MUCH({ limit: mostCharacters, what: 'characters in parts that come later' })
    } catch (error) {
      this.done = this.#fail(error, owner, writing)
    }
    return this.done
  }
  /** As if it had been thrown in place, as long as nothing was sent: then it may be the answer to the request. */
  #fail(error: unknown, owner: ServerOwner, writing: Writing): string {
    if (writing.state !== 'open' || (!isOutcome(error) && hasBoundary(owner)))
      return writeFailure(error, owner, writing)
    this.refusal = { error }
    return ''
  }
}

/** Inside the component, so that contexts are those of its place. What it wrote before it threw is taken back. */
function writeValue(waiting: Deferral, owner: ServerOwner, value: unknown): string {
  const undo = snapshot(undefined)
  try {
    return child(renderAs(owner, () => waiting.children(value as never), undefined))
  } catch (error) {
    undo()
    throw error
  }
}

/** @throws AWAIT_TOO_LONG, what the promise rejects with */
async function inTime(value: PromiseLike<unknown>, patience: number | undefined): Promise<unknown> {
  if (patience === undefined) return await value
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(errors.AWAIT_TOO_LONG({ seconds: patience / 1000 })), patience)
  try {
    return await Promise.race([value, promise])
  } finally {
    clearTimeout(timer)
  }
}

function hasBoundary(owner: ServerOwner | undefined): boolean {
  return owner !== undefined && (owner.catch !== undefined || hasBoundary(owner.parent))
}

/** The fallback of the boundary around, in the place of what failed: what is above was sent already. */
function writeFailure(error: unknown, owner: ServerOwner, writing: Writing): string {
  for (let at: ServerOwner | undefined = owner; at; at = at.parent) {
    const boundary = at
    if (!boundary.catch) continue
    if (!isOutcome(error)) report(error, writing)
    boundary.catch(error)
    try {
      return writeFor(writing, boundary, () => child(renderAs(boundary, boundary.type, boundary.props)))
    } catch (failed) {
      return writeFailure(failed, boundary.parent ?? boundary, writing)
    }
  }
  const { failed } = writing.options
  if (failed) return failed(error)
  report(error, writing)
  return ''
}

/** A part of the document that a navigation replaces as one: a layout or page with the values of its parameters. */
class Segment extends ServerElement {
  readonly #id: string
  readonly #content: Child

  constructor(id: string, content: Child) {
    super()
    this.#id = id
    this.#content = content
  }
  write(): string {
    // What would end the comment is encoded; ids are compared, never decoded.
    const id = this.#id.replace(/--|>/g, (found) => (found === '>' ? '%3E' : '-%2D'))
    return `<!--{${id}-->${child(this.#content)}<!--}-->`
  }
}

/**
 * Puts the comments of a segment around a layout or page.
 *
 * @example
 * segment('/posts/[id]?id=1', component(PostPage, { post }))
 */
export function segment(id: string, content: Child): Element {
  // Elements are opaque to users; inside, they are what writes itself.
  return new Segment(id, content) as unknown as Element
}

/** The markup of an element, everything awaited in it included. */
export async function renderToString(element: Child, options?: RendererOptions): Promise<string> {
  const renderer = createRenderer(options)
  return await renderer.complete(renderer.render(element))
}

deferrals.make = (waiting, owner) => new DeferredElement(waiting, owner) as unknown as Element
