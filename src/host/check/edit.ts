// A change of a project's files, as data.

/** Puts a text in place of a stretch of a file, which is given in UTF-16 code units from its beginning. */
export interface TextEdit {
  /** Relative to the project, with `/`. */
  readonly file: string
  readonly start: number
  /** Behind the last one; the same as `start` for a text that is put in. */
  readonly end: number
  readonly text: string
}

/**
 * What a program can apply: the edits, whose places are those in the files as they were checked, then the move. They do
 * not overlap, and are sorted by file and place: from the last to the first each can be made without moving another.
 */
export interface Repair {
  readonly edits: readonly TextEdit[]
  /** A file that goes elsewhere, by its path in the project. Its own imports, and those of it, are among the edits. */
  readonly move?: { readonly from: string; readonly to: string }
}
