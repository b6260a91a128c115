// Where an error of the framework is, with the lines around it: layers know places by name, the host has the files.
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { drawFrame, Layer9Error, type Place } from '../../1-contracts/index.ts'

/**
 * Completes the places of an error of the framework: the call in the component that it names is nearer than where that
 * component is written; without any, the app's innermost call. Of any other error that call is where the bundler's have
 * their place.
 *
 * @param root the project's folder
 */
export function completePlaces(error: unknown, root: string): void {
  if (!(error instanceof Layer9Error)) {
    completeFrame(error, root)
    return
  }
  const calls = callsOf(error, root)
  const { component } = (error.data ?? {}) as { component?: unknown }
  const named = calls.find(({ name }) => name !== '' && name === component)
  const found = named ?? (error.places.length === 0 ? calls[0] : undefined)
  const places = found ? [found.place] : error.places
  Object.assign(error, { places: places.map((place) => ({ ...place, ...sourceOf(place, root) })) })
}

/** Where overlay and log look for the place of an error that is not ours. Bundlers have told theirs already. */
function completeFrame(error: unknown, root: string): void {
  if (!(error instanceof Error) || 'frame' in error || 'loc' in error || !Object.isExtensible(error)) return
  const [call] = callsIn(error.stack ?? '', root)
  const source = call && sourceOf(call.place, root).source
  if (!call || source === undefined) return
  // Not enumerable: an app that logs or sends its own error knows nothing of them.
  const hidden = { configurable: true, writable: true }
  Object.defineProperties(error, {
    loc: { ...hidden, value: call.place },
    frame: { ...hidden, value: drawFrame({ ...call.place, source }) },
  })
}

/** The app's innermost call of an error's stack: `app/routes/index.tsx:4`. */
export function placeOf(error: Error, root: string): string | undefined {
  const [call] = callsIn(error.stack ?? '', root)
  return call && `${call.place.file}:${call.place.line}`
}

/** Of an error that tells of another one the other's calls, where its own are all the framework's. */
function callsOf(error: Error, root: string): Call[] {
  const calls = callsIn(error.stack ?? '', root)
  return calls.length === 0 && error.cause instanceof Error ? callsIn(error.cause.stack ?? '', root) : calls
}

interface Call {
  /** Of the function, as the stack names it. */
  readonly name: string
  readonly place: Place
}

/** How the functions begin that the compiler makes of templates: no line that an author wrote is theirs. */
const compiled = '_$'

/** The calls of a stack that lie in the app, the innermost first: `at Menu (/project/app/components/Menu.tsx:5:11)`. */
function callsIn(stack: string, root: string): Call[] {
  const frames = stack.matchAll(
    /^\s+at (?:(?:async |new )?(\S+) (?:\[as \S+\] )?\()?(?:file:\/\/)?(\/.+?):(\d+):(\d+)\)?$/gm,
  )
  return Array.from(frames, ([, name = '', path = '', line, column]) => {
    const file = relative(root, path).replaceAll('\\', '/')
    return { name, place: { file, line: Number(line), column: Number(column) } }
  }).filter(({ name, place }) => place.file.startsWith('app/') && !name.startsWith(compiled))
}

function sourceOf({ file, source }: Place, root: string): { source?: string } {
  if (source !== undefined) return { source }
  try {
    return { source: readFileSync(`${root}/${file}`, 'utf8') }
  } catch {
    // It may be gone by now. An error is shown all the same.
    return {}
  }
}
