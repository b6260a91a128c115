// Pages that nothing in an app links to. Any text of the app's code that looks like the page's path counts as a link,
// wherever it stands: a page that is said to be alone shall be alone.
import { parseSync, Visitor } from 'vite'
import { errors } from './errors.ts'
import { type Page, readTree, type Segment } from './tree.ts'

/** A module of the app. */
export interface LinkSource {
  /** Relative to the project: `app/components/Menu.tsx`. */
  readonly file: string
  readonly code: string
}

/** Stands for what is known only when the program runs. */
const gap = '\0'

/** Attributes whose values may be relative to the page. */
const linking = new Set(['href', 'action', 'formAction', 'formaction'])

/**
 * A hint, ROUTE_UNLINKED, for each page that no other file names, in the order of the pages. `/` is where visitors begin.
 *
 * @param routes the route files, relative to app/routes
 * @param sources all modules of the app
 * @example
 * const code = 'export default () => <a href="/about">About</a>'
 * findUnlinked(['index.tsx', 'about.tsx'], [{ file: 'app/routes/index.tsx', code }]) // []
 */
export function findUnlinked(
  routes: readonly string[],
  sources: readonly LinkSource[],
): ReturnType<typeof errors.ROUTE_UNLINKED>[] {
  const pages = readTree(routes).pages.filter(({ id }) => id !== '/')
  const linked = new Set<Page>()
  for (const { file, code } of sources) {
    if (linked.size === pages.length) break
    for (const link of linksIn(code, file)) {
      for (const page of pagesOf(link, pages)) if (file !== `app/routes/${page.file}`) linked.add(page)
    }
  }
  return pages
    .filter((page) => !linked.has(page))
    .map(({ id, file }) => {
      const places = [{ file: `app/routes/${file}`, line: 1, column: 1 }]
      return errors.ROUTE_UNLINKED({ id, file }, { places })
    })
}

/** Every text of a module that may be a path, with a gap for what is put into a template. */
function linksIn(code: string, file: string): Set<string> {
  const found = new Set<string>()
  const add = (text: string): void => {
    if (text.startsWith('/') || text.startsWith(`${gap}/`)) found.add(text)
    // `'/posts/' + id`
    if (/^\/.+\/$/s.test(text)) found.add(text + gap)
  }
  const visitor = new Visitor({
    Literal: ({ value }) => {
      if (typeof value === 'string') add(value)
    },
    TemplateLiteral: ({ quasis }) => add(quasis.map(({ value }) => value.cooked ?? '').join(gap)),
    JSXAttribute: ({ name, value }) => {
      const text = value?.type === 'Literal' && typeof value.value === 'string' ? value.value : undefined
      if (text === undefined || !linking.has(String(name.name)) || /^(?:[/#?]|[a-z][\w+.-]*:)/i.test(text)) return
      found.add(`${gap}/${text.replace(/^(?:\.{1,2}\/)+/, '')}`)
    },
  })
  // Only for JavaScript must the parser be told that JSX may come.
  visitor.visit(parseSync(file, code, /\.m?js$/.test(file) ? { lang: 'jsx' } : {}).program)
  return found
}

/** The pages that a link may lead to: where nothing is left open the one with the fewest parameters, as matching has it. */
function pagesOf(link: string, pages: readonly Page[]): readonly Page[] {
  const path = link.replace(/[?#].*$/s, '')
  const named = pages.filter(({ id }) => id === path)
  if (named.length > 0) return named
  const isOpenBefore = path.startsWith(`${gap}/`)
  const parts = path
    .slice(isOpenBefore ? gap.length + 1 : 1)
    .replace(/\/$/, '')
    .split('/')
    .map(decoded)
  // `/${name}` says nothing: only of a page that is all parameters is it a link.
  const isAllOpen = parts.every((part) => part === gap)
  const fitting = pages.filter(({ segments }) => {
    if (isAllOpen && segments.some(({ kind }) => kind === 'static')) return false
    const starts = isOpenBefore ? segments.map((_, index) => index) : [0]
    return starts.some((start) => fits(parts, segments.slice(start)))
  })
  if (path.includes(gap)) return fitting
  const fewest = Math.min(...fitting.map(countParameters))
  return fitting.filter((page) => countParameters(page) === fewest)
}

const countParameters = ({ segments }: Page): number => segments.filter(({ kind }) => kind !== 'static').length

function fits([part, ...parts]: readonly string[], [segment, ...segments]: readonly Segment[]): boolean {
  if (!segment) return part === undefined
  if (segment.kind === 'optional' && fits(part === undefined ? [] : [part, ...parts], segments)) return true
  if (part === undefined || part === '') return false
  if (segment.kind === 'rest') return true
  return (segment.kind !== 'static' || isLike(part, decoded(segment.name))) && fits(parts, segments)
}

/** Whether a text with gaps may become a name. */
function isLike(part: string, name: string): boolean {
  const [first = '', ...others] = part.split(gap)
  const last = others.pop()
  if (last === undefined) return part === name
  const isLongEnough = name.length >= first.length + last.length
  return isLongEnough && name.startsWith(first) && name.endsWith(last)
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
