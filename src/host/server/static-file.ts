// What is known of the files that are served, before any is asked for.

/** One file, and its compressed variants. */
export interface StaticFile {
  /** Absolute path. */
  readonly file: string
  /** Bytes. */
  readonly size: number
  /** Content type. */
  readonly type: string
  /** Strong entity tag of the plain file, with its quotes: `"…"`. */
  readonly etag: string
  /** Its URL changes with its content: kept for a year without asking. Else it is kept, and asked for every time. */
  readonly immutable: boolean
  readonly br?: StaticVariant
  readonly gzip?: StaticVariant
}

/** A file compressed at build. */
export interface StaticVariant {
  readonly file: string
  readonly size: number
}

/** Files by canonical URL path without base, e.g. `/_layer9/assets/app-1a2b.js` or `/robots.txt`. */
export type StaticManifest = Readonly<Record<string, StaticFile>>
