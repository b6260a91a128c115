// What both sides share: a tree of elements as static markup with numbered holes. A hole's number is the place of its
// node among all nodes of the template, counted as the HTML parser makes them (ARCHITECTURE.md, Contract 1).
import type { ESTree } from 'vite'
import type { Part } from './children.ts'
import type { Span } from './syntax.ts'

/** A part of the markup: as it is, or what a runtime function gives for some values. */
export type ServerPiece =
  | string
  | { readonly call: string; readonly args: readonly string[] }
  /** `<select value={…}>`: its options are written first, the chosen one marked after. */
  | { readonly select: string; readonly content: readonly ServerPiece[] }

/** What a hole is in the browser: the name of the runtime function that fills it. */
export type HoleKind = 'child' | 'text' | 'attribute' | 'property' | 'classes' | 'styles' | 'on' | 'ref' | 'spread'

/**
 * Where an element, or a span among its attributes, is written, as code for the server's messages; null where nobody is
 * to be told.
 */
export type TellPlace = (element: ESTree.JSXElement, span?: Span) => string | null

/** The attribute that says where an element is written, for the inspector; nothing where nobody is to know. */
export type MarkElement = (element: ESTree.JSXElement, isRoot: boolean) => string

/** One dynamic place of a template. */
export interface Hole {
  readonly kind: HoleKind
  readonly node: number
  /** Attribute, property or event. */
  readonly name?: string
}

/** A maximal tree of elements that one parse makes. */
export interface Template {
  readonly root: ESTree.JSXElement
  /** Markup for the browser, where a comment stands for each child. */
  readonly html: string
  /** How the root is parsed: 0 as HTML, 1 inside `<svg>`, 2 inside `<math>`. */
  readonly namespace: 0 | 1 | 2
  readonly holes: readonly Hole[]
  /** The value of each hole, in the order of `holes`. */
  readonly values: readonly (readonly Part[])[]
  readonly server: readonly ServerPiece[]
}

/** The browser's declaration of a template: `template('<b> </b>', [child(1)], 1)`. */
export function writeTemplate(
  template: Template,
  call: (name: string) => string,
  quoted: (text: string) => string,
): string {
  const holes = template.holes.map((hole) => {
    const { node, name } = hole
    return `/*#__PURE__*/ ${call(holeFunction(hole))}(${name === undefined ? node : `${node}, ${quoted(name)}`})`
  })
  const space = template.namespace === 0 ? '' : `, ${template.namespace}`
  const list = holes.length === 0 && space === '' ? '' : `, [${holes.join(', ')}]`
  return `/*#__PURE__*/ ${call('template')}(${quoted(template.html)}${list}${space})`
}

/** Handlers of the capture phase have a function of their own, so that pages without any ship none of it. */
function holeFunction({ kind, name }: Hole): string {
  if (kind === 'text') return 'textContent'
  return kind === 'on' && isCaptured(name!) ? 'onCapture' : kind
}

/** `focuscapture`, but not `gotpointercapture` and its twin, which are events of their own. */
const isCaptured = (type: string): boolean => /(?<!pointer)capture$/.test(type)
