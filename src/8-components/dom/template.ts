// A template is parsed once; each block of its shape is a clone. Its holes are reached by steps worked out beforehand.
import type { Hole } from './contract.ts'

/** 0: HTML, 1: the root is inside SVG, 2: inside MathML. */
export type Space = 0 | 1 | 2

/** The static part of an element tree, and its holes. Made once per module, parsed when first shown. */
export interface Template {
  readonly html: string
  readonly holes: readonly Hole[]
  readonly space: Space
  parsed?: Parsed
}

/** A template, ready to be cloned. */
export interface Parsed {
  readonly root: Node
  /** How to reach a node from one reached before: its index times two, plus one for "next sibling" (else first child). */
  readonly steps: readonly number[]
  /** For each hole, which of the reached nodes is its own. */
  readonly reached: readonly number[]
  /** The template's own node of each hole. */
  readonly targets: readonly Node[]
  /** The order in which holes are written: controls last, when attributes that bound their values are there. */
  readonly order: readonly number[]
}

/**
 * Declares a template. Written by the compiler; `html` has one root element, `<!>` stands for each dynamic child.
 *
 * @example
 * const _t1 = template('<p>Hello <!></p>', [child(2)])
 */
export function template(html: string, holes: readonly Hole[] = [], space: Space = 0): Template {
  return { html, holes, space }
}

/** Parses a template, once. */
export function parsed(source: Template): Parsed {
  source.parsed ??= parse(source)
  return source.parsed
}

function parse({ html, holes, space }: Template): Parsed {
  const holder = document.createElement('template')
  const around = ['', 'svg', 'math'][space]
  holder.innerHTML = around ? `<${around}>${html}</${around}>` : html
  // Imported once, so that clones belong to the page's document and custom elements are known there.
  const content = document.importNode(holder.content, true)
  const root = around ? content.firstChild!.firstChild! : content.firstChild!
  const nodes: Node[] = []
  const collect = (node: Node): void => {
    const index = nodes.push(node) - 1
    // A copy: comments are replaced while their siblings are walked.
    for (const child of [...node.childNodes]) collect(child)
    if (node.nodeType === 8) {
      const anchor = document.createTextNode('')
      node.parentNode!.replaceChild(anchor, node)
      nodes[index] = anchor
    }
  }
  collect(root)
  return { root, ...reach(root, holes, nodes) }
}

function reach(root: Node, holes: readonly Hole[], nodes: readonly Node[]): Omit<Parsed, 'root'> {
  const steps: number[] = []
  const places = new Map<Node, number>([[root, 0]])
  const find = (node: Node): number => {
    const known = places.get(node)
    if (known !== undefined) return known
    const before = node.previousSibling
    const from = find(before ?? node.parentNode!)
    const place = steps.push(from * 2 + (before ? 1 : 0))
    places.set(node, place)
    return place
  }
  const targets = holes.map((hole) => nodes[hole.at]!)
  const order = holes.map((_, index) => index)
  order.sort((one, other) => Number(!!holes[one]!.control) - Number(!!holes[other]!.control))
  return { steps, reached: targets.map(find), targets, order }
}
