// Walks a tree of elements and writes its template: markup, holes, values and the server's pieces, in one go.
import type { ESTree } from 'vite'
import { placeOf } from '../../1-contracts/server.ts'
import { escapeText } from '../html/escape.ts'
import { type AttributeOwner, type CompiledAttribute, compileAttributes, linkPiece } from './attributes.ts'
import {
  attributeOf,
  attributeValue,
  type Child,
  childrenOf,
  isIntrinsic,
  nameText,
  type Part,
  spanOf,
  textValue,
} from './children.ts'
import { compileErrors } from './errors.ts'
import { htmlIslands, inertTags, mathTags, quote, svgTags, textTags, voidTags } from './markup.ts'
import { foreignProblem, type NestingProblem, nestingProblem, textProblem } from './nesting.ts'
import type { Source, Span } from './syntax.ts'
import type { MarkElement, TellPlace, Template } from './template.ts'
import { TemplateOutput } from './template-output.ts'

/** What a builder needs of the module it works for. */
export interface BuilderContext {
  readonly source: Source
  /** Called with each element and fragment that has become part of a template. */
  readonly consume: (node: ESTree.JSXElement | ESTree.JSXFragment) => void
  /** The variable that holds a spread object until its children are read. */
  readonly temporary: () => string
  readonly tell: TellPlace
  readonly mark: MarkElement
}

/** Where in the tree the builder stands. */
interface Place {
  /** The language its children are in. */
  readonly language: 'html' | 'svg' | 'math'
  /** The tags around, outermost first. */
  readonly stack: readonly string[]
}

/** An element while it is written, and what its attributes say about its content. Values are named as on the server. */
interface Opened extends AttributeOwner {
  readonly number: number
  readonly children: readonly Child[]
  /** Where its children stand. */
  readonly inside: Place
  innerHtml?: string
  /** The value of a textarea, which is its text. */
  value?: string
  spread?: string
  /** Whether the children are to be taken from the spread object. */
  readsSpread: boolean
  /** The value of a select, set when its options are there. */
  selected?: readonly Part[]
}

/** Makes the template whose root is this element, and all it holds. */
export function buildTemplate(root: ESTree.JSXElement, context: BuilderContext): Template {
  return new TemplateBuilder(context).build(root)
}

class TemplateBuilder {
  readonly #context: BuilderContext
  readonly #source: Source
  readonly #out = new TemplateOutput()
  /** The tag whose content is no part of the page, while the builder is in it. */
  #inert: string | null = null

  constructor(context: BuilderContext) {
    this.#context = context
    this.#source = context.source
  }

  build(root: ESTree.JSXElement): Template {
    const language = rootLanguage(root)
    this.#element(root, { language, stack: [] })
    const { html, holes, values, server } = this.#out
    return { root, html, namespace: language === 'svg' ? 1 : language === 'math' ? 2 : 0, holes, values, server }
  }

  #element(node: ESTree.JSXElement, place: Place): void {
    const tag = nameText(node.openingElement.name)
    this.#check(node, tag, place)
    this.#context.consume(node)
    const opened = this.#open(node, tag, place)
    this.#out.write(`<${tag}${this.#context.mark(node, place.stack.length === 0)}`)
    this.#attributes(opened)
    this.#out.write('>')
    if (opened.isPlainHtml && voidTags.has(tag)) this.#voidContent(opened)
    else {
      this.#content(opened)
      this.#out.write(`</${tag}>`)
    }
    this.#out.boundary(false)
  }

  #open(node: ESTree.JSXElement, tag: string, place: Place): Opened {
    const language = tag === 'svg' ? 'svg' : tag === 'math' ? 'math' : place.language
    const inner = htmlIslands.has(tag) && language !== 'html' ? 'html' : language
    return {
      node,
      tag,
      isPlainHtml: language === 'html' && !tag.includes('-'),
      number: this.#out.boundary(true),
      children: childrenOf(node, this.#source.code, true),
      inside: { language: inner, stack: [...place.stack, tag] },
      readsSpread: false,
    }
  }

  #check(node: ESTree.JSXElement, tag: string, { language, stack }: Place): void {
    const parent = stack.at(-1)
    const foreign = language !== 'html' && parent !== undefined ? foreignProblem(tag, parent) : null
    const problem = language === 'html' ? nestingProblem(tag, stack) : foreign
    if (problem) throw this.#nestingError(problem, `<${tag}>`, node.openingElement)
  }

  #nestingError(problem: NestingProblem, child: string, span: Span): Error {
    return compileErrors.JSX_NESTING({ child, ...problem }, { places: [placeOf(this.#source, span)] })
  }

  /** Writes attributes and their holes. */
  #attributes(opened: Opened): void {
    for (const attribute of compileAttributes(opened, this.#source)) {
      if (attribute.kind === 'static') {
        this.#out.write(attribute.markup, linkPiece(opened, attribute, quote(attribute.text)))
        continue
      }
      this.#refuseInert(opened.node.openingElement)
      if (opened.tag === 'select' && attribute.name === 'value') opened.selected = attribute.value
      else if (attribute.kind === 'spread') this.#spread(attribute.value, opened)
      else this.#attributeHole(attribute, opened)
    }
  }

  #spread(value: readonly Part[], opened: Opened): void {
    opened.readsSpread = !hasOwnContent(opened)
    const kept = opened.readsSpread ? [`${this.#context.temporary()} = `, ...value] : value
    opened.spread = this.#out.hole({ kind: 'spread', node: opened.number }, kept)
    this.#out.server.push({ call: 'spread', args: [opened.spread, quote(opened.tag), ...this.#told(opened, value)] })
  }

  #attributeHole(attribute: Exclude<CompiledAttribute, { kind: 'static' }>, opened: Opened): void {
    const { name, value } = attribute
    // A textarea's first value is its text, whichever name it is given by.
    const isText = attribute.kind === 'attribute' && name === 'value' && opened.tag === 'textarea'
    const kind = isText ? 'text' : attribute.kind
    const hasName = kind === 'attribute' || kind === 'property' || kind === 'on'
    const slot = this.#out.hole({ kind, node: opened.number, ...(hasName ? { name } : {}) }, value)
    if (kind === 'property' && name === 'innerHTML') opened.innerHtml = slot
    else if (name === 'value' && opened.tag === 'textarea') opened.value = slot
    else {
      const told = kind === 'on' || kind === 'ref' ? this.#told(opened, value) : []
      const args = hasName ? [quote(name), slot, ...told] : [slot, ...told]
      this.#out.server.push(linkPiece(opened, attribute, slot) ?? { call: kind, args })
    }
  }

  /** Where the value of an attribute is written, if that is to be told. */
  #told({ node }: Opened, value: readonly Part[]): string[] {
    const span = value.find((part) => typeof part !== 'string') ?? node.openingElement
    const place = this.#context.tell(node, span)
    return place === null ? [] : [place]
  }

  #voidContent({ tag, children: [child] }: Opened): void {
    if (!child) return
    throw compileErrors.JSX_VOID_CHILDREN({ tag }, { places: [placeOf(this.#source, spanOf(child))] })
  }

  #content(opened: Opened): void {
    const { tag, isPlainHtml } = opened
    const isChoosing = tag === 'select' && (opened.selected !== undefined || opened.spread !== undefined)
    if (opened.innerHtml !== undefined || opened.value !== undefined) this.#givenContent(opened)
    else if (isPlainHtml && textTags.has(tag)) this.#textContent(opened)
    else if (isPlainHtml && inertTags.has(tag)) this.#inertContent(opened)
    else if (isPlainHtml && isChoosing) this.#select(opened)
    else this.#nodes(opened)
  }

  /** Content that an attribute has given. */
  #givenContent({ tag, innerHtml, value, children: [child] }: Opened): void {
    if (child) {
      const places = [placeOf(this.#source, spanOf(child))]
      const property = innerHtml === undefined ? 'value' : 'innerHTML'
      throw compileErrors.JSX_CONTENT_TWICE({ tag, property }, { places })
    }
    if (innerHtml !== undefined) this.#out.server.push({ call: 'html', args: [innerHtml] })
    else this.#out.server.push({ call: 'textContent', args: [value!, quote(tag)] })
  }

  #nodes(opened: Opened): void {
    if (opened.tag === 'pre' || opened.tag === 'listing') this.#firstLineBreak(opened)
    if (opened.readsSpread) this.#out.child([`${this.#context.temporary()}?.children`])
    this.#children(opened.children, opened.inside)
  }

  /** On the server the chosen options are marked once they are written; in the browser the value is set after them. */
  #select(opened: Opened): void {
    const content = this.#out.capture(() => this.#nodes(opened))
    const { selected, number } = opened
    const select =
      selected === undefined
        ? `${opened.spread}?.value`
        : this.#out.hole({ kind: 'property', node: number, name: 'value' }, selected)
    this.#out.server.push({ select, content })
  }

  /** The parser drops a line break right after `<pre>` (HTML §13.2.6.4.7), so one is given to it to drop. */
  #firstLineBreak({ children: [first], readsSpread }: Opened): void {
    if (first?.kind === 'text' && first.text.startsWith('\n')) this.#out.write('\n')
    else if (readsSpread || (first && first.kind !== 'text')) this.#out.server.push('\n')
  }

  #children(children: readonly Child[], place: Place): void {
    for (const child of children) {
      if (child.kind === 'text') this.#text(child.text, child.span, place)
      else if (child.kind === 'fragment') {
        this.#context.consume(child.node)
        this.#children(childrenOf(child.node, this.#source.code, true), place)
      } else if (child.kind === 'element' && isPart(child.node)) this.#element(child.node, place)
      else {
        this.#refuseInert(spanOf(child))
        this.#out.child(child.kind === 'spread' ? ['[...', child.span, ']'] : [spanOf(child)])
      }
    }
  }

  #text(text: string, span: Span, { language, stack }: Place): void {
    const parent = stack.at(-1)
    const problem = language === 'html' && parent !== undefined && /\S/.test(text) ? textProblem(parent) : null
    if (problem) throw this.#nestingError(problem, `"${text.trim()}"`, span)
    this.#out.text(escapeText(text))
  }

  /** @throws JSX_INERT_CONTENT for what is dynamic in content that is no part of the page */
  #refuseInert(span: Span): void {
    if (this.#inert === null) return
    throw compileErrors.JSX_INERT_CONTENT({ tag: this.#inert }, { places: [placeOf(this.#source, span)] })
  }

  /** Elements that hold text alone: one static text, or one hole for the whole of it. */
  #textContent(opened: Opened): void {
    const { tag, number, children } = opened
    const wrong = children.find(({ kind }) => kind === 'element' || kind === 'fragment')
    if (wrong) throw compileErrors.JSX_RAW_CONTENT({ tag }, { places: [placeOf(this.#source, spanOf(wrong))] })
    const isRaw = textTags.get(tag) === 'raw'
    const [first] = children
    if (!first && !opened.readsSpread) return
    if (first?.kind === 'text' && children.length === 1 && !(isRaw && /<[/!]/.test(first.text))) {
      // The parser drops the first line break of a textarea as well.
      if (tag === 'textarea' && first.text.startsWith('\n')) this.#out.write('\n')
      this.#out.text(isRaw ? first.text : escapeText(first.text))
      return
    }
    if (first) this.#refuseInert(spanOf(first))
    const value = opened.readsSpread ? [`${this.#context.temporary()}?.children`] : textValue(children)
    const slot = this.#out.hole({ kind: 'text', node: number }, value)
    const shown = opened.readsSpread && tag === 'textarea' ? `${opened.spread}?.value ?? ${slot}` : slot
    this.#out.server.push({ call: isRaw ? 'rawText' : 'textContent', args: [shown, quote(tag)] })
  }

  /** The content of `<template>` and `<noscript>` is markup alone: no node of it is counted. */
  #inertContent({ tag, children, inside }: Opened): void {
    const { html, count } = this.#out
    const outer = this.#inert
    this.#inert = tag
    this.#children(children, tag === 'template' ? { language: 'html', stack: [tag] } : inside)
    this.#inert = outer
    this.#out.count = count
    // With scripts on, the parser takes what is in a noscript for text: the browser's copy leaves it out.
    if (tag === 'noscript') this.#out.html = html
  }
}

/** The language of a root: by its tag, or by `xmlns` where HTML has the tag too. */
function rootLanguage(root: ESTree.JSXElement): Place['language'] {
  const tag = nameText(root.openingElement.name)
  const attribute = attributeOf(root, 'xmlns')
  const namespace = attribute ? attributeValue(attribute).literal : undefined
  if (tag === 'svg' || tag === 'math') return 'html'
  if (svgTags.has(tag) || namespace === 'http://www.w3.org/2000/svg') return 'svg'
  return mathTags.has(tag) || namespace === 'http://www.w3.org/1998/Math/MathML' ? 'math' : 'html'
}

/** Whether an element is part of the template around it: no component, and without a key that could change. */
function isPart(node: ESTree.JSXElement): boolean {
  if (!isIntrinsic(node)) return false
  const key = attributeOf(node, 'key')
  return !key || attributeValue(key).literal !== undefined
}

/** Whether an element's content is written in its JSX, and so not to be taken from a spread object. */
function hasOwnContent({ node, tag, isPlainHtml, children }: Opened): boolean {
  const isClosed = isPlainHtml && (voidTags.has(tag) || inertTags.has(tag))
  const givers = tag === 'textarea' ? ['innerHTML', 'value', 'defaultValue'] : ['innerHTML']
  return isClosed || children.length > 0 || givers.some((name) => attributeOf(node, name) !== undefined)
}
