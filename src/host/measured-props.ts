// What roots were given when a page was last seen in development: data that a document holds twice, as text and as props.
import { mkdirSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'

/** One kind of root on a page. */
export interface RootProps {
  /** Project path of its module, e.g. `app/components/Likes.tsx`. */
  readonly module: string
  readonly name: string
  /** How many of it there are. */
  readonly count: number
  /** Bytes of the props of all of them, as they stand in the document, uncompressed. */
  readonly bytes: number
  /** The prop that is most of it. */
  readonly largest?: { readonly name: string; readonly bytes: number }
}

/** By page, e.g. `/posts/[id]`. */
export type MeasuredProps = Readonly<Record<string, readonly RootProps[]>>

const fileOf = (root: string): string => `${root}/.layer9/props.json`

/** What development has seen so far; nothing of an app that was never looked at. */
export async function readMeasuredProps(root: string): Promise<MeasuredProps> {
  const text = await readFile(fileOf(root), 'utf8').catch(() => '{}')
  try {
    // Written by `writeMeasuredProps`.
    return JSON.parse(text) as MeasuredProps
  } catch {
    // Written by a process that ended on the way.
    return {}
  }
}

/** Remembers it for `layer9 build` and `layer9 routes`: at once, for the process may be told to end, or see the next page. */
export function writeMeasuredProps(root: string, props: MeasuredProps): void {
  mkdirSync(`${root}/.layer9`, { recursive: true })
  writeFileSync(fileOf(root), JSON.stringify(props, undefined, 2))
}

/** Bytes of all roots of a page; undefined where it was not seen. */
export const sumProps = (roots: readonly RootProps[] | undefined): number | undefined =>
  roots?.reduce((bytes, root) => bytes + root.bytes, 0)
