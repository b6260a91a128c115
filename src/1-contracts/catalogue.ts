// The one way this framework makes an error: data first (a code for ever, the values, a place), text second.

/** A place in a source file. Lines and columns count from 1; `source` is the file's whole text, for the frame. */
export interface Place {
  file: string
  line: number
  column: number
  /** Length of what is underlined, in UTF-16 code units. Default 1. */
  length?: number
  source?: string
}

/** One entry of a layer's catalogue: what happened, in the user's words, and one imperative sentence that mends it. */
export interface ErrorEntry<Data> {
  message: (data: Data) => string
  fix: (data: Data) => string
}

/**
 * An error of the framework, for the developer of an app. Strangers never see it: in production a browser gets a code
 * and an id alone.
 *
 * @example
 * try {
 *   decode('{')
 * } catch (error) {
 *   if (error instanceof Layer9Error) console.error(error.code)   // (CODEC_MALFORMED)
 * }
 */
export class Layer9Error extends Error {
  override readonly name = 'Layer9Error'
  readonly code: string
  readonly data: unknown
  readonly fix: string
  /** Where it is; two places when two things clash. */
  readonly places: readonly Place[]

  constructor(parts: {
    code: string
    message: string
    fix: string
    data: unknown
    places?: readonly Place[]
    cause?: unknown
  }) {
    super(parts.message, parts.cause === undefined ? undefined : { cause: parts.cause })
    this.code = parts.code
    this.data = parts.data
    this.fix = parts.fix
    this.places = parts.places ?? []
  }
}

/** What a text of an entry takes; anything when it takes nothing. */
type Takes<Text> = Text extends () => string ? unknown : Text extends (data: infer Data) => string ? Data : unknown

/** The data that the message takes, or else the fix. */
type DataOf<Entry extends ErrorEntry<never>> =
  unknown extends Takes<Entry['message']> ? Takes<Entry['fix']> : Takes<Entry['message']>

/** Where the error is, and what led to it. */
export interface ErrorOptions {
  places?: readonly Place[]
  cause?: unknown
}

/** A catalogue: one maker of errors a code. An entry whose texts take no data may be called without. */
export type ErrorCatalogue<Entries extends Record<string, ErrorEntry<never>>> = {
  readonly [Code in keyof Entries]: unknown extends DataOf<Entries[Code]>
    ? (data?: unknown, options?: ErrorOptions) => Layer9Error
    : (data: DataOf<Entries[Code]>, options?: ErrorOptions) => Layer9Error
} & { readonly [catalogue]: Entries }

/**
 * Makes a catalogue of errors: `errors.CODE(data, options?)` builds (does not throw) the error with that code.
 *
 * @example
 * const errors = defineErrors({
 *   PORT_TAKEN: {
 *     message: ({ port }: { port: number }) => `Port ${port} is in use.`,
 *     fix: () => 'Give another one with --port.',
 *   },
 * })
 * errors.PORT_TAKEN({ port: 3000 }).message // 'Port 3000 is in use.'
 */
export function defineErrors<const Entries extends Record<string, ErrorEntry<never>>>(
  entries: Entries,
): ErrorCatalogue<Entries> {
  const made: Record<string | symbol, unknown> = { [catalogue]: entries }
  for (const [code, entry] of Object.entries(entries) as [string, ErrorEntry<unknown>][]) {
    made[code] = (data: unknown, options?: ErrorOptions) =>
      new Layer9Error({ code, message: entry.message(data), fix: entry.fix(data), data, ...options })
  }
  // The record above has exactly the keys of `entries`, which a mapped type cannot see.
  return made as never
}

/** The key under which a catalogue keeps its entries, for the tests that read them all. */
export const catalogue: unique symbol = Symbol.for('layer9.catalogue')

/**
 * Draws an error as text: code and message, each place with a frame of its source, the fix.
 *
 * @example
 * const lost = new Layer9Error({ code: 'FILE_LOST', message: 'notes.txt is gone.', fix: 'Bring it back.', data: {} })
 * drawError(lost) // `FILE_LOST  notes.txt is gone.
 * //   Fix: Bring it back.   More: layer9 explain FILE_LOST`
 */
export function drawError(error: Layer9Error): string {
  const lines = [`${error.code}  ${error.message}`]
  for (const place of error.places) {
    lines.push(`  ${place.file}:${place.line}:${place.column}`)
    if (place.source !== undefined) lines.push(drawFrame(place))
  }
  lines.push(`  Fix: ${error.fix}   More: layer9 explain ${error.code}`)
  return lines.join('\n')
}

/** Draws the lines around a place, the place underlined. */
export function drawFrame(place: Place): string {
  const lines = (place.source ?? '').split('\n')
  const first = Math.max(1, place.line - 1)
  const last = Math.min(lines.length, place.line + 1)
  const width = String(last).length
  const drawn: string[] = []
  for (let line = first; line <= last; line++) {
    const here = line === place.line
    drawn.push(`  ${here ? '>' : ' '} ${String(line).padStart(width)} | ${lines[line - 1] ?? ''}`)
    if (here)
      drawn.push(
        `    ${' '.repeat(width)} | ${' '.repeat(place.column - 1)}${'^'.repeat(Math.max(1, place.length ?? 1))}`,
      )
  }
  return drawn.join('\n')
}
