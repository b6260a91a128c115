// What a page is made of: its layouts and itself, with all that can be known before a request comes.
import { publicVariables } from '../2-platform/index.ts'
import type { AppDefinition, RouteModule } from './definition.ts'
import { escapeHtml, type Head, mergeHeads, writeHead, writeHtmlAttributes } from './head.ts'
import {
  type AccessRules,
  folderSource,
  layoutSources,
  type Part,
  type PartSource,
  pageSource,
  readPart,
} from './part.ts'
import type { Folder, Page } from './tree.ts'

/** Layouts from the outermost to the innermost, then what they surround. */
export interface Plan {
  readonly parts: readonly Part[]
  /** Style sheets of all parts, as links. */
  readonly styles: readonly string[]
  /** Whether browsers may store it: all of its parts let them. */
  readonly isStored: boolean
  /** The document's start up to the roots' preloads, when no part computes its head. */
  readonly start: string | undefined
}

/** Makes plans, once each in production, afresh for each request in development. */
export interface Plans {
  page(page: Page): Plan | Promise<Plan>
  /** The error or not-found page of a folder, inside the folder's layouts. The folder must have it. */
  special(kind: 'error' | 'not-found', folder: Folder): Plan | Promise<Plan>
}

/** How the files of an app become plans. */
export function createPlans(definition: AppDefinition, rules: AccessRules): Plans {
  const kept = new Map<string, Plan>()
  const make = (key: string, leaf: PartSource): Plan | Promise<Plan> => {
    const known = kept.get(key)
    if (known !== undefined) return known
    const read = [...layoutSources(leaf.folder), leaf].map((source) => readSource(definition, source, rules))
    if (read.some((part) => part instanceof Promise))
      return Promise.all(read).then((parts) => keep(key, createPlan(definition, parts)))
    return keep(key, createPlan(definition, read as Part[]))
  }
  const keep = (key: string, plan: Plan): Plan => {
    if (!definition.options.dev) kept.set(key, plan)
    return plan
  }
  return {
    page: (page) => make(page.file, pageSource(page)),
    special: (kind, folder) => make(`${kind} ${folder.path}`, folderSource(kind, folder) as PartSource),
  }
}

function readSource(definition: AppDefinition, source: PartSource, rules: AccessRules): Part | Promise<Part> {
  const module = (definition.routes[source.file] as () => RouteModule | Promise<RouteModule>)()
  return module instanceof Promise
    ? module.then((loaded) => readPart(source, loaded, rules))
    : readPart(source, module, rules)
}

function createPlan(definition: AppDefinition, parts: readonly Part[]): Plan {
  const { assets } = definition
  const styles = [...new Set(parts.flatMap((part) => assets.styles(part.file)))]
  const heads = parts.map((part) => part.head ?? {})
  // The title of an error page may be that of the error.
  const computed = heads.some((head) => typeof head === 'function') || parts.at(-1)?.kind !== 'page'
  const isStored = parts.every((part) => part.isStored)
  const plan: Plan = { parts, styles, isStored, start: undefined }
  if (computed) return plan
  // No part computes: the functions are gone from the list, which the type cannot see.
  return { ...plan, start: writeStart(definition, plan, heads as Head[]) }
}

/** Public configuration as data, where there is any. */
const publicData: string =
  Object.keys(publicVariables).length === 0 ? '' : ` data-env="${escapeHtml(JSON.stringify(publicVariables))}"`

/**
 * The document up to where the preloads of its roots go. Metas come first, so that the encoding stands within the first
 * 1024 bytes (HTML, "specifying the document's character encoding").
 */
export function writeStart(
  { assets, options }: AppDefinition,
  { styles }: Pick<Plan, 'styles'>,
  heads: readonly Head[],
): string {
  const head = mergeHeads(heads)
  const links = styles.map((url) => `<link rel="stylesheet" href="${escapeHtml(url)}">`).join('')
  // Calls from the browser go below the path that the app is mounted at.
  const at = options.base === '/' ? '' : ` data-base="${escapeHtml(options.base.replace(/\/$/, ''))}"`
  const about = `<meta name="layer9" content="${escapeHtml(assets.build)}"${at}${publicData}>`
  // What listens knows from here where the rest is, once that is wanted.
  const script =
    assets.navigation === null
      ? ''
      : `<script type="module" src="${escapeHtml(assets.listener)}" data-navigation="${escapeHtml(assets.navigation)}"${options.viewTransitions ? ' data-transitions' : ''}></script>`
  return `<!doctype html><html${writeHtmlAttributes(head)}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${about}${assets.headHtml ?? ''}${writeHead(head)}${links}${script}`
}
