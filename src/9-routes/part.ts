// A route file with its module read and checked: a layout, a page, an error or not-found page.
import { everyone, type Guard } from '../5-middleware/index.ts'
import type { Component } from '../8-components/index.ts'
import type { RouteModule } from './definition.ts'
import { errors } from './errors.ts'
import type { Head } from './head.ts'
import { isHonoured, notYet } from './not-yet.ts'
import { type Folder, layoutId, type Page, type Segment } from './tree.ts'
import type { Identity } from './types.ts'

/** What a part is shown with, besides what its kind adds. */
export interface PartProps {
  readonly data: unknown
  readonly params: unknown
  readonly path: string
}

/** One layer of a page, ready to be used by many requests. */
export interface Part {
  readonly kind: 'layout' | 'page' | 'error' | 'not-found'
  /** Relative to app/routes. */
  readonly file: string
  readonly folder: Folder
  /** The route's pattern; for other kinds the path of the file. */
  readonly id: string
  /** Parameters that belong to it: with their values they tell one segment from another. */
  readonly names: readonly string[]
  readonly component: Component<never>
  readonly loader: ((args: unknown) => unknown) | undefined
  readonly head: Head | ((props: unknown) => Head) | undefined
  /** What tells two of it from each other, besides the parameters. */
  readonly identity: Identity | undefined
  /** Whether browsers may store what it shows, where they ask whether it is still so. */
  readonly isStored: boolean
  /** Who may see it, and what lies inside it. Undefined: everyone. */
  readonly guard: Guard | undefined
}

/** Which file is to be read as what. */
export interface PartSource {
  readonly kind: Part['kind']
  readonly file: string
  readonly folder: Folder
  readonly id: string
  readonly segments: readonly Segment[]
}

/** The rules that `app/middleware/index.ts` names, by name. */
export type AccessRules = Readonly<Record<string, Guard>>

export function pageSource(page: Page): PartSource {
  return { kind: 'page', file: page.file, folder: page.folder, id: page.id, segments: page.segments }
}

/** Layouts, error and not-found pages are named by their file, so that two of one URL stay apart. */
export function folderSource(kind: 'layout' | 'error' | 'not-found', folder: Folder): PartSource | undefined {
  const file = kind === 'layout' ? folder.layout : kind === 'error' ? folder.error : folder.notFound
  return file === undefined ? undefined : { kind, file, folder, id: layoutId(file), segments: folder.segments }
}

/** The layouts around what is in a folder, the outermost first. */
export function layoutSources(folder: Folder): PartSource[] {
  const outer = folder.parent === null ? [] : layoutSources(folder.parent)
  const own = folderSource('layout', folder)
  return own === undefined ? outer : [...outer, own]
}

/**
 * Reads a module as a part.
 *
 * @throws ROUTE_COMPONENT_MISSING, ROUTE_ACCESS_UNKNOWN, ROUTE_IDENTITY_INVALID, ROUTE_STORE_INVALID,
 *   ROUTE_EXPORT_UNSUPPORTED
 */
export function readPart(source: PartSource, module: RouteModule, rules: AccessRules): Part {
  const { kind, file, folder, id, segments } = source
  if (typeof module.default !== 'function') throw errors.ROUTE_COMPONENT_MISSING({ file })
  refusePromises(file, module as Readonly<Record<string, unknown>>)
  return {
    kind,
    file,
    folder,
    id,
    names: segments.filter((segment) => segment.kind !== 'static').map((segment) => segment.name),
    // A module's exports are loose: the generated types hold the files themselves to the exact ones.
    component: module.default as Component<never>,
    loader: module.loader as Part['loader'],
    head: module.head as Part['head'],
    identity: readIdentity(file, module.identity),
    isStored: readStore(file, module.store),
    guard: readAccess(file, module.access, rules),
  }
}

function refusePromises(file: string, module: Readonly<Record<string, unknown>>): void {
  for (const name of notYet) {
    if (!isHonoured(name, module[name])) throw errors.ROUTE_EXPORT_UNSUPPORTED({ file, name })
  }
}

function readIdentity(file: string, identity: unknown): Identity | undefined {
  if (!isIdentity(identity)) throw errors.ROUTE_IDENTITY_INVALID({ file })
  return identity
}

function isIdentity(value: unknown): value is Identity | undefined {
  if (Array.isArray(value)) return value.every((name) => typeof name === 'string')
  return value === undefined || typeof value === 'function'
}

function readStore(file: string, store: unknown): boolean {
  if (store !== undefined && typeof store !== 'boolean') throw errors.ROUTE_STORE_INVALID({ file })
  return store !== false
}

function readAccess(file: string, access: string | undefined, rules: AccessRules): Guard | undefined {
  if (access === undefined) return undefined
  const guard = Object.hasOwn(rules, access) ? rules[access] : access === 'everyone' ? everyone : undefined
  if (guard === undefined)
    throw errors.ROUTE_ACCESS_UNKNOWN({ file, access: String(access), known: Object.keys(rules) })
  return guard
}
