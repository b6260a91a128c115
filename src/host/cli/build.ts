// `layer9 build`: builds, and prints what each page costs a browser.
import { resolve } from 'node:path'
import { type BuildResult, buildApp } from '../build/build-app.ts'
import { loadConfig } from '../vite/load-config.ts'
import { refreshTypes } from '../vite/route-types-file.ts'

/** Runs the command; the exit code is 0, for what fails throws. */
export async function runBuild({ root, json }: { root: string; json: boolean }): Promise<number> {
  const folder = resolve(root)
  // React-like warnings, pino's format and Vite's replacements all ask for it.
  process.env['NODE_ENV'] = 'production'
  await refreshTypes(folder)
  const result = await buildApp({ root: folder, config: await loadConfig(folder) })
  console.log(json ? JSON.stringify(result, undefined, 2) : drawResult(result))
  return 0
}

/** A table of the pages, in the order of their files. */
export function drawResult({ pages, navigation, build, milliseconds }: Omit<BuildResult, 'folder'>): string {
  const rows = pages.map((page) => [page.page, size(page.script), size(page.styles), page.roots.join(', ') || 'none'])
  const table = drawTable([['page', 'script', 'styles', 'roots'], ...rows])
  const later = navigation ? ` The first wanted link or form loads ${size(navigation)} more.` : ''
  return `${table}\n\nBytes are compressed with gzip.${later} Build ${build} made in ${Math.round(milliseconds)} ms; run it with \`layer9 start\`.`
}

const size = (bytes: number): string => (bytes === 0 ? '0' : `${(bytes / 1024).toFixed(1)} KiB`)

/** Columns as wide as their widest cell, two spaces between. */
export function drawTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const draw = (row: readonly string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')
  return rows.map((row) => draw(row).trimEnd()).join('\n')
}
