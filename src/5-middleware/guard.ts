// Guards say who may pass: each adds to the context or throws. They attach to routes and procedures, never to raw
// paths (SECURITY I2).
import { type Incoming, isThenable } from '../2-platform/index.ts'
import { type Cookies, cookiesOf } from './cookie.ts'
import { errors } from './errors.ts'

const checks: unique symbol = Symbol.for('layer9.guard') as never

/** What a guard looks at. Request and cookies are made when they are first read. */
export interface GuardArguments<Context> {
  readonly request: Request
  readonly incoming: Incoming
  readonly cookies: Cookies
  /** What the guards before it added. */
  readonly context: Context
}

/** What a guard's result adds to the context: nothing when it returns nothing. */
export type Added<Result> = Awaited<Result> extends infer Value ? (Value extends object ? Value : Nothing) : never

/** Adds no property. */
export type Nothing = Record<never, never>

type Check = (args: GuardArguments<never>) => unknown

/** A rule that lets a request pass, with what it adds to the context. */
export interface Guard<Context extends object = object> {
  readonly [checks]: readonly Check[]
  /** Only for types. */
  readonly context?: Context
  /** This guard and then another; the contexts add up. */
  and<Result>(
    next: Guard<Result & object> | ((args: GuardArguments<Context>) => Result),
  ): Guard<Context & Added<Result>>
}

/**
 * Makes a guard of a function that returns what it adds to the context (or nothing), or throws an outcome.
 *
 * @example
 * export const signedIn = guard(({ cookies }) => {
 *   const user = userOf(cookies.session)
 *   if (!user) throw new Unauthorized()
 *   return { user }
 * })
 */
export function guard<Result>(check: (args: GuardArguments<Nothing>) => Result): Guard<Added<Result>> {
  return make([check as Check])
}

function make<Context extends object>(list: readonly Check[]): Guard<Context> {
  return Object.freeze({
    [checks]: list,
    // The type of the sum is known to the interface alone.
    and: (next: Guard | Check) => make([...list, ...(isGuard(next) ? next[checks] : [next])]) as never,
  })
}

/** Lets everyone pass and adds nothing. */
export const everyone: Guard<Nothing> = make([])

/** Whether a value is a guard. */
export function isGuard(value: unknown): value is Guard {
  return typeof value === 'object' && value !== null && checks in value
}

/** Whether a guard looks at nothing, so that no request is needed to pass it. */
export function isOpen(guard: Guard): boolean {
  return guard[checks].length === 0
}

const EMPTY: Nothing = Object.freeze({})

class Arguments implements GuardArguments<object> {
  readonly incoming: Incoming
  readonly context: object
  constructor(incoming: Incoming, context: object) {
    this.incoming = incoming
    this.context = context
  }
  get request(): Request {
    return this.incoming.request
  }
  get cookies(): Cookies {
    return cookiesOf(this.incoming)
  }
}

/**
 * Runs a guard's checks in order: at once where none is asynchronous. What each returns is laid over the context.
 *
 * @throws what a check throws; Layer9Error GUARD_ADDS_NO_RECORD
 */
export function runGuard<Context extends object>(
  guard: Guard<Context>,
  incoming: Incoming,
): Context | Promise<Context> {
  // Each check typed what it adds; the sum has the type that `and` gave it.
  return runFrom(guard[checks], { index: 0, context: EMPTY, incoming }) as Context | Promise<Context>
}

function runFrom(
  list: readonly Check[],
  at: { index: number; context: object; incoming: Incoming },
): object | Promise<object> {
  let context = at.context
  for (let index = at.index; index < list.length; index++) {
    const result = list[index]!(new Arguments(at.incoming, context) as never)
    if (isThenable(result)) {
      const before = context
      return Promise.resolve(result).then((added) =>
        runFrom(list, { index: index + 1, context: add(before, added), incoming: at.incoming }),
      )
    }
    context = add(context, result)
  }
  return context
}

function add(context: object, added: unknown): object {
  if (added === undefined || added === null) return context
  if (typeof added !== 'object' || Array.isArray(added))
    throw errors.GUARD_ADDS_NO_RECORD({ kind: JSON.stringify(added) ?? typeof added })
  return { ...context, ...added }
}

/**
 * The guards that pages may name in `export const access = 'moderator'`. `everyone` is always among them.
 *
 * @throws Layer9Error GUARD_NOT_A_GUARD
 * @example
 * export const access = guards({ signedIn, moderator })
 */
export function guards<const List extends Readonly<Record<string, Guard>>>(
  list: List,
): List & { everyone: typeof everyone } {
  for (const [name, one] of Object.entries(list)) if (!isGuard(one)) throw errors.GUARD_NOT_A_GUARD({ name })
  return Object.freeze({ everyone, ...list })
}
