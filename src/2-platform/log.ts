// The log: JSON by pino in production, short readable lines in development.
import { writeSync } from 'node:fs'
import type { pino as Pino } from 'pino'
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
    if (LEVELS[own] >= LEVELS[level]) sink(own, message, data)
  }
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') }
}

/**
 * A readable line: time, level unless it is info, message, data as `name=value`; errors below it, drawn.
 *
 * @example
 * 12:30:05 warn  GET /nowhere 404 1.2ms address=127.0.0.1
 */
export function drawLine(level: LogLevel, message: string, data: LogData = {}): string {
  const time = new Date().toTimeString().slice(0, 8)
  const rest = Object.entries(data).filter(([name]) => name !== 'error')
  const pairs = rest.map(([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
  const line = `${time} ${level === 'info' ? '' : `${level} `}${message}${pairs.join('')}`
  return 'error' in data ? `${line}\n${drawCause(data['error'])}` : line
}

function drawCause(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const stack = error.stack ?? String(error)
  const drawn = error instanceof Layer9Error ? `${drawError(error)}\n${stack.replace(/^[^\n]*\n/, '')}` : stack
  return error.cause === undefined ? drawn : `${drawn}\nCaused by: ${drawCause(error.cause)}`
}

/** A line of JSON, as pino writes it: control characters of the data are escaped, so that no data can forge a line. */
export function toJsonLine(level: LogLevel, message: string, data: LogData = {}): string {
  const fields: Record<string, unknown> = { level: LEVELS[level], time: Date.now() }
  for (const [name, value] of Object.entries(data)) fields[name === 'error' ? 'err' : name] = plainError(value)
  return JSON.stringify({ ...fields, msg: message })
}

function plainError(value: unknown): unknown {
  if (!(value instanceof Error)) return value
  const { name, message, stack, cause } = value
  return {
    type: name,
    message,
    stack,
    ...(value instanceof Layer9Error && { code: value.code, data: value.data }),
    ...(cause !== undefined && { cause: plainError(cause) }),
  }
}

/**
 * Pino, loaded when the first line is written (it would cost a start more than everything else here). Lines written
 * before it is there wait; a process that ends first writes them itself. Lines are gathered for FLUSH milliseconds at
 * most, since a system call each would cost a busy server more than the requests; errors go out at once.
 */
function createJsonSink(): LogSink {
  let write: LogSink | undefined
  const waiting: Parameters<LogSink>[] = []
  const load = async () => {
    try {
      const { default: make } = await import('pino')
      write = toSink(make)
    } catch (error) {
      // A process that cannot log would hide every other fault: lines are then written one by one, this one first.
      writePlain('error', 'pino could not be loaded', { error })
      write = writePlain
    }
    for (const line of waiting.splice(0)) write(...line)
  }
  return (level, message, data) => {
    if (write) return write(level, message, data)
    if (waiting.push([level, message, data]) > 1) return
    process.once('exit', () => {
      for (const line of waiting) writePlain(...line)
    })
    void load()
  }
}

const FLUSH = 100

const writePlain: LogSink = (level, message, data) => void writeSync(1, `${toJsonLine(level, message, data)}\n`)

function toSink(make: typeof Pino): LogSink {
  const out = make.destination({ dest: 1, sync: false, minLength: 8192, periodicFlush: FLUSH })
  const pino = make({ level: 'debug', base: undefined, serializers: { err: (error: unknown) => error } }, out)
  return (level, message, data) => {
    if (data === undefined) return pino[level](message)
    const { error, ...rest } = data
    pino[level](error === undefined ? rest : { ...rest, err: plainError(error) }, message)
    if (level === 'error') out.flush()
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
