// `layer9 routes`: everything that can be reached, by whom. What is not in the list is a 404.
import { join, resolve } from 'node:path'
import { isOpen } from '../../5-middleware/index.ts'
import { createApi, definitionOf, isEndpoint } from '../../6-api/index.ts'
import { readTree } from '../../9-routes/build.ts'
import { buildFolder } from '../build/build-folder.ts'
import { readSizes } from '../build/build-sizes.ts'
import { layoutsOf } from '../build/sizes.ts'
import { openHeadless } from '../dev/headless.ts'
import { createModuleLoader } from '../dev/module-loader.ts'
import { drawBytes } from '../draw-props.ts'
import { readMeasuredProps, sumProps } from '../measured-props.ts'
import { findAppFiles } from '../vite/app-files.ts'
import { loadConfig } from '../vite/load-config.ts'
import { drawTable } from './table.ts'

/** One way to reach something. */
export interface ListedRoute {
  /** Method and path: `GET /posts/[id]`. */
  readonly route: string
  readonly kind: 'page' | 'query' | 'action' | 'endpoint'
  /** Project path of the file. */
  readonly file: string
  /** Names of a page's rules, outermost first; `everyone`; `guarded` for a procedure behind a guard. */
  readonly access: string
  /** When a page is rendered: for each request. */
  readonly render?: 'request'
  /** Bytes of a page in the last build, as received with gzip; null where it was not built. */
  readonly script?: number | null
  /** Bytes that the roots of a page were given when it was last seen in development; null where it was not. */
  readonly props?: number | null
}

/** Prints the list and gives 0. @throws what loading the app's modules throws */
export async function runRoutes({ root: given, json }: { root: string; json: boolean }): Promise<number> {
  const root = resolve(given).replaceAll('\\', '/')
  const { environment, close } = await openHeadless(root, await loadConfig(root))
  try {
    const loader = createModuleLoader(environment)
    const listed = await listRoutes(root, loader.load)
    await loader.close()
    console.log(json ? JSON.stringify(listed, undefined, 2) : drawRoutes(listed))
  } finally {
    await close()
  }
  return 0
}

function drawRoutes(listed: readonly ListedRoute[]): string {
  const bytes = (value: number | null | undefined) =>
    value === null ? '?' : value === undefined ? '' : drawBytes(value)
  const rows = listed.map(({ route, kind, access, render = '', script, props, file }) => [
    route,
    kind,
    access,
    render,
    bytes(script),
    bytes(props),
    file,
  ])
  const unknown = listed.some(({ script, props }) => script === null || props === null)
  const table = drawTable([['route', 'kind', 'access', 'render', 'script', 'props', 'file'], ...rows])
  return unknown
    ? `${table}\n\nWhere there is a ?, \`layer9 build\` finds the bytes of script, and opening the page in \`layer9 dev\` those of props.`
    : table
}

type Load = (id: string) => Promise<Record<string, unknown>>

/** Lists the pages in the order of their files, then what app/api offers. */
export async function listRoutes(root: string, load: Load): Promise<ListedRoute[]> {
  const files = findAppFiles(root)
  const built = await readSizes(join(root, buildFolder))
  const seen = await readMeasuredProps(root)
  const pages = await Promise.all(
    readTree(files.routes).pages.map(async ({ id, file, folder }): Promise<ListedRoute> => {
      const names = await Promise.all(
        [...layoutsOf(folder), file].map(async (path) => await accessOf(root, path, load)),
      )
      const rules = names.filter((name) => name !== undefined)
      return {
        route: `GET ${id}`,
        kind: 'page',
        file: `app/routes/${file}`,
        access: rules.join(', ') || 'everyone',
        render: 'request',
        script: built?.pages.find(({ page }) => page === id)?.script ?? null,
        props: sumProps(seen[id]) ?? null,
      }
    }),
  )
  return [...pages, ...(await listApi(root, files.api, load))]
}

async function accessOf(root: string, file: string, load: Load): Promise<string | undefined> {
  const { access } = await load(`${root}/app/routes/${file}`)
  return typeof access === 'string' ? access : undefined
}

async function listApi(root: string, files: readonly string[], load: Load): Promise<ListedRoute[]> {
  const modules: Record<string, Record<string, unknown>> = {}
  for (const file of files) modules[file.replace(/\.[^./]+$/, '')] = await load(`${root}/app/api/${file}`)
  return createApi(modules)
    .list()
    .flatMap(({ id, kind, routes }) => {
      const at = id.lastIndexOf('/')
      const module = id.slice(0, at)
      const made = modules[module]?.[id.slice(at + 1)]
      const guard = isEndpoint(made) ? made.access : definitionOf(made)?.access
      const file = `app/api/${files.find((path) => path.replace(/\.[^./]+$/, '') === module)}`
      return routes.map((route) => ({ route, kind, file, access: guard && isOpen(guard) ? 'everyone' : 'guarded' }))
    })
}
