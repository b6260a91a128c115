// Where an error of the framework is, with the lines around it: layers know places by name, the host has the files.
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { Layer9Error, type Place } from '../../1-contracts/index.ts'

/**
 * Completes the places of an error of the framework: the call in the component that it names is nearer than where that
 * component is written; without any, the app's innermost call. Others are left alone.
 *
 * @param root the project's folder
 */
export function completePlaces(error: unknown, root: string): void {
  if (!(error instanceof Layer9Error)) return
  const calls = callsIn(error.stack ?? '', root)
  const { component } = (error.data ?? {}) as { component?: unknown }
  const named = calls.find(({ name }) => name !== '' && name === component)
  const found = named ?? (error.places.length === 0 ? calls[0] : undefined)
  const places = found ? [found.place] : error.places
  Object.assign(error, { places: places.map((place) => ({ ...place, ...sourceOf(place, root) })) })
}

interface Call {
  /** Of the function, as the stack names it. */
  readonly name: string
  readonly place: Place
}

/** The calls of a stack that lie in the app, the innermost first: `at Menu (/project/app/components/Menu.tsx:5:11)`. */
function callsIn(stack: string, root: string): Call[] {
  const frames = stack.matchAll(
    /^\s+at (?:(?:async |new )?(\S+) (?:\[as \S+\] )?\()?(?:file:\/\/)?(\/.+?):(\d+):(\d+)\)?$/gm,
  )
  return Array.from(frames, ([, name = '', path = '', line, column]) => {
    const file = relative(root, path).replaceAll('\\', '/')
    return { name, place: { file, line: Number(line), column: Number(column) } }
  }).filter(({ place }) => place.file.startsWith('app/'))
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
