import { posix } from 'node:path'

/**
 * The layer that an import names, by its text: `~/state/draft`, `../state/draft` from a file of the app, and
 * `layer9/state` are all `state`. Null for packages and for what lies outside of `app/`.
 *
 * @param file the importing module, by its path in the project
 */
export function layerOfImport(source: string, file: string): string | null {
  const entry = /^layer9\/([a-z]+)/.exec(source)
  if (entry) return entry[1]!
  const path = source.startsWith('~/')
    ? `app/${source.slice(2)}`
    : source.startsWith('.')
      ? posix.join(posix.dirname(file), source)
      : source.replace(/^\//, '')
  return /^app\/([a-z]+)(?:\/|\.[a-z]+$|$)/.exec(path)?.[1] ?? null
}
