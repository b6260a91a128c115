// Finds every catalogue of errors. By convention they lie in files named `errors`, so a new one is found by itself; the
// list of them would otherwise be kept by hand in two places.
import { pathToFileURL } from 'node:url'
import { catalogue, type ErrorEntry } from '../../1-contracts/index.ts'
import { listFiles } from '../vite/app-files.ts'
import { frameworkFolder } from '../vite/framework.ts'

/** The entries of one `errors` file, by code, and the layer it lies in: `routes`, `host/check`. */
export interface FoundCatalogue {
  readonly layer: string
  readonly entries: Readonly<Record<string, ErrorEntry<unknown>>>
}

/** Loads every catalogue of the framework. */
export async function readCatalogues(): Promise<FoundCatalogue[]> {
  const files = listFiles(frameworkFolder).filter((path) => /(?:^|[/-])errors\.[jt]s$/.test(path))
  const found = await Promise.all(files.map(readFile))
  return found.flat()
}

async function readFile(path: string): Promise<FoundCatalogue[]> {
  const module = (await import(pathToFileURL(`${frameworkFolder}/${path}`).href)) as Record<string, unknown>
  const layer = path
    .replace(/\/[^/]+$/, '')
    .replace(/^\d-/, '')
    .replace(/\/compile$/, '')
  return Object.values(module)
    .filter((value) => typeof value === 'object' && value !== null && catalogue in value)
    .map((value) => ({ layer, entries: (value as Record<symbol, FoundCatalogue['entries']>)[catalogue] ?? {} }))
}
