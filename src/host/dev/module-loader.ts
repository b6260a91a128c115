// Loads single modules of an app on the server, without making an app of them.
import { createServerModuleRunner, type DevEnvironment } from 'vite'

/** Evaluates modules by id or absolute path. */
export interface ModuleLoader {
  load(id: string): Promise<Record<string, unknown>>
  close(): Promise<void>
}

/** Makes one over Vite's server environment. */
export function createModuleLoader(environment: DevEnvironment): ModuleLoader {
  const runner = createServerModuleRunner(environment, { hmr: false })
  return {
    load: async (id) => (await runner.import(id)) as Record<string, unknown>,
    close: async () => await runner.close(),
  }
}
