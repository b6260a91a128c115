// A file that another one below may not import goes down to where both may use it; or the one that imports goes up. Only
// when every import of the moved file, and by it, is known, can be rewritten, and is legal from the new place.
import { readFileSync } from 'node:fs'
import { basename, dirname, extname, join, posix, relative, resolve, sep } from 'node:path'
import type { Repair, TextEdit } from './edit.ts'
import { isAboveWire, isForBrowsers, isServerLayer, isTest, type Layer, layerNumbered, meetingLayer } from './layers.ts'
import { isForeign, leadsOf } from './leads.ts'
import type { Link } from './project.ts'
import type { Reference } from './reference.ts'
import type { Ground } from './rules.ts'
import type { Violation } from './violation.ts'

/** The move that mends an import upwards, the shortest way first: down step by step, then up. */
export function moveFile({ file, target, from, to }: Violation, ground: Ground): Repair | undefined {
  const { project } = ground
  if (!from || !to || target === undefined || to.number > 9) return undefined
  const moves = [
    ...layersFrom(meetingLayer(from, to).number, 1).map((layer) => ({ path: target, layer })),
    ...layersFrom(to.number, 9).map((layer) => ({ path: file, layer })),
  ]
  for (const { path, layer } of moves) {
    const repair = planMove(resolve(project.root, path), layer, ground)
    if (repair) return repair
  }
  return undefined
}

/** From one number to another, both included, down or up. */
function layersFrom(first: number, last: number): Layer[] {
  const step = first < last ? 1 : -1
  return Array.from({ length: Math.abs(first - last) + 1 }, (_, index) => layerNumbered(first + index * step))
}

/** A reference, and the file in which it stands. */
interface Use extends Link {
  readonly from: string
}

function planMove(path: string, layer: Layer, ground: Ground): Repair | undefined {
  const { project } = ground
  const to = newPlace(path, layer, ground)
  if (to === undefined) return undefined
  const own = project.links(path).map((link) => ({ ...link, from: path }))
  if (!isReadable(path, ground) || !own.every((link) => mayStand(link, layer, ground))) return undefined
  // From here on every file of the project is asked.
  const uses = usesOf(path, ground)
  if (!uses.every((use) => mayUse(use, layer, ground)) || isHidden(path, ground) || hasPatterns(ground))
    return undefined
  if (isInCircle(path, ground)) return undefined
  const edits: TextEdit[] = []
  for (const use of [...uses, ...own]) {
    const edit = use.from === path ? rewriteOwn(use, to, ground) : rewriteUse(use, { path, to }, ground)
    if (edit === 'unknown') return undefined
    if (edit && !edits.some(({ file, start }) => file === edit.file && start === edit.start)) edits.push(edit)
  }
  edits.sort((one, other) => (one.file === other.file ? one.start - other.start : one.file < other.file ? -1 : 1))
  return { edits, move: { from: project.relative(path), to: project.relative(to) } }
}

/** Where the file would lie; undefined for one whose place or name means more than its layer. */
function newPlace(path: string, layer: Layer, { project }: Ground): string | undefined {
  const now = project.layerOf(path)
  const [app, folder, ...rest] = project.relative(path).split('/')
  if (!now || now.number === layer.number || app !== 'app' || folder !== now.name || rest.length === 0) return undefined
  if (isTest(path) || !/\.[mc]?[jt]sx?$/.test(path) || /\.d\.[mc]?ts$/.test(path)) return undefined
  // What only the server has must not become what browsers are given, even though no rule would be broken.
  if (now.number <= 6 && now.number >= 2 && isForBrowsers(layer)) return undefined
  // JSX is the components' own, and what api, routes and middleware/index are called is what the framework finds.
  const text = readFileSync(path, 'utf8')
  if (/x$/.test(extname(path)) && layer.number < 8) return undefined
  if (now.name === 'api' || layer.name === 'api' || layer.name === 'routes') return undefined
  if (now.name === 'routes' && (/x$/.test(extname(path)) || /\bdefault\b/.test(text))) return undefined
  if ([now.name, layer.name].includes('middleware') && /^index\./.test(rest.join('/'))) return undefined
  const to = join(project.territory, layer.name, ...rest)
  const stem = basename(to, extname(to))
  const taken = [...project.disk.entries(dirname(to)).keys()].some((name) => name.replace(/\..*$/s, '') === stem)
  return taken ? undefined : to
}

/** Whether all that a file refers to is known, and none of it depends on where the file lies but for its imports. */
function isReadable(path: string, { project }: Ground): boolean {
  const scan = project.scan(path)
  if (!scan || scan.fault || scan.references.some(({ specifier }) => specifier === null)) return false
  return !/\bimport\s*\.\s*meta\b|\b__(?:dirname|filename)\b/.test(readFileSync(path, 'utf8'))
}

/** Every reference to a file from the files of layers. */
function usesOf(path: string, { project }: Ground): Use[] {
  return project.files.flatMap((from) =>
    project
      .links(from)
      .filter(({ target }) => from !== path && target.kind === 'file' && target.path === path)
      .map((link) => ({ ...link, from })),
  )
}

/** Whether what the file imports may be imported from its new layer. */
function mayStand({ reference, target }: Use, layer: Layer, { project, platform }: Ground): boolean {
  const { typeOnly, specifier } = reference
  if (specifier === null) return false
  if (target.kind === 'builtin') return typeOnly || !isForBrowsers(layer)
  const to = project.layerOfTarget(target)
  if (to) return isAllowed({ from: layer, to, typeOnly })
  if (target.kind === 'none') return !/^[.~/]/.test(specifier)
  // A file of no layer might lead anywhere; a package may need Node.
  if (target.kind !== 'file' || isForeign(target.path)) return false
  return typeOnly || !isForBrowsers(layer) || platform.reach(target.path) === undefined
}

/** Whether those that import the file may import it in its new layer. */
function mayUse({ from, reference }: Use, layer: Layer, { project }: Ground): boolean {
  if (isTest(from)) return true
  const importer = project.layerOf(from)
  return importer !== undefined && isAllowed({ from: importer, to: layer, typeOnly: reference.typeOnly })
}

const isAllowed = ({ from, to, typeOnly }: { from: Layer; to: Layer; typeOnly: boolean }): boolean =>
  to.number <= from.number && (typeOnly || !isAboveWire(from) || !isServerLayer(to))

/** Whether files of no layer lead to it: their imports would have to be rewritten too, and they are not ours. */
function isHidden(path: string, { project }: Ground): boolean {
  const outside = new Set<string>()
  for (const from of project.files) {
    for (const { target } of project.links(from)) {
      if (target.kind === 'file' && !project.layerOf(target.path) && isForeign(target.path)) outside.add(target.path)
    }
  }
  return [...outside].some((start) => !project.isOwn(start) && leadsOf(start, project).some((one) => one.path === path))
}

/** Whether some file imports by a pattern: it may find the file where it was, or would where it comes to. */
function hasPatterns({ project }: Ground): boolean {
  return project.files.some((path) => project.scan(path)?.references.some(({ patterns }) => patterns))
}

/** Whether it leads back to itself: in another folder that would be one more rule broken. */
function isInCircle(path: string, { project }: Ground): boolean {
  const seen = new Set<string>([path])
  for (const from of seen) {
    for (const { target } of project.links(from)) {
      if (target.kind !== 'file' || !isForeign(target.path)) continue
      if (target.path === path) return true
      seen.add(target.path)
    }
  }
  return false
}

type Rewritten = TextEdit | undefined | 'unknown'

/** `~/components/price` becomes `~/contracts/price`, `./price` becomes `../contracts/price`; an extension stays. */
function rewriteUse({ from, reference }: Use, { path, to }: { path: string; to: string }, ground: Ground): Rewritten {
  const specifier = reference.specifier ?? ''
  const extension = extname(path)
  const isWhole = specifier.endsWith(`/${basename(path)}`)
  if (!isWhole && !specifier.endsWith(`/${basename(path, extension)}`)) return 'unknown'
  const goal = isWhole ? to : to.slice(0, -extension.length)
  if (specifier.startsWith('~/')) {
    const below = relative(ground.project.territory, goal)
    return replace(from, reference, { specifier: `~/${below.replaceAll(sep, '/')}`, ground })
  }
  return specifier.startsWith('.') ? replace(from, reference, { specifier: between(from, goal), ground }) : 'unknown'
}

/** What the moved file refers to by a relative path, as it looks from the new place. */
function rewriteOwn({ from, reference, target }: Use, to: string, ground: Ground): Rewritten {
  const specifier = reference.specifier ?? ''
  if (!specifier.startsWith('.')) {
    // An address without a dot is meant from the file all the same.
    const beside = target.kind === 'file' && ['url', 'worker', 'style', 'directive'].includes(reference.form)
    return beside && !specifier.startsWith('~/') ? 'unknown' : undefined
  }
  return replace(from, reference, { specifier: between(to, resolve(dirname(from), specifier)), ground })
}

/** A relative path from a file to another path, with `/`. */
function between(from: string, goal: string): string {
  const path = relative(dirname(from), goal).replaceAll(sep, posix.sep)
  return path.startsWith('.') ? path : `./${path}`
}

function replace(
  from: string,
  { start, end, specifier }: Reference,
  { specifier: next, ground }: { specifier: string; ground: Ground },
): Rewritten {
  const written = readFileSync(from, 'utf8').slice(start, end)
  const quote = written[0] ?? ''
  // Something else than the plain text between quotes, or a name that would need an escape.
  if (written !== `${quote}${specifier}${quote}` || !/^["'`]$/.test(quote) || /["'`\\$]/.test(next)) return 'unknown'
  return { file: ground.project.relative(from), start: start + 1, end: end - 1, text: next }
}
