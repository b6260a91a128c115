// Walks a tree of elements and writes its template: markup, holes, values and the server's pieces, in one go.
import type { ESTree } from 'vite'
import { escapeText } from '../html/escape.ts'
import { type AttributeOwner, type CompiledAttribute, compileAttributes } from './attributes.ts'
import { attributeOf, attributeValue, type Child, childrenOf, isIntrinsic, nameText, type Part } from './children.ts'
import { compileErrors } from './errors.ts'
import { htmlIslands, inertTags, mathTags, quote, svgTags, textTags, voidTags } from './markup.ts'
import { foreignProblem, type NestingProblem, nestingProblem, textProblem } from './nesting.ts'
import type { ServerPiece } from './server-writer.ts'
import { placeOf, type Source, type Span } from './syntax.ts'
import type { Hole, HoleKind, Template } from './template.ts'

type Language = 'html' | 'svg' | 'math'

/** Where in the tree the builder stands. */
interface Place {
  /** The language its children are in. */
  readonly language: Language
  /** The tags around, outermost first. */
  readonly stack: readonly string[]
}

/** What a builder needs of the module it works for. */
export interface BuilderContext {
  readonly source: Source
  /** Called with each element and fragment that has become part of a template. */
  readonly consume: (node: ESTree.JSXElement | ESTree.JSXFragment) => void
  /** The variable that holds a spread object until its children are read. */
  readonly temporary: () => string
}

/** What the attributes of an element say about its content. Values are named as the server's writer names them. */
interface Contents {
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
  readonly #holes: Hole[] = []
  readonly #values: (readonly Part[])[] = []
  #html = ''
  #server: ServerPiece[] = []
  #count = 0
  #isTextOpen = false
  /** The tag whose content is no part of the page, while the builder is in it. */
  #inert: string | null = null

  constructor(context: BuilderContext) {
    this.#context = context
    this.#source = context.source
  }

  build(root: ESTree.JSXElement): Template {
    const tag = nameText(root.openingElement.name)
    const xmlns = attributeOf(root, 'xmlns')
    const namespace = xmlns ? attributeValue(xmlns).literal : undefined
    const isSvg = tag !== 'svg' && (svgTags.has(tag) || namespace === 'http://www.w3.org/2000/svg')
    const isMath = tag !== 'math' && (mathTags.has(tag) || namespace === 'http://www.w3.org/1998/Math/MathML')
    this.#element(root, { language: isSvg ? 'svg' : isMath ? 'math' : 'html', stack: [] })
    return {
      root,
      html: this.#html,
      namespace: isSvg ? 1 : isMath ? 2 : 0,
      holes: this.#holes,
      values: this.#values,
      server: this.#server,
    }
  }

  #write(markup: string): void {
    this.#html += markup
    this.#server.push(markup)
  }

  /** Adds a hole and returns the value's name on the server. */
  #hole(kind: HoleKind, node: number, value: readonly Part[], name?: string): string {
    this.#holes.push(name === undefined ? { kind, node } : { kind, node, name })
    this.#values.push(value)
    return `v[${this.#values.length - 1}]`
  }

  #element(node: ESTree.JSXElement, place: Place): void {
    const tag = nameText(node.openingElement.name)
    this.#check(node, tag, place)
    this.#context.consume(node)
    const number = this.#count++
    this.#isTextOpen = false
    const language = tag === 'svg' ? 'svg' : tag === 'math' ? 'math' : place.language
    const owner: AttributeOwner = { node, tag, isPlainHtml: language === 'html' && !tag.includes('-') }
    this.#write(`<${tag}`)
    const contents = this.#attributes(owner, number)
    this.#write('>')
    if (language === 'html' && voidTags.has(tag)) this.#voidContent(node, tag)
    else {
      const inner = htmlIslands.has(tag) && language !== 'html' ? 'html' : language
      this.#content(owner, number, contents, { language: inner, stack: [...place.stack, tag] })
      this.#write(`</${tag}>`)
    }
    this.#isTextOpen = false
  }

  #check(node: ESTree.JSXElement, tag: string, place: Place): void {
    const parent = place.stack.at(-1)
    const problem =
      place.language === 'html'
        ? nestingProblem(tag, place.stack)
        : parent === undefined
          ? null
          : foreignProblem(tag, parent)
    if (problem) throw this.#nestingError(problem, `<${tag}>`, node.openingElement)
  }

  #nestingError(problem: NestingProblem, child: string, span: Span): Error {
    return compileErrors.JSX_NESTING({ child, ...problem }, { places: [placeOf(this.#source, span)] })
  }

  /** Writes attributes and their holes; returns what they say about the content. */
  #attributes(owner: AttributeOwner, number: number): Contents {
    const contents: Contents = { readsSpread: false }
    for (const attribute of compileAttributes(owner, this.#source)) {
      if (attribute.kind === 'static') {
        this.#write(attribute.markup)
        continue
      }
      if (this.#inert !== null) throw this.#inertError(this.#inert, owner.node.openingElement)
      const isValue = attribute.kind === 'property' && attribute.name === 'value'
      if (isValue && owner.tag === 'select') contents.selected = attribute.value
      else if (attribute.kind === 'spread') this.#spread(attribute.value, owner, number, contents)
      else this.#attributeHole(attribute, owner, number, contents)
    }
    return contents
  }

  #spread(value: readonly Part[], owner: AttributeOwner, number: number, contents: Contents): void {
    contents.readsSpread = !this.#hasOwnContent(owner)
    const kept = contents.readsSpread ? [`${this.#context.temporary()} = `, ...value] : value
    contents.spread = this.#hole('spread', number, kept)
    this.#server.push({ call: 'spread', args: [contents.spread, quote(owner.tag)] })
  }

  #attributeHole(
    { kind, name, value }: Exclude<CompiledAttribute, { kind: 'static' }>,
    owner: AttributeOwner,
    number: number,
    contents: Contents,
  ): void {
    const hasName = kind === 'attribute' || kind === 'property' || kind === 'on'
    // A textarea's first value is its text, whichever name it is given by.
    const isText = kind === 'attribute' && name === 'value' && owner.tag === 'textarea'
    const slot = isText
      ? this.#hole('text', number, value)
      : this.#hole(kind, number, value, hasName ? name : undefined)
    if (kind === 'property' && name === 'innerHTML') contents.innerHtml = slot
    else if (name === 'value' && owner.tag === 'textarea') contents.value = slot
    else this.#server.push({ call: kind, args: hasName ? [quote(name), slot] : [slot] })
  }

  /** Whether an element's content is written in its JSX, and so not to be taken from a spread object. */
  #hasOwnContent(owner: AttributeOwner): boolean {
    const isTextarea = owner.tag === 'textarea'
    if (owner.isPlainHtml && (voidTags.has(owner.tag) || inertTags.has(owner.tag))) return true
    if (attributeOf(owner.node, 'innerHTML')) return true
    if (isTextarea && (attributeOf(owner.node, 'value') || attributeOf(owner.node, 'defaultValue'))) return true
    return childrenOf(owner.node, this.#source.code, true).length > 0
  }

  #voidContent(node: ESTree.JSXElement, tag: string): void {
    const [child] = childrenOf(node, this.#source.code, true)
    if (!child) return
    throw compileErrors.JSX_VOID_CHILDREN({ tag }, { places: [placeOf(this.#source, spanOf(child))] })
  }

  #content(owner: AttributeOwner, number: number, contents: Contents, place: Place): void {
    const { node, tag } = owner
    const children = childrenOf(node, this.#source.code, true)
    const isChoosing = tag === 'select' && (contents.selected !== undefined || contents.spread !== undefined)
    const given = contents.innerHtml ?? contents.value
    if (given !== undefined) {
      const property = contents.innerHtml === undefined ? 'value' : 'innerHTML'
      const [child] = children
      if (child) {
        const places = [placeOf(this.#source, spanOf(child))]
        throw compileErrors.JSX_CONTENT_TWICE({ tag, property }, { places })
      }
      const isHtml = contents.innerHtml !== undefined
      this.#server.push(isHtml ? { call: 'html', args: [given] } : { call: 'text', args: [given, quote(tag)] })
    } else if (owner.isPlainHtml && textTags.has(tag)) this.#textContent(tag, number, children, contents)
    else if (owner.isPlainHtml && inertTags.has(tag)) this.#inertContent(tag, children, place)
    else if (owner.isPlainHtml && isChoosing) this.#select(number, children, contents, place)
    else this.#nodes(tag, children, contents, place)
  }

  #nodes(tag: string, children: readonly Child[], contents: Contents, place: Place): void {
    if (tag === 'pre' || tag === 'listing') this.#firstLineBreak(children, contents)
    if (contents.readsSpread) this.#childHole([`${this.#context.temporary()}?.children`])
    this.#children(children, place)
  }

  /** On the server the chosen options are marked once they are written; in the browser the value is set after them. */
  #select(number: number, children: readonly Child[], contents: Contents, place: Place): void {
    const outer = this.#server
    this.#server = []
    this.#nodes('select', children, contents, place)
    const content = this.#server
    this.#server = outer
    const select =
      contents.selected === undefined
        ? `${contents.spread}?.value`
        : this.#hole('property', number, contents.selected, 'value')
    this.#server.push({ select, content })
  }

  /** The parser drops a line break right after `<pre>` (HTML §13.2.6.4.7), so one is given to it to drop. */
  #firstLineBreak(children: readonly Child[], contents: Contents): void {
    const [first] = children
    if (first?.kind === 'text' && first.text.startsWith('\n')) this.#write('\n')
    else if (contents.readsSpread || (first && first.kind !== 'text')) this.#server.push('\n')
  }

  #children(children: readonly Child[], place: Place): void {
    for (const child of children) {
      if (child.kind === 'text') this.#text(child.text, child.span, place)
      else if (child.kind === 'fragment') this.#fragment(child.node, place)
      else if (child.kind === 'element' && this.#isPart(child.node)) this.#element(child.node, place)
      else if (child.kind === 'spread') this.#childHole(['[...', child.span, ']'], child.span)
      else this.#childHole([spanOf(child)], spanOf(child))
    }
  }

  #fragment(node: ESTree.JSXFragment, place: Place): void {
    this.#context.consume(node)
    this.#children(childrenOf(node, this.#source.code, true), place)
  }

  /** Whether an element is part of this template: no component, and without a key that could change. */
  #isPart(node: ESTree.JSXElement): boolean {
    if (!isIntrinsic(node)) return false
    const key = attributeOf(node, 'key')
    return !key || attributeValue(key).literal !== undefined
  }

  #text(text: string, span: Span, place: Place): void {
    const parent = place.stack.at(-1)
    const problem = place.language === 'html' && parent !== undefined && /\S/.test(text) ? textProblem(parent) : null
    if (problem) throw this.#nestingError(problem, `"${text.trim()}"`, span)
    this.#write(escapeText(text))
    if (!this.#isTextOpen) this.#count++
    this.#isTextOpen = true
  }

  #childHole(value: readonly Part[], span?: Span): void {
    if (this.#inert !== null) throw this.#inertError(this.#inert, span ?? { start: 0, end: 0 })
    const slot = this.#hole('child', this.#count++, value)
    this.#isTextOpen = false
    this.#html += '<!>'
    this.#server.push({ call: 'child', args: [slot] })
  }

  #inertError(tag: string, span: Span): Error {
    return compileErrors.JSX_INERT_CONTENT({ tag, what: 'this' }, { places: [placeOf(this.#source, span)] })
  }

  /** Elements that hold text alone: one static text, or one hole for the whole of it. */
  #textContent(tag: string, number: number, children: readonly Child[], contents: Contents): void {
    const wrong = children.find(({ kind }) => kind === 'element' || kind === 'fragment')
    if (wrong) throw compileErrors.JSX_RAW_CONTENT({ tag }, { places: [placeOf(this.#source, spanOf(wrong))] })
    const isRaw = textTags.get(tag) === 'raw'
    const [first] = children
    const call = isRaw ? 'rawText' : 'text'
    if (contents.readsSpread) {
      const object = this.#context.temporary()
      const slot = this.#hole('text', number, [`${object}?.children`])
      const value = tag === 'textarea' ? `${contents.spread}?.value ?? ${slot}` : slot
      this.#server.push({ call, args: [value, quote(tag)] })
    } else if (!first) return
    else if (children.length === 1 && first.kind === 'text' && !(isRaw && /<[/!]/.test(first.text))) {
      if (tag === 'textarea' && first.text.startsWith('\n')) this.#write('\n')
      this.#write(isRaw ? first.text : escapeText(first.text))
      this.#count++
    } else {
      if (this.#inert !== null) throw this.#inertError(this.#inert, spanOf(first))
      const slot = this.#hole('text', number, textValue(children))
      this.#server.push({ call, args: [slot, quote(tag)] })
    }
  }

  /** The content of `<template>` and `<noscript>` is markup alone: no node of it is counted. */
  #inertContent(tag: string, children: readonly Child[], place: Place): void {
    const { html, count, inert } = { html: this.#html, count: this.#count, inert: this.#inert }
    this.#inert = tag
    this.#children(children, { language: 'html', stack: tag === 'template' ? [tag] : place.stack })
    this.#inert = inert
    this.#count = count
    // With scripts on, the parser takes what is in a noscript for text: the browser's copy leaves it out.
    if (tag === 'noscript') this.#html = html
  }
}

/** The value of a hole that is the whole text of an element: the one value, or a list of all. */
function textValue(children: readonly Child[]): Part[] {
  const parts = children.flatMap((child): Part[] => [
    ', ',
    ...(child.kind === 'text'
      ? [quote(child.text)]
      : child.kind === 'spread'
        ? (['...', child.span] satisfies Part[])
        : [spanOf(child)]),
  ])
  return children.length === 1 && children[0]?.kind !== 'spread' ? parts.slice(1) : ['[', ...parts.slice(1), ']']
}

/** Where a child stands. */
export function spanOf(child: Child): Span {
  return child.kind === 'element' || child.kind === 'fragment' ? child.node : child.span
}
