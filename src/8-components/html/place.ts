// Where the server is writing: in which component, inside a root or not, and for which document.
import type { Place } from '../../1-contracts/index.ts'
import type { AnyComponent, Child } from '../element.ts'
import { errors } from '../errors.ts'
import { writtenAt } from '../mark.ts'
import type { Cell, Deferral, Owner, Provided, Scope } from '../owner.ts'

/** What a root's entry in the document's table needs to be found, and started with the same props. */
export interface RootEntry {
  /** Module of the component, as the compiler named it: its path from the project's root. */
  readonly module: string
  /** The binding there. */
  readonly name: string
  /** Its props; elements in them are slots (see `slotNumber`). Not encoded yet. */
  readonly props: Readonly<Record<string, unknown>>
  readonly key: string | number | bigint | undefined
  /** The contexts of plain components that reach it, by id. */
  readonly contexts: ReadonlyMap<string, SentContext>
  /** When it starts; left out: with the page. */
  readonly start?: 'idle' | 'visible'
}

/** A context that crosses into a root. */
export interface SentContext {
  readonly value: unknown
  /** Development: it was not read, so that it does not cross; the browser is told that there is a value. */
  readonly isLate: boolean
}

/** What comes later: the content of an `Await`. */
export interface DeferredEntry {
  /** The number in the comments around its fallback. */
  readonly id: number
  /** Its markup. Never rejects: an error is the boundary's fallback. Roots in it are in the table once it is there. */
  readonly html: Promise<string>
  /** The same, once it is there. */
  done?: string
  /** What it failed with before anything was sent, where no boundary takes that: it is an answer to the request. */
  refusal?: { readonly error: unknown }
}

/** Knows the links of an app that lead to no page of it: the navigation leaves them to the browser. */
export interface LinkMarker {
  /** The mark behind an `href`, or nothing. */
  readonly mark: (href: string) => string
  /** The same for the links in trusted markup. */
  readonly markAll: (html: string) => string
}

/** How a document is rendered. */
export interface RendererOptions {
  /**
   * Development: what a mark promised and a component does not keep is thrown. Else it is reported, and the part is
   * written without behaviour. Default false.
   */
  dev?: boolean
  /** Hears of errors that a boundary caught or nobody could, and of broken marks in production. Default: console.error. */
  report?: (error: unknown) => void
  /** Whether a function may be sent to the browser as a prop of a root: a query or an action. Default: none may. */
  isSendable?: (value: unknown) => boolean
  /** Milliseconds that an `Await` waits before it fails. Default: for ever. */
  patience?: number
  /** Markup in the place of what failed after the head was sent, outside of every boundary. Default: reported, nothing. */
  failed?: (error: unknown) => string
  /** Whether keys are written, for a document that is merged into another. Default false. */
  keys?: boolean
  /** Tells which links are the browser's to follow. Default: none is marked. */
  links?: LinkMarker
}

/** One document being written. */
export interface Writing {
  readonly options: RendererOptions
  readonly roots: RootEntry[]
  readonly deferred: DeferredEntry[]
  /** `sent`: what comes from now on can change neither status nor headers. `over`: nobody reads it. */
  state: 'open' | 'sent' | 'over'
  /** Characters of the parts that came: what a slow reader has not taken yet is kept. */
  came: number
  /** How many slots and ids outside roots there are. */
  slots: number
  ids: number
}

/** A root being written. */
export interface RootWriting {
  readonly index: number
  ids: number
  readonly slots: { placed: boolean; writeHeld(): string }[]
  readonly contexts: Map<string, SentContext>
  /** Something cannot cross: it is to be written again, without behaviour. */
  isBroken: boolean
}

/** A component on the server. */
export class ServerOwner implements Owner {
  readonly parent: ServerOwner | undefined
  readonly type: AnyComponent
  readonly props: unknown
  /** The root it is in; undefined in plain parts. */
  readonly root: RootWriting | undefined
  /** Written without behaviour, for something in it is broken: what else it promises is not looked at. */
  readonly isInert: boolean
  readonly depth = 0
  readonly cells: Cell[] = []
  cursor = 0
  again = false
  provided?: Provided
  catch?: (error: unknown) => void

  constructor(
    element: { type: AnyComponent; props: unknown },
    parent: ServerOwner | undefined,
    root?: RootWriting | 'inert',
  ) {
    this.type = element.type
    this.props = element.props
    this.parent = parent
    this.root = root === 'inert' ? undefined : root
    this.isInert = root === 'inert' || (root === undefined && parent?.isInert === true)
  }
  /** Nothing is shown again on the server. */
  invalidate(): void {}
  /** Effects need a page. */
  schedule(): void {}
  uses(hook: string): void {
    if (!isPlain(this)) return
    const data = { component: this.type.name, what: `it calls ${hook}` }
    broken(errors.PLAIN_USES_STATE(data, placesOf(this.type)))
  }
  reads(provider: Scope): void {
    if (this.root) crossings.receive?.(this, provider as ServerOwner)
  }
  defer(waiting: Deferral): Child {
    return this.root ? undefined : deferrals.make?.(waiting, this)
  }
  id(): string {
    if (this.root) return `l9-${this.root.index}-${this.root.ids++}`
    return `l9-p-${writing ? writing.ids++ : 0}`
  }
}

/** Notes what is to cross into a root that reads a context; filled by contexts.ts, which needs to know owners. */
export const crossings: { receive?: (reader: ServerOwner, provider: ServerOwner) => void } = {}

/** Makes the element of an `Await` outside roots; filled by deferred.ts, which needs to write children. */
export const deferrals: { make?: (waiting: Deferral, owner: ServerOwner) => Child } = {}

let writing: Writing | undefined
let place: ServerOwner | undefined

/** The document being written, if any. */
export function currentWriting(): Writing | undefined {
  return writing
}

/** The component being written, if any. */
export function currentPlace(): ServerOwner | undefined {
  return place
}

/** Writes in another place, then comes back. */
export function writeAt<Result>(owner: ServerOwner | undefined, write: () => Result): Result {
  const outer = place
  place = owner
  try {
    return write()
  } finally {
    place = outer
  }
}

/** Writes for a document, then comes back to the one before (a loader may render a mail meanwhile). */
export function writeFor<Result>(document: Writing, owner: ServerOwner | undefined, write: () => Result): Result {
  const outer = writing
  writing = document
  try {
    return writeAt(owner, write)
  } finally {
    writing = outer
  }
}

/** A mark that was not kept: thrown in development; in production reported, and the HTML goes without behaviour. */
export function broken(error: Error): void {
  if (writing?.options.dev) throw error
  report(error)
}

/** Tells of an error that the visitor does not see as such. */
export function report(error: unknown, document: Writing | undefined = writing): void {
  const tell = document?.options.report ?? console.error
  tell(error)
}

/** Whether it is outside of roots, and held to that. */
export function isPlain(owner: ServerOwner): boolean {
  return !owner.root && !owner.isInert
}

/** Where a component or element is written, as errors tell it: `[]` for what no compiler saw. */
export function placesOf(target: object, place: string | undefined = writtenAt(target)): { places: Place[] } {
  const [, file, line, column] = /^(.*):(\d+):(\d+)$/.exec(place ?? '') ?? []
  return { places: file === undefined ? [] : [{ file, line: Number(line), column: Number(column) }] }
}
