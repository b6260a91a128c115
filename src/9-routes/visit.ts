// The way of one request through one page: access rules, loaders, rendering; and round again with an error page when
// one of them throws. Everything stays synchronous until something is asynchronous: a promise costs more than a small
// page.
import type { Incoming } from '../2-platform/index.ts'
import { runGuard } from '../5-middleware/index.ts'
import type { Child } from '../8-components/index.ts'
import type { Head } from './head.ts'
import type { Params } from './match.ts'
import type { Part } from './part.ts'
import { titleOf } from './plain-page.ts'
import type { Plan } from './plan.ts'
import type { LoaderArgs, PageError } from './types.ts'

/** The place of a loader's result that is not there yet; `undefined` is a result. */
const missing: unique symbol = Symbol('missing')

/** What a form that was refused gives to the page that shows it again. */
export interface RefusedForm {
  /** `<file>/<name>` of the action. */
  readonly action: string
  /** Which of the action's forms it was, if it said so. */
  readonly form?: string
  readonly values: Readonly<Record<string, string>>
  readonly errors: Readonly<Record<string, string>>
  readonly message: string
}

/** One request for a page, and how far it has come. */
export class Visit {
  readonly incoming: Incoming
  readonly params: Params
  plan: Plan
  /** Results of the loaders, by the place of their part in the plan. */
  data: unknown[]
  /** How many parts, from the outermost, have let the visitor pass. */
  passed = 0
  /** The part that is at work: whose fault it is when something throws. */
  at = 0
  status = 200
  /** What loaders get. */
  readonly args: LoaderArgs
  /** Whether the answer may be stored. What a page says of itself goes for its error pages too. */
  isStored: boolean
  error: PageError | undefined
  form: RefusedForm | undefined

  constructor(incoming: Incoming, params: Params, plan: Plan) {
    this.incoming = incoming
    this.params = params
    this.plan = plan
    this.isStored = plan.isStored
    this.args = new Arguments(this)
    this.data = plan.parts.map(() => missing)
  }

  /** The part that is at work. */
  get part(): Part {
    return this.plan.parts[this.at] as Part
  }

  /** Goes on with another plan. Its layouts are the first of this one's, so what they have loaded is kept. */
  turnTo(plan: Plan): void {
    const last = plan.parts.length - 1
    this.data = plan.parts.map((_, index) => (index < last ? this.data[index] : missing))
    this.passed = Math.min(this.passed, last)
    this.plan = plan
    this.isStored &&= plan.isStored
    this.at = 0
  }

  /** What a part is shown with. */
  propsOf(index: number): { data: unknown; params: Params; path: string; error?: PageError; children?: Child } {
    const data = this.data[index]
    const props = { data: data === missing ? undefined : data, params: this.params, path: this.incoming.path }
    const leaf = index === this.plan.parts.length - 1
    return leaf && this.error !== undefined ? { ...props, error: this.error } : props
  }

  /** The heads of all parts, the outermost first. @throws what a `head` function throws */
  heads(): Head[] {
    const heads = this.plan.parts.map((part, index) => {
      this.at = index
      return typeof part.head === 'function' ? part.head(this.propsOf(index)) : (part.head ?? {})
    })
    // A document needs a title (WCAG 2.4.2); any that the app has wins.
    return this.error ? [{ title: titleOf(this.error.status) }, ...heads] : heads
  }
}

/** Goes on at once, or after a promise. (A module that exported a `then` would itself be one, to who imports it.) */
export function proceed<Value, Next>(
  value: Value | Promise<Value>,
  next: (value: Value) => Next | Promise<Next>,
): Next | Promise<Next> {
  return value instanceof Promise ? value.then(next) : next(value)
}

/** Runs the access rules of all parts that have not passed yet, the outermost first. @throws what a guard throws */
export function checkAccess(visit: Visit): void | Promise<void> {
  const { parts } = visit.plan
  while (visit.passed < parts.length) {
    visit.at = visit.passed
    const { guard } = visit.part
    const result = guard === undefined ? undefined : runGuard(guard, visit.incoming)
    if (result instanceof Promise) {
      return result.then(() => {
        visit.passed++
        return checkAccess(visit)
      })
    }
    visit.passed++
  }
}

/**
 * Runs the loaders of all parts that have no data yet, all at once. When several fail, the outermost one counts: what
 * lies inside it is not shown.
 */
export function loadData(visit: Visit): void | Promise<void> {
  const { parts } = visit.plan
  let waiting: Promise<void>[] | undefined
  for (let index = 0; index < parts.length; index++) {
    const { loader } = parts[index] as Part
    if (loader === undefined || visit.data[index] !== missing) continue
    const result = start(loader, visit.args)
    if (result instanceof Promise) {
      waiting ??= []
      waiting.push(result.then((data) => receive(visit, index, data)))
    } else receive(visit, index, result)
  }
  return waiting && settle(visit, waiting)
}

/** A loader that throws at once fails like one that throws later, so that the outermost failure can be found. */
function start(loader: (args: unknown) => unknown, args: LoaderArgs): unknown {
  try {
    return loader(args)
  } catch (error) {
    return Promise.reject(error)
  }
}

function receive(visit: Visit, index: number, data: unknown): void {
  visit.data[index] = data
  calm(data, 2)
}

/**
 * What a page gets as a promise may fail before, or without ever, being shown: that must not end the process. Looks into
 * records and lists so many levels deep; deeper ones cost more than they are worth.
 */
function calm(data: unknown, levels: number): void {
  if (data instanceof Promise) data.catch(() => {})
  else if (levels > 0 && typeof data === 'object' && data !== null)
    for (const value of Object.values(data)) if (typeof value === 'object') calm(value, levels - 1)
}

async function settle(visit: Visit, waiting: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(waiting)).find((result) => result.status === 'rejected')
  if (failed === undefined) return
  // The first that has no data is the one that failed: loaders wait in the order of the parts.
  visit.at = visit.plan.parts.findIndex((part, index) => part.loader !== undefined && visit.data[index] === missing)
  throw failed.reason
}

/** What loaders get; what costs something is made when it is first asked for. */
class Arguments implements LoaderArgs {
  readonly params: LoaderArgs['params']
  readonly path: string
  readonly #incoming: Incoming
  #query: URLSearchParams | undefined

  constructor({ incoming, params }: Pick<Visit, 'incoming' | 'params'>) {
    // The generated types know the parameters of each route; here they are whatever the path gave.
    this.params = params as LoaderArgs['params']
    this.path = incoming.path
    this.#incoming = incoming
  }
  get query(): URLSearchParams {
    this.#query ??= new URLSearchParams(this.#incoming.search)
    return this.#query
  }
  get searchParams(): URLSearchParams {
    return this.query
  }
  get request(): Request {
    return this.#incoming.request
  }
  get signal(): AbortSignal {
    return this.#incoming.signal
  }
}
