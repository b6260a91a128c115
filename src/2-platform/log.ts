// The log: lines of JSON in production, short readable ones in development.
import { inspect } from 'node:util'
import { drawError, Layer9Error } from '../1-contracts/index.ts'

/** How much a line matters; `LOG_LEVEL` (default `info`) leaves out those below it. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Writes lines. `data` is added to the line; an error in it (`{ error }`) is written with its stack. */
export interface Log {
  debug(message: string, data?: LogData): void
  info(message: string, data?: LogData): void
  warn(message: string, data?: LogData): void
  error(message: string, data?: LogData): void
}

/** What is added to a line. */
export type LogData = Readonly<Record<string, unknown>>

/** Where lines go: one call a line that is to be written. */
export type LogSink = (level: LogLevel, message: string, data: LogData | undefined) => void

const LEVELS: Readonly<Record<LogLevel, number>> = { debug: 20, info: 30, warn: 40, error: 50 }

/** Makes a log that writes to a sink what is at or above a level. */
export function createLog(sink: LogSink, level: LogLevel = 'info'): Log {
  const line = (own: LogLevel) => (message: string, data?: LogData) => {
    if (LEVELS[own] < LEVELS[level]) return
    try {
      sink(own, message, data)
    } catch {
      // Data whose getters or traps throw: what was to be said still is.
      sink(own, message, { unreadable: Object.keys(data ?? {}) })
    }
  }
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') }
}

/**
 * A readable line: time, level unless it is info, message, data as `name=value`; errors below it, drawn.
 *
 * @example
 * drawLine('warn', 'no such page', { path: '/nowhere' }) // '…:…:… warn no such page path=/nowhere'
 */
export function drawLine(level: LogLevel, message: string, data: LogData = {}): string {
  const time = new Date().toTimeString().slice(0, 8)
  const rest = Object.entries(data).filter(([name]) => name !== 'error')
  const pairs = rest.map(([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
  const line = `${time} ${level === 'info' ? '' : `${level} `}${message}${pairs.join('')}`
  return 'error' in data ? `${line}\n${drawCause(data['error'])}` : line
}

/** Most causes of an error that a line tells: the cause of an error may be the error itself. */
const MOST_CAUSES = 8

function drawCause(error: unknown, depth = 0, above: readonly string[] = []): string {
  if (!(error instanceof Error)) return String(error)
  const calls = (error.stack ?? String(error)).split('\n')
  const stack = withoutShared(calls, above).join('\n')
  const drawn = error instanceof Layer9Error ? `${drawError(error)}\n${stack.replace(/^[^\n]*\n/, '')}` : stack
  if (error.cause === undefined || depth === MOST_CAUSES) return drawn
  return `${drawn}\nCaused by: ${drawCause(error.cause, depth + 1, calls)}`
}

/** The calls of a stack without those at its end that the stack above it ends with too. */
function withoutShared(calls: readonly string[], above: readonly string[]): readonly string[] {
  let shared = 0
  while (shared < calls.length && calls.at(-1 - shared) === above.at(-1 - shared)) shared++
  return shared < 2 ? calls : [...calls.slice(0, -shared), `    … and the ${shared} calls that end the stack above`]
}

/**
 * A line of JSON in the form that pino made common (level as a number, time in milliseconds, msg, err), so that its tools
 * read it. Control characters are escaped: no data can forge a line. Data that is called as a part of the line itself gets
 * an underscore: readers of JSON take the last of two equal names.
 */
export function toJsonLine(level: LogLevel, message: string, data?: LogData): string {
  const head = `{"level":${LEVELS[level]},"time":${Date.now()}`
  const end = `,"msg":${JSON.stringify(message)}}`
  if (data === undefined) return head + end
  let fields = ''
  for (const [name, value] of Object.entries(data))
    fields += `,${JSON.stringify(nameInLine(name, data))}:${toJson(value)}`
  return head + fields + end
}

function nameInLine(name: string, data: LogData): string {
  if (name === 'level' || name === 'time' || name === 'msg') return `${name}_`
  return name === 'error' && !('err' in data) ? 'err' : name
}

/** What JSON has no writing for (bigints, circles) is drawn, so that a line is never lost. */
function toJson(value: unknown): string {
  // Most data, and all of a request's line.
  if (typeof value === 'string' || typeof value === 'number') return JSON.stringify(value)
  try {
    return JSON.stringify(value, (_, inner) => plainError(inner)) ?? 'null'
  } catch {
    return JSON.stringify(inspect(value))
  }
}

function plainError(value: unknown, depth = 0): unknown {
  if (!(value instanceof Error)) return value
  const { name, message, stack, cause } = value
  return {
    type: name,
    message,
    stack,
    ...(value instanceof Layer9Error && plainParts(value)),
    ...(value instanceof AggregateError && { errors: value.errors }),
    ...(cause !== undefined && depth < MOST_CAUSES && { cause: plainError(cause, depth + 1) }),
  }
}

/** What an error of the framework says besides: how it is mended, and where, as `app/routes/index.tsx:3:9`. */
function plainParts({ code, data, fix, places }: Layer9Error): object {
  const at = places.map(({ file, line, column }) => `${file}:${line}:${column}`)
  return { code, data, fix, ...(at.length > 0 && { places: at }) }
}

/**
 * Longest time in milliseconds that a line waits, and most bytes that do: what several processes write to one pipe is not
 * mixed up to this size (POSIX `PIPE_BUF` of Linux).
 */
const WAIT = 100
const MOST = 4096

/**
 * Lines of JSON to stdout, gathered: a system call for each would cost a busy server more than its requests. Errors go
 * out at once, all else when the process ends at the latest.
 */
function createJsonSink(): LogSink {
  let waiting = ''
  let size = 0
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    const lines = waiting
    waiting = ''
    size = 0
    // Synchronous for files, pipes and terminals (Node's documentation of process I/O), so nothing is lost at the end.
    if (lines !== '') process.stdout.write(lines)
  }
  process.once('exit', flush)
  // Whoever reads the log may go away; the server does not end with it.
  process.stdout.on('error', () => {})
  return (level, message, data) => {
    const line = `${toJsonLine(level, message, data)}\n`
    const bytes = Buffer.byteLength(line)
    if (size + bytes > MOST) flush()
    waiting += line
    size += bytes
    if (level === 'error' || size >= MOST) flush()
    else timer ??= setTimeout(flush, WAIT).unref()
  }
}

/** Control characters in what strangers sent (a path, a header) must not move the cursor of a terminal. */
function drawToTerminal(level: LogLevel, message: string, data: LogData | undefined): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const line = drawLine(level, message, data).replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '\ufffd')
  process[level === 'error' || level === 'warn' ? 'stderr' : 'stdout'].write(`${line}\n`)
}

function levelFrom(name: string | undefined): LogLevel {
  return name !== undefined && Object.hasOwn(LEVELS, name) ? (name as LogLevel) : 'info'
}

/**
 * The app's log.
 *
 * @example
 * log.info('mail sent', { to: user.id })
 */
export const log: Log = createLog(
  process.env['NODE_ENV'] === 'production' ? createJsonSink() : drawToTerminal,
  levelFrom(process.env['LOG_LEVEL']),
)
