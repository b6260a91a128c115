// Outcomes: the ends of a request that are neither a value nor a fault. They are thrown on the server and arrive in the
// browser as the same classes.

/** Marks outcomes, also those of another copy of this module. */
const brand = '~layer9.outcome'

/** What of an outcome crosses the wire. `data` is whatever the codec carries. */
export interface OutcomeWire {
  readonly code: string
  readonly message: string
  readonly data?: unknown
}

/**
 * An expected end: status for HTTP, a stable code, a message that strangers may read, and data.
 * Make an own one for what the built-in ones do not say.
 *
 * @example
 * throw new Outcome({ status: 402, code: 'PAYMENT_DUE', message: 'The trial has ended.' })
 */
export class Outcome extends Error {
  readonly '~layer9.outcome' = true
  /** HTTP status, 300 to 599. */
  readonly status: number
  /** Upper case, stable: what code compares. */
  readonly code: string
  /** What the codec carries; `null` when there is nothing to add. */
  readonly data: unknown

  constructor(parts: { status: number; code: string; message: string; data?: unknown }) {
    super(parts.message)
    this.name = 'Outcome'
    this.status = parts.status
    this.code = parts.code
    this.data = parts.data ?? null
  }
}

/** 404: what was asked for is not there. `what` names it in a word. */
export class NotFound extends Outcome {
  declare readonly data: string | null
  constructor(what?: string | null) {
    super({ status: 404, code: 'NOT_FOUND', message: `There is no such ${what || 'page'}.`, data: what })
  }
}

/** 401: nobody is signed in. */
export class Unauthorized extends Outcome {
  declare readonly data: string | null
  constructor(reason?: string | null) {
    super({ status: 401, code: 'UNAUTHORIZED', message: reason || 'Sign in first.', data: reason })
  }
}

/** 403: who is signed in may not do this. */
export class Forbidden extends Outcome {
  declare readonly data: string | null
  constructor(reason?: string | null) {
    super({ status: 403, code: 'FORBIDDEN', message: reason || 'This is not allowed.', data: reason })
  }
}

/** 409: it clashes with what is there. */
export class Conflict extends Outcome {
  declare readonly data: string | null
  constructor(reason?: string | null) {
    super({ status: 409, code: 'CONFLICT', message: reason || 'This clashes with a newer change.', data: reason })
  }
}

/**
 * 422: the input is wrong; one message a field. The key of a nested field is its path with dots (`address.street`), the
 * empty key speaks of the input as a whole.
 *
 * @example
 * throw new Invalid({ title: 'taken' })
 */
export class Invalid extends Outcome {
  declare readonly data: Readonly<Record<string, string>>
  constructor(fields: Readonly<Record<string, string>>) {
    super({ status: 422, code: 'INVALID', message: 'Some of the input is wrong.', data: fields })
  }
  /** The messages by field. */
  get fields(): Readonly<Record<string, string>> {
    return this.data
  }
}

/** 429: too often. `retryAfter` is in seconds. */
export class TooManyRequests extends Outcome {
  declare readonly data: number | null
  constructor(retryAfter?: number | null) {
    super({ status: 429, code: 'TOO_MANY_REQUESTS', message: 'Too many requests; try again later.', data: retryAfter })
  }
}

/** 413: the body is larger than `limit` bytes. */
export class PayloadTooLarge extends Outcome {
  declare readonly data: number | null
  constructor(limit?: number | null) {
    super({ status: 413, code: 'PAYLOAD_TOO_LARGE', message: 'This is larger than what is accepted.', data: limit })
  }
}

/** Whether a thrown value is an outcome, also one that another copy of this module made. Never throws. */
export function isOutcome(value: unknown): value is Outcome {
  try {
    return value instanceof Error && brand in value
  } catch {
    // A proxy may refuse every question; whoever asks this is about to report an error and must not meet another one.
    return false
  }
}

/** The data of an outcome, for the wire. `deserialise` makes the outcome of it again. */
export function serialise(outcome: Outcome): OutcomeWire {
  return { code: outcome.code, message: outcome.message, data: outcome.data }
}
