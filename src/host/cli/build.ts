// `layer9 build`: builds, and prints what each page costs a browser.
import { resolve } from 'node:path'
import { type BuildResult, buildApp } from '../build/build-app.ts'
import { drawBytes, drawHint, drawProps, muchProps } from '../draw-props.ts'
import { refreshTypes } from '../types/refresh.ts'
import { loadConfig } from '../vite/load-config.ts'
import { drawTable } from './table.ts'

/** Runs the command; the exit code is 0, for what fails throws. */
export async function runBuild({ root, json }: { root: string; json: boolean }): Promise<number> {
  const folder = resolve(root)
  // React-like warnings, pino's format and Vite's replacements all ask for it.
  process.env['NODE_ENV'] = 'production'
  await refreshTypes(folder)
  const result = await buildApp({ root: folder, config: await loadConfig(folder) })
  const words = [drawResult(result), ...(await drawHints(folder, result.pages))]
  console.log(json ? JSON.stringify(result, undefined, 2) : words.join('\n\n'))
  return 0
}

/** A table of the pages, in the order of their files. */
export function drawResult({ pages, navigation, tagged, build, milliseconds }: Omit<BuildResult, 'folder'>): string {
  const rows = pages.map(({ page, script, styles, brotli, props, roots }) => [
    page,
    drawSizes(script, brotli.script),
    drawSizes(styles, brotli.styles),
    props ? drawProps(props) || 'none' : '?',
    roots.join(', ') || 'none',
  ])
  const table = drawTable([['page', 'script', 'styles', 'props', 'roots'], ...rows])
  const later = navigation ? ` The first wanted link or form loads ${drawBytes(navigation)} more.` : ''
  const more = tagged ? ` Props with dates or elements load ${drawBytes(tagged)} more.` : ''
  const unseen = pages.some(({ props }) => !props) ? '; a page with ? was not opened there' : ''
  return `${table}

Bytes as received, with gzip / brotli.${later}${more}
Props as last seen in \`layer9 dev\`, uncompressed${unseen}.
Build ${build} made in ${Math.round(milliseconds)} ms; run it with \`layer9 start\`.`
}

const kibibytes = (bytes: number): string => (bytes / 1024).toFixed(1)

const drawSizes = (gzip: number, brotli: number): string =>
  gzip === 0 ? '0' : `${kibibytes(gzip)} / ${kibibytes(brotli)} KiB`

/** What to do about roots that are given much. */
async function drawHints(root: string, pages: BuildResult['pages']): Promise<string[]> {
  const large = pages.flatMap(({ page, props }) =>
    (props ?? []).filter(({ bytes }) => bytes >= muchProps).map((given) => ({ page, given })),
  )
  return await Promise.all(large.map(async ({ page, given }) => await drawHint(root, page, given)))
}
