// Makes an app of its definition: the chain around everything, then calls and endpoints, then pages.
import { provideBase } from '../1-contracts/index.ts'
import type { Handler } from '../2-platform/index.ts'
import type { Chain } from '../5-middleware/index.ts'
import { createApi } from '../6-api/index.ts'
import type { AppDefinition, RouteModule } from './definition.ts'
import { createLinkMarker } from './links.ts'
import { createMatcher, type Match, type Matcher } from './match.ts'
import { answerMissing, answerPage, type Pages } from './pages.ts'
import type { AccessRules } from './part.ts'
import { createPassage } from './passage.ts'
import { createPlans } from './plan.ts'
import { type Folder, type Page, type RouteTree, readTree, shapes } from './tree.ts'

/**
 * Makes the handler of a whole app. In production every module is read and checked now, so that what is wrong with a
 * route is said at the start; in development each request reads the modules it needs.
 *
 * @throws ROUTE_CONFLICT and the other errors of route files; those of `createApi`; what a module throws
 * @example
 * const routes = { 'index.tsx': () => import('~/routes/index') }
 * const handler = await createApp({ routes, api: { posts: () => ({ createPost }) }, ...build })
 */
export async function createApp(definition: AppDefinition): Promise<Handler> {
  const { build } = definition.assets
  const { dev, report, reportPart: _part, reportInput: _input, ...protection } = definition.options
  provideBase(definition.options.base)
  const tree = readTree(Object.keys(definition.routes))
  const [api, middleware] = await Promise.all([loadAll(definition.api), definition.middleware?.() ?? {}])
  // What the file exports is checked by the functions that made it: `guards` and `chain`.
  const rules = ((middleware as Record<string, unknown>)['access'] ?? {}) as AccessRules
  const chain = (middleware as Record<string, unknown>)['default'] as Chain | undefined
  const loaded = dev ? definition : { ...definition, routes: await loadRoutes(definition.routes, tree) }
  const made = createApi(api, { build, base: definition.options.base, report })
  const match = createMatcher(tree.pages.map((page) => ({ segments: page.segments, value: page })))
  // The api goes first.
  const isPage = (path: string): boolean => made.methodsOf(path) === undefined && match(path) !== null
  const pages: Pages = {
    definition: loaded,
    api: made,
    plans: createPlans(loaded, rules),
    links: createLinkMarker(isPage, definition.options.base),
  }
  if (!dev) planAll(pages, tree)
  const answer = createAnswer(pages, match, createFolderMatcher(tree.folders))
  return createPassage(answer, { ...protection, dev, chain, methodsOf: made.methodsOf, isPage })
}

function createAnswer(pages: Pages, match: Matcher<Page>, matchFolder: Matcher<Folder>): Handler {
  return (incoming) => {
    const answer = pages.api.handle(incoming)
    if (answer !== undefined) return answer
    const found: Match<Page> | null = match(incoming.path)
    if (found !== null) return answerPage(pages, incoming, found)
    return answerMissing(pages, incoming, matchFolder(incoming.path))
  }
}

/** Finds the folder whose not-found page (or else error page) answers a path that is nobody's. */
function createFolderMatcher(folders: readonly Folder[]): Matcher<Folder> {
  const routes: { segments: Folder['segments']; value: Folder }[] = []
  const seen = new Set<string>()
  // What a group shows, it shows for its own pages: which of two groups is nearer to a strange path, nobody can say.
  const able = folders.filter(
    (folder) => folder.notFound !== undefined || (folder.path === '' && folder.error !== undefined),
  )
  for (const value of able.filter((folder) => !folder.group)) {
    const rest = { kind: 'rest', name: restName } as const
    for (const segments of [value.segments, [...value.segments, rest]]) {
      if (segments.slice(0, -1).some((segment) => segment.kind === 'rest')) continue
      const own = shapes(segments).filter((shape) => !seen.has(shape))
      if (own.length > 0) routes.push({ segments, value })
      for (const shape of own) seen.add(shape)
    }
  }
  return createMatcher(routes)
}

/** No parameter of a user has this name: names of parameters begin with a letter. */
const restName = '$rest'

async function loadAll<Module>(
  files: Readonly<Record<string, () => Module | Promise<Module>>>,
): Promise<Record<string, Module>> {
  const entries = Object.entries(files).map(async ([file, load]) => [file, await load()] as const)
  return Object.fromEntries(await Promise.all(entries))
}

/** The modules that are routes, loaded once. */
async function loadRoutes(files: AppDefinition['routes'], tree: RouteTree): Promise<AppDefinition['routes']> {
  const special = tree.folders.flatMap((folder) => [folder.layout, folder.error, folder.notFound])
  const used = new Set([...tree.pages.map((page) => page.file), ...special])
  const loaded = await loadAll(Object.fromEntries(Object.entries(files).filter(([file]) => used.has(file))))
  return Object.fromEntries(Object.entries(loaded).map(([file, module]) => [file, (): RouteModule => module]))
}

/** Makes every plan, which checks every module and every access rule. All are loaded, so nothing is awaited. */
function planAll({ plans }: Pages, tree: RouteTree): void {
  for (const page of tree.pages) plans.page(page)
  for (const folder of tree.folders) {
    if (folder.error !== undefined) plans.special('error', folder)
    if (folder.notFound !== undefined) plans.special('not-found', folder)
  }
}
