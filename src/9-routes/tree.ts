// The file tree under app/routes, read as routes. Pure: names in, routes out; no module is loaded.
import { errors } from './errors.ts'

/** One part of a route's path. `name` is the parameter's name, or the static text in the form that URLs carry. */
export interface Segment {
  readonly kind: 'static' | 'dynamic' | 'optional' | 'rest'
  readonly name: string
}

/** A folder under app/routes with what it gives to all pages in and below it. */
export interface Folder {
  /** Relative to app/routes, without a slash at the end; the empty string for app/routes itself. */
  readonly path: string
  readonly segments: readonly Segment[]
  readonly parent: Folder | null
  /** The last part is `(a group)`, which URLs do not show. */
  readonly group: boolean
  layout?: string
  error?: string
  notFound?: string
}

/** A page: the URLs it answers and the file that holds it. */
export interface Page {
  /** The route's id, which is also its pattern: `/posts/[id]`. */
  readonly id: string
  readonly file: string
  readonly segments: readonly Segment[]
  readonly folder: Folder
}

export interface RouteTree {
  readonly pages: readonly Page[]
  readonly folders: readonly Folder[]
}

/**
 * Reads file names under app/routes as a tree of routes. Tests, declarations and files that are no modules are skipped.
 *
 * @param files paths relative to app/routes with `/`, such as `posts/[id].tsx`
 * @throws ROUTE_CONFLICT, ROUTE_NAME_INVALID, ROUTE_REST_NOT_LAST, ROUTE_PARAM_TWICE, ROUTE_RESERVED
 * @example
 * readTree(['index.tsx', 'posts/[id].tsx']).pages.map((page) => page.id) // ['/', '/posts/[id]']
 */
export function readTree(files: readonly string[]): RouteTree {
  const folders = new Map<string, Folder>()
  const pages: Page[] = []
  for (const file of files.filter(isRouteFile).sort()) {
    const cut = file.lastIndexOf('/')
    const folder = folderAt(folders, file.slice(0, Math.max(cut, 0)), file)
    const name = baseName(file)
    if (name === 'layout') setOnce(folder, 'layout', file)
    else if (name === 'error') setOnce(folder, 'error', file)
    else if (name === 'not-found') setOnce(folder, 'notFound', file)
    else pages.push(readPage(folder, name, file))
  }
  refuseConflicts(pages)
  return { pages, folders: [...folders.values()] }
}

/** Whether a file under app/routes is a route module at all: not a test, a declaration or an asset. */
export function isRouteFile(file: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(file) && !/\.(test|spec|test-d|d)\.[^/]+$/.test(file)
}

/**
 * The paths one route answers, as shapes with nameless parameters; two routes clash when they share one.
 *
 * @example
 * shapes(readTree(['[[lang]]/about.tsx']).pages[0]!.segments) // ['/about', '/[]/about']
 */
export function shapes(segments: readonly Segment[]): string[] {
  return expand(segments).map((parts) => shapeOf(parts))
}

/** One path with parameters in brackets, by names or without. */
function shapeOf(parts: readonly Segment[], nameOf: (part: Segment) => string = () => ''): string {
  const written = parts.map((part) => {
    if (part.kind === 'static') return part.name
    return part.kind === 'rest' ? `[...${nameOf(part)}]` : `[${nameOf(part)}]`
  })
  return `/${written.join('/')}`
}

/** Every way to leave out the optional segments of a path; the ways that keep more come last. */
export function expand(segments: readonly Segment[]): Segment[][] {
  let ways: Segment[][] = [[]]
  for (const segment of segments) {
    const kept = ways.map((way) => [...way, segment])
    ways = segment.kind === 'optional' ? [...ways, ...kept] : kept
  }
  return ways
}

/** The id of a layout's segment: its file's path, groups included, so that two layouts of one URL stay apart. */
export function layoutId(file: string): string {
  return `/${file.slice(0, file.lastIndexOf('.'))}`
}

function folderAt(folders: Map<string, Folder>, path: string, file: string): Folder {
  const known = folders.get(path)
  if (known) return known
  const cut = path.lastIndexOf('/')
  const parent = path === '' ? null : folderAt(folders, path.slice(0, Math.max(cut, 0)), file)
  const part = path.slice(cut + 1)
  const group = /^\([\p{L}\p{N}_-]+\)$/u.test(part)
  const segments = parent === null ? [] : group ? parent.segments : [...parent.segments, readSegment(part, file)]
  const folder: Folder = { path, segments, parent, group }
  folders.set(path, folder)
  return folder
}

function readPage(folder: Folder, name: string, file: string): Page {
  const segments = name === 'index' ? folder.segments : [...folder.segments, readSegment(name, file)]
  refuseBadPath(segments, file)
  const id = `/${segments.map(writeSegment).join('/')}`
  return { id, file, segments, folder }
}

function readSegment(part: string, file: string): Segment {
  const parameter = /^(?:\[\[([^\]]*)\]\]|\[\.\.\.([^\]]*)\]|\[([^\]]*)\])$/.exec(part)
  if (parameter) {
    const name = parameter[1] ?? parameter[2] ?? parameter[3] ?? ''
    // Names become properties of `params`: those that every object inherits would be read as if they were given.
    if (!/^[A-Za-z_]\w*$/.test(name) || name in Object.prototype) throw errors.ROUTE_NAME_INVALID({ file, part })
    return { kind: parameter[1] !== undefined ? 'optional' : parameter[2] !== undefined ? 'rest' : 'dynamic', name }
  }
  if (!/^[\p{L}\p{N}._~-]+$/u.test(part) || part === '.' || part === '..')
    throw errors.ROUTE_NAME_INVALID({ file, part })
  return { kind: 'static', name: encodeURIComponent(part.normalize()) }
}

function writeSegment(segment: Segment): string {
  if (segment.kind === 'static') return decodeURIComponent(segment.name)
  if (segment.kind === 'dynamic') return `[${segment.name}]`
  return segment.kind === 'optional' ? `[[${segment.name}]]` : `[...${segment.name}]`
}

function refuseBadPath(segments: readonly Segment[], file: string): void {
  const names = new Set<string>()
  for (const [index, segment] of segments.entries()) {
    if (segment.kind === 'static') continue
    if (names.has(segment.name)) throw errors.ROUTE_PARAM_TWICE({ file, name: segment.name })
    names.add(segment.name)
    if (segment.kind === 'rest' && index < segments.length - 1)
      throw errors.ROUTE_REST_NOT_LAST({ file, part: writeSegment(segment) })
  }
  if (segments[0]?.kind === 'static' && segments[0].name === '_layer9') throw errors.ROUTE_RESERVED({ file })
}

function setOnce(folder: Folder, kind: 'layout' | 'error' | 'notFound', file: string): void {
  const known = folder[kind]
  if (known !== undefined)
    throw errors.ROUTE_CONFLICT({ url: `/${folder.path} (${baseName(file)})`, files: [known, file] })
  folder[kind] = file
}

function refuseConflicts(pages: readonly Page[]): void {
  const seen = new Map<string, string>()
  for (const page of pages) {
    for (const parts of expand(page.segments)) {
      const shape = shapeOf(parts)
      const other = seen.get(shape)
      if (other !== undefined) {
        const url = shapeOf(parts, ({ name }) => name)
        throw errors.ROUTE_CONFLICT({ url, files: [other, page.file] })
      }
      seen.set(shape, page.file)
    }
  }
}

/** A file's name without folder and extension: `posts/[id].tsx` → `[id]`. */
function baseName(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1)
  return name.slice(0, name.lastIndexOf('.'))
}
