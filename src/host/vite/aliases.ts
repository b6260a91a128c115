// The aliases that an app gives Vite: `layer9 check`, which starts no Vite, must follow them all the same.
import type { UserConfig } from 'vite'
import type { Alias } from '../check/index.ts'
import { isOurs } from '../draw-any-error.ts'
import { loadConfig } from './load-config.ts'

/** Those of `vite.resolve.alias` in layer9.config.ts, in order; none of a configuration that cannot be loaded. */
export async function readAliases(root: string): Promise<readonly Alias[]> {
  const config = await loadConfig(root).catch((error: unknown) => {
    // Whoever needs the configuration says what is wrong with it.
    if (isOurs(error)) return undefined
    throw error
  })
  // Not among the options that an app is told of, yet Vite takes it.
  const given = (config?.vite as UserConfig | undefined)?.resolve?.alias ?? []
  if (Array.isArray(given)) return given
  return Object.entries(given as Readonly<Record<string, string>>).map(([find, replacement]) => ({ find, replacement }))
}
