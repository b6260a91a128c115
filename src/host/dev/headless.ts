// Vite as nothing but the evaluator of an app's server modules: no port, no socket, no watching. For tests, and for
// commands that have to look into the modules.
import { createServer, type DevEnvironment } from 'vite'
import type { ResolvedConfig } from '../config.ts'
import { viteConfig } from '../vite/vite-config.ts'

/** The evaluator; `close` lets the process end. */
export interface Headless {
  readonly environment: DevEnvironment
  close(): Promise<void>
}

/** Opens it for an app. */
export async function openHeadless(root: string, config: ResolvedConfig): Promise<Headless> {
  const vite = await createServer(
    viteConfig(
      { root, config, dev: true },
      {
        mode: 'test',
        server: { middlewareMode: true, ws: false, watch: null },
        environments: { ssr: { resolve: { external: ['layer9'] } } },
      },
    ),
  )
  return { environment: serverEnvironment(vite), close: async () => await vite.close() }
}

/** Vite's environment for the server; it always makes one. */
export function serverEnvironment({ environments }: { environments: Record<string, DevEnvironment> }): DevEnvironment {
  const environment = environments['ssr']
  if (!environment) throw new Error('Vite made no server environment')
  return environment
}
