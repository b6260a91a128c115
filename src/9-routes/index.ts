// The door of the routes: the types that pages, layouts and loaders are written with. Runs anywhere, weighs nothing.
export type { Head, LinkTag, MetaTag } from './head.ts'
export type { ErrorProps, Identity, LayoutProps, LoaderArgs, PageError, PageProps, ParamsOf } from './types.ts'
