// The types that route files are written with. They vanish when the code runs.
import type { RoutePattern, Routes } from '../1-contracts/index.ts'
import type { Child } from '../8-components/index.ts'

/** The parameters of a route: `{ id: string }` of `/posts/[id]`; text or texts as long as the routes are not known. */
export type ParamsOf<Pattern extends RoutePattern> = Pattern extends keyof Routes
  ? Routes[Pattern]
  : Readonly<Record<string, string>>

/**
 * What a loader gets.
 *
 * @example
 * export const loader = async ({ params }: LoaderArgs<'/posts/[id]'>) => ({ post: await getPost({ id: params.id }) })
 */
export interface LoaderArgs<Pattern extends RoutePattern = RoutePattern> {
  /** The parts of the path, decoded. */
  readonly params: ParamsOf<Pattern>
  /** The path as it stands in the address, percent-encoded, without the query. */
  readonly path: string
  /** The query, read when it is first asked for. */
  readonly query: URLSearchParams
  /** The same query, by its other name. */
  readonly searchParams: URLSearchParams
  /** The request as the web platform has it, made when it is first asked for. */
  readonly request: Request
  /** Aborted when the visitor leaves. */
  readonly signal: AbortSignal
}

/**
 * What a page or layout is the same by, besides its parameters. A navigation keeps what both documents have of it, the
 * state of live components too, as long as this is equal; else it begins anew. Names of the query, or a function of what a
 * loader gets.
 *
 * @example
 * export const identity: Identity = ['tab']
 */
export type Identity<Pattern extends RoutePattern = RoutePattern> =
  | readonly string[]
  | ((args: LoaderArgs<Pattern>) => string | number | boolean | null | undefined)

/** What a loader's result is in a page: awaited, its own promises left to `Await`. */
type Loaded<Loader> = Loader extends (...args: never) => infer Result ? Awaited<Result> : undefined

/** The parameters that a loader's own arguments name. */
type ParamsFor<Loader> = Loader extends (args: infer Args, ...rest: never) => unknown
  ? Args extends { readonly params: infer Params }
    ? Params
    : Readonly<Record<string, string>>
  : Readonly<Record<string, string>>

/**
 * What a page gets: `PageProps<typeof loader>` with its loader's data, or `PageProps<'/about'>` without a loader.
 *
 * @example
 * export default function PostPage({ data }: PageProps<typeof loader>) { … }
 */
export interface PageProps<Source = undefined> {
  readonly data: Source extends string ? undefined : Loaded<Source>
  readonly params: Source extends RoutePattern ? ParamsOf<Source> : ParamsFor<Source>
  readonly path: string
}

/** What a layout gets: the same, and as `children` what lies inside it. */
export interface LayoutProps<Source = undefined> extends PageProps<Source> {
  readonly children: Child
}

/** What an error page is told. Strangers learn code, status and id; a message only of outcomes, which are meant for them. */
export interface PageError {
  /** `NOT_FOUND`, `FORBIDDEN`, …; `INTERNAL` for anything unexpected. */
  readonly code: string
  readonly status: number
  /** The message of an outcome; absent for anything unexpected. */
  readonly message?: string
  /** Under which the log has the error; absent for outcomes. */
  readonly id?: string
}

/**
 * What `error.tsx` and `not-found.tsx` get.
 *
 * @example
 * export default function ErrorPage({ error }: ErrorProps) { return <p>{error.message ?? `Sorry (${error.id}).`}</p> }
 */
export interface ErrorProps {
  readonly error: PageError
  readonly path: string
}
