// Values of a query that is kept: where each comes from when the same query is asked again, and how it is encoded.

/** Where a value comes from: what was given for this execution, or what is made for it. */
export interface Source {
  read(given: readonly unknown[], now: Date): unknown
}

/** One of the given values, by its place among them. */
export class Slot implements Source {
  readonly #place: number
  /** The value of the first execution. All others are of the same type. */
  readonly value: unknown

  constructor(place: number, value: unknown) {
    this.#place = place
    this.value = value
  }

  read(given: readonly unknown[]): unknown {
    return given[this.#place]
  }
}

/** A value that is made: an id, the time, a default. */
export class Made implements Source {
  readonly #make: (now: Date) => unknown

  constructor(make: (now: Date) => unknown) {
    this.#make = make
  }

  read(_given: readonly unknown[], now: Date): unknown {
    return this.#make(now)
  }
}

/** Several values that are one: a list for a column that holds lists. */
export class Several implements Source {
  readonly #sources: readonly Source[]

  constructor(sources: readonly Source[]) {
    this.#sources = sources
  }

  read(given: readonly unknown[], now: Date): unknown {
    return this.#sources.map((one) => one.read(given, now))
  }
}

/** A parameter of a statement. */
export class Bound {
  readonly #source: Source
  readonly #encode: (value: unknown) => unknown

  constructor(source: Source, encode: (value: unknown) => unknown) {
    this.#source = source
    this.#encode = encode
  }

  /** What is sent. @throws DATA_VALUE */
  bind(given: readonly unknown[], now: Date): unknown {
    const value = this.#source.read(given, now)
    return value === null || value === undefined ? null : this.#encode(value)
  }
}
