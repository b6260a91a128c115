// The types that an app's routes give: patterns with their parameters, and whether files say their own pattern.
import { type ESTree, parseSync } from 'vite'
import type { Layer9Error } from '../1-contracts/index.ts'
import { placeOf } from '../1-contracts/server.ts'
import { errors } from './errors.ts'
import { checkLoaderType } from './loader-type.ts'
import { readTree, type Segment } from './tree.ts'

/**
 * The text of `.layer9/routes.d.ts`: every pattern of the app with its parameters, flat, so that the type checker looks
 * one up instead of computing it.
 *
 * @param files paths relative to app/routes
 * @throws what `readTree` throws
 * @example
 * import { writeFile } from 'node:fs/promises'
 * await writeFile('.layer9/routes.d.ts', routeTypes(['index.tsx', 'posts/[id].tsx']))
 */
export function routeTypes(files: readonly string[]): string {
  const { pages } = readTree(files)
  const lines = pages.map((page) => `    ${quote(page.id)}: ${paramsType(page.segments)}`).sort()
  return [
    '// Written by layer9 from the files in app/routes; changes here are lost.',
    "import 'layer9/contracts'",
    '',
    "declare module 'layer9/contracts' {",
    '  interface Routes {',
    ...lines,
    '  }',
    '}',
    '',
  ].join('\n')
}

/**
 * Looks for paths that do not belong to the file they are written in: `LoaderArgs<'/post/[id]'>` in `posts/[id].tsx`.
 * Layouts may name any page below them, other special files anything. And for props that do not name their loader.
 *
 * @param file relative to app/routes
 * @returns ROUTE_TYPE_MISMATCH, one for each place; ROUTE_LOADER_TYPE_MISSING
 */
export function checkRouteTypes(file: string, source: string): Layer9Error[] {
  const found = checkLoaderType(file, source)
  if (!/\b(?:LoaderArgs|PageProps)\b/.test(source)) return found
  const expected = readTree([file]).pages[0]?.id
  if (expected === undefined) return found
  for (const match of source.matchAll(/\b(?:LoaderArgs|PageProps)\s*<\s*(['"])([^'"\n]*)\1/g)) {
    const written = match[2] as string
    if (written === expected || isInText(source, match.index)) continue
    const at = match.index + match[0].length - written.length - 2
    found.push(
      errors.ROUTE_TYPE_MISMATCH(
        { file, written, expected },
        {
          places: [placeOf({ file: `app/routes/${file}`, code: source }, { start: at, end: at + written.length + 2 })],
        },
      ),
    )
  }
  return found
}

/** Whether a place is inside a string, a template, text of JSX or a comment: there, words are no types. */
function isInText(source: string, at: number): boolean {
  const { program, comments } = parseSync('route.tsx', source, { lang: 'tsx', sourceType: 'module' })
  const covers = ({ start, end }: { start: number; end: number }): boolean => start <= at && at < end
  const isText = ({ type }: ESTree.Node): boolean =>
    type === 'Literal' || type === 'TemplateElement' || type === 'JSXText'
  const search = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null) return false
    if (Array.isArray(value)) return value.some(search)
    const node = value as ESTree.Node
    if (typeof node.type === 'string' && !covers(node)) return false
    return (typeof node.type === 'string' && isText(node)) || Object.values(node).some(search)
  }
  return comments.some(covers) || search(program)
}

function paramsType(segments: readonly Segment[]): string {
  const members = segments.filter((segment) => segment.kind !== 'static').map(memberType)
  return members.length === 0 ? 'Record<never, never>' : `{ ${members.join('; ')} }`
}

function memberType({ kind, name }: Segment): string {
  if (kind === 'rest') return `${name}: readonly string[]`
  return kind === 'optional' ? `${name}?: string` : `${name}: string`
}

/** A pattern as a type's key. Names of routes hold no quote, backslash or line break: `readTree` refuses them. */
function quote(pattern: string): string {
  return `'${pattern}'`
}
