// What a failed build says: each error once, with its place, and none of the machinery that it went through.
import { stripVTControlCharacters } from 'node:util'
import { createLogger, type Logger } from 'vite'
import { drawAnyError, isOurs } from '../draw-any-error.ts'

/** What the bundler notes on an error of a plugin. */
interface PluginError extends Error {
  readonly plugin?: string
  readonly id?: string
  readonly frame?: string
  /** The code that the error had before Rolldown gave it its own. */
  readonly pluginCode?: unknown
}

/**
 * The errors inside of the one that the bundler threw: the framework's as they are, others with a stack that shows what
 * is of use. Anything else is given back.
 */
export function unwrapFailure(reason: unknown): unknown {
  // Rolldown's own form: one error whose message repeats all the others.
  const { errors } = (reason ?? {}) as { errors?: unknown }
  if (!(reason instanceof Error) || reason instanceof AggregateError || !Array.isArray(errors)) return reason
  const listed = errors.filter((error): error is PluginError => error instanceof Error)
  if (listed.length < errors.length || listed.length === 0) return withoutMachinery(reason)
  const [first, ...others] = listed.map((error) => (isOurs(error) ? restored(error) : readable(error)))
  return others.length === 0 ? first : new AggregateError([first, ...others], 'The build failed.')
}

/**
 * What a build says, of the errors that its two halves ended with, the server's first: the browser's is often only its echo.
 * But of a name that a module does not export the bundler says less than we do.
 */
export function chooseFailure(reasons: readonly unknown[]): unknown {
  const [first, ...others] = reasons.map(unwrapFailure)
  const ours = listErrors(first).every(isMissingExport) && others.find((other) => listErrors(other).every(isOurs))
  return ours || first
}

const listErrors = (failure: unknown): readonly unknown[] =>
  failure instanceof AggregateError ? failure.errors : [failure]

const isMissingExport = (error: unknown): boolean =>
  error instanceof Error && stripVTControlCharacters(error.message).startsWith('[MISSING_EXPORT]')

function restored(error: PluginError): Error {
  return typeof error.pluginCode === 'string' ? Object.assign(error, { code: error.pluginCode }) : error
}

/** Message, place and frame; the stack of one that our own plugins made says nothing more. */
function readable(error: PluginError): Error {
  const isOwn = error.plugin?.startsWith('layer9:') === true
  const where = isOwn ? '' : [error.plugin && `[plugin ${error.plugin}]`, error.id].filter(Boolean).join(' ')
  const whole = isOwn || !error.stack?.includes(error.message) ? error.message : clean(error.stack)
  const said = stripVTControlCharacters(whole)
  const frame = error.frame && !said.includes(error.frame) ? error.frame : ''
  error.stack = [where, said, frame].filter(Boolean).join('\n')
  return error
}

/** The message has it all, in colours; the stack begins in the bundler and ends with who called it. */
function withoutMachinery(error: Error): Error {
  error.message = clean(stripVTControlCharacters(error.message))
  error.stack = error.message
  return error
}

const clean = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !/^\s+at .*node_modules[\\/](?:vite|rolldown)[\\/]/.test(line))
    .join('\n')
    .trimEnd()

/** How the bundler would say one of our errors. */
function bundlersWords(error: unknown): string[] {
  if (!isOurs(error) || error.code !== 'IMPORT_NAME_MISSING') return []
  const { name, from } = error.data as { name: string; from: string }
  return [`[MISSING_EXPORT] "${name}" is not exported by "${from}".`]
}

/** A logger that keeps errors until it is known whether the build ends with them. */
export interface HeldLogger {
  readonly logger: Logger
  /** Writes what was kept, but for what `failure`, which is thrown next, says too. */
  release(failure?: unknown): void
}

/** Vite's logger for two builds side by side: each would say that it failed, and the bundler its reason before it throws it. */
export function holdErrors(): HeldLogger {
  const logger = createLogger('warn')
  const { error } = logger
  const held: string[] = []
  logger.error = (message) => {
    if (!message.includes('Build failed in')) held.push(message)
  }
  return {
    logger,
    release(failure) {
      const said = failure === undefined ? [] : [drawAnyError(failure), ...listErrors(failure).flatMap(bundlersWords)]
      for (const message of held.splice(0)) {
        // Each half has its own frame, of code that it has changed: what is said is the first line.
        const [line = ''] = stripVTControlCharacters(message).trim().split('\n')
        if (!said.some((text) => text.includes(line))) error(message)
      }
    },
  }
}
