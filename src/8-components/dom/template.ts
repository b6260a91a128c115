// A template is parsed once; each block of its shape is a clone.
import type { Hole } from './contract.ts'

/** 0: HTML, 1: the root is inside SVG, 2: inside MathML. */
export type Space = 0 | 1 | 2

/** The static part of an element tree, and its holes. Made once per module, parsed when first shown. */
export interface Template {
  readonly html: string
  readonly holes: readonly Hole[]
  readonly space: Space
  root?: Node
}

/**
 * Declares a template. Written by the compiler; `html` has one root element, `<!>` stands for each dynamic child.
 *
 * @example
 * import { child, template } from 'layer9/components/browser'
 * const _t1 = template('<p>Hello <!></p>', [child(2)])
 */
export function template(html: string, holes: readonly Hole[] = [], space: Space = 0): Template {
  return { html, holes, space }
}

/** The template's own nodes, to be cloned; parsed at first, each `<!>` replaced by an empty text. */
export function rootOf(template: Template): Node {
  const { html, space } = template
  if (!template.root) {
    const around = ['', 'svg', 'math'][space]
    const holder = document.createElement('template')
    holder.innerHTML = around ? `<${around}>${html}</${around}>` : html
    // Imported once, so that clones belong to the page's document and custom elements are known there.
    const root = document.importNode(holder.content, true).firstChild as ChildNode
    template.root = around ? (root.firstChild as Node) : root
    for (const node of preorder(template.root)) {
      if (node.nodeType === 8) (node as Comment).replaceWith('')
    }
  }
  return template.root
}

/** A node and all inside, in document order. Holes count them. */
export function preorder(node: Node, found: Node[] = []): Node[] {
  found.push(node)
  for (let inner = node.firstChild; inner; inner = inner.nextSibling) preorder(inner, found)
  return found
}
