// A broken rule, as data: the terminal, the overlay, JSON and the tests all draw from this.
import type { Layer } from './layers.ts'
import type { ReferenceForm } from './reference.ts'

/** The codes of the layer rules. */
export type ViolationCode =
  | 'LAYER_UPWARD'
  | 'LAYER_WIRE'
  | 'LAYER_PLATFORM'
  | 'LAYER_CYCLE'
  | 'LAYER_DOOR'
  | 'LAYER_DOOR_CODE'
  | 'LAYER_UNKNOWN_FOLDER'
  | 'LAYER_NO_FOLDER'
  | 'LAYER_COMPUTED_IMPORT'
  | 'LAYER_TEST_IMPORT'
  | 'LAYER_UNREADABLE'
  | 'LAYER_HIDDEN_STATE'

/** Each rule in one sentence, for lists of rules. */
export const ruleTitles: Readonly<Record<ViolationCode, string>> = {
  LAYER_UPWARD: 'A layer imports only from layers below it.',
  LAYER_WIRE: 'Routes, components and state reach the server only through api.',
  LAYER_PLATFORM: 'What runs in the browser imports nothing that needs Node.',
  LAYER_CYCLE: 'Modules of different folders do not import each other in a circle.',
  LAYER_DOOR: 'A layer of the framework is imported through its doors.',
  LAYER_DOOR_CODE: 'A door of the framework lists names and holds no code.',
  LAYER_UNKNOWN_FOLDER: 'Every folder under app is one of the nine layers.',
  LAYER_NO_FOLDER: 'Every file under app lies in a layer.',
  LAYER_COMPUTED_IMPORT: 'What is imported is known before the program runs.',
  LAYER_TEST_IMPORT: 'Nothing imports a test.',
  LAYER_UNREADABLE: 'A file of a layer can be parsed.',
  LAYER_HIDDEN_STATE: 'A plain component reads no state, not even through a function.',
}

/** What happened, before it is put into words. Paths are relative to the project and use `/`. */
export interface Facts {
  readonly file: string
  /** Counted from 1, as is `column`; both are 1 for what concerns a whole file or folder. */
  readonly line: number
  readonly column: number
  /** How many UTF-16 code units are underlined; 0: nothing to show. */
  readonly length: number
  readonly from?: Layer
  readonly to?: Layer
  /** How it is written: as an import, a pattern, an address … */
  readonly form?: ReferenceForm
  /** As written; `…` when it is computed. */
  readonly specifier: string
  /** The file or module that it leads to. */
  readonly target?: string
  /** The imported bindings, by the names their module gives them. */
  readonly names: readonly string[]
  readonly typeOnly: boolean
  /** Every binding is marked `type`, yet the import itself stays. */
  readonly inlineType?: boolean
  /** Takes the file itself, as text, as an address or as a worker, and not what it exports. */
  readonly asFile?: boolean
  /** The files between this one and the target, or of a circle, in order. */
  readonly chain?: readonly string[]
  /** The parser's message, for a file that cannot be read. */
  readonly reason?: string
  /** The line of source, for the frame. */
  readonly text: string
}

/** One broken rule. */
export interface Violation extends Facts {
  readonly code: ViolationCode
  /** What is wrong, in one line. */
  readonly message: string
  /** The rule and the way out. */
  readonly fix: string
}
