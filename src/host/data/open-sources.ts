// The database of an app from its sources, for a command.
import { disposeAll } from '../../2-platform/index.ts'
import { openHeadless } from '../dev/headless.ts'
import { createModuleLoader } from '../dev/module-loader.ts'
import { findDataFiles } from '../vite/data-files.ts'
import { loadConfig } from '../vite/load-config.ts'
import type { AppData } from './app-data.ts'
import { errors } from './errors.ts'
import { loadData } from './load-data.ts'

/** A database whose modules were evaluated; `close` lets the process end. */
export interface OpenedSources {
  readonly data: AppData
  close(): Promise<void>
}

/** Evaluates the modules of `app/data`. @throws DATA_MISSING, and what `loadData` throws */
export async function openSources(root: string): Promise<OpenedSources> {
  const files = findDataFiles(root)
  if (!files) throw errors.DATA_MISSING({ root })
  const { environment, close: closeVite } = await openHeadless(root, await loadConfig(root))
  const loader = createModuleLoader(environment)
  const close = async (): Promise<void> => {
    await disposeAll()
    await loader.close()
    await closeVite()
  }
  try {
    return { data: await loadData(root, files, loader.load), close }
  } catch (error) {
    // What was opened before it failed would keep the process alive.
    await close()
    throw error
  }
}
