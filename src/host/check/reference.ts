// What the scanners find in a file: every way in which it names another one.

/** The form in which a file names another. The rules are the same for all; messages and rule 2 look at `typeOnly`. */
export type ReferenceForm =
  | 'import'
  | 'export'
  | 'dynamic'
  | 'require'
  | 'glob'
  | 'url'
  | 'worker'
  | 'type'
  | 'augmentation'
  | 'directive'
  | 'jsdoc'
  | 'mock'
  | 'style'
  | 'builtin'

/** One mention of another module or file. Offsets are UTF-16 code units from the beginning of the file. */
export interface Reference {
  readonly form: ReferenceForm
  /** What is written, unescaped; null when it cannot be known before the program runs. */
  readonly specifier: string | null
  /** Where the specifier stands, quotes included. */
  readonly start: number
  readonly end: number
  /** Whether the compiler erases it. `import { type T }` is not erased: its import stays in the output. */
  readonly typeOnly: boolean
  /** The bindings it takes, by the names their module gives them; empty for side effects and whole files. */
  readonly names: readonly string[]
  /** For `glob`: all patterns together, `!` ones exclude. For a template with gaps: the pattern that it stands for. */
  readonly patterns?: readonly string[]
  /** For `glob`: asks for files with a query, as text or as addresses. */
  readonly asFile?: true
  /** Set where all bindings carry an inline `type`, so that a message can name the one word that mends it. */
  readonly inlineType?: true
  /** Stands in a `try`: a package that lives without the module asks for it so. */
  readonly guarded?: true
}

/** Queries with which Vite gives a file as text, as an address, or as the beginning of a graph of its own. */
const fileQuery = /[?&](?:raw|url|inline|no-inline|worker|sharedworker)(?:[&=#]|$)/

/**
 * Whether a reference takes the file itself, as it lies on the disk, and not what its module exports: of a module that
 * the build replaces by a stub, browsers would get the source.
 */
export function takesFile({ form, specifier, asFile }: Reference): boolean {
  return form === 'url' || form === 'worker' || asFile === true || fileQuery.test(specifier ?? '')
}

/** What is known of one file after reading it. */
export interface Scan {
  readonly references: readonly Reference[]
  /** The parser's message when the file is not valid, with its place; such a file cannot be judged. */
  readonly fault?: { readonly message: string; readonly start: number; readonly end: number }
}
