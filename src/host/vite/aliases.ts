// The aliases that an app gives Vite: `layer9 check`, which starts no Vite, must follow them all the same.
import type { UserConfig } from 'vite'
import type { Alias } from '../check/index.ts'
import { loadConfig } from './load-config.ts'

/** Those of `vite.resolve.alias` in layer9.config.ts, in order. @throws what `loadConfig` throws */
export async function readAliases(root: string): Promise<readonly Alias[]> {
  // Not among the options that an app is told of, yet Vite takes it.
  const { resolve } = (await loadConfig(root)).vite as UserConfig
  const given = resolve?.alias ?? []
  if (Array.isArray(given)) return given
  return Object.entries(given as Readonly<Record<string, string>>).map(([find, replacement]) => ({ find, replacement }))
}
