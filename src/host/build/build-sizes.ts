// `sizes.json` of a build: what each page costs who visits it, for `layer9 routes` and for tools.
import { readFile, writeFile } from 'node:fs/promises'
import type { RootProps } from '../measured-props.ts'
import type { PageSize } from './sizes.ts'

/** A page's bytes, with those of the props of its roots. */
export interface BuiltPage extends PageSize {
  /** As last seen in development; null where the page was not seen. */
  readonly props: readonly RootProps[] | null
}

/** The content of `sizes.json`. Bytes are compressed with gzip where nothing else is said. */
export interface BuildSizes {
  readonly build: string
  readonly pages: readonly BuiltPage[]
  /** Bytes of script that the first wanted link or form loads on any page. */
  readonly navigation: number
  /** Bytes of script that a page loads besides where the props of its roots hold more than JSON: dates, elements. */
  readonly tagged: number
  /** Bytes of script that a page loads besides where parts of it come later. */
  readonly receiver: number
}

const fileIn = (folder: string): string => `${folder}/sizes.json`

/** Writes it into the folder of a build. */
export async function writeSizes(folder: string, sizes: BuildSizes): Promise<void> {
  await writeFile(fileIn(folder), JSON.stringify(sizes, undefined, 2))
}

/** That of a build; undefined where there is none. */
export async function readSizes(folder: string): Promise<BuildSizes | undefined> {
  const text = await readFile(fileIn(folder), 'utf8').catch(() => undefined)
  // Written by `writeSizes`.
  return text === undefined ? undefined : (JSON.parse(text) as BuildSizes)
}
