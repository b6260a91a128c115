// JSX that no compiler saw, in the browser: a template of one element per tag, its attributes spread.
import type { Element, Key } from '../element.ts'
import { problem } from '../problem.ts'
import { hasTextContent, isElementName, isVoid, spaceOf } from '../tag.ts'
import { block } from './block.ts'
import { child, textContent } from './hole.ts'
import { property } from './property.ts'
import { spread } from './spread.ts'
import { type Template, template } from './template.ts'

/** What stands between the tags. */
type Content = 'none' | 'text' | 'children' | 'options' | 'markup'

const templates = new Map<string, Template>()

/** The element of a tag with these props. @throws ELEMENT_NAME_INVALID */
export function intrinsic(tag: string, props: Readonly<Record<string, unknown>>, key?: Key): Element {
  const content = contentOf(tag, props)
  const name = `${content} ${tag}`
  let shape = templates.get(name)
  if (!shape) {
    shape = shapeOf(tag, content)
    templates.set(name, shape)
  }
  return block(shape, valuesOf(tag, props, content), key)
}

function contentOf(tag: string, props: Readonly<Record<string, unknown>>): Content {
  if (isVoid(tag)) return 'none'
  if (props['innerHTML'] != null) return 'markup'
  if (hasTextContent(tag)) return 'text'
  return tag === 'select' ? 'options' : 'children'
}

function shapeOf(tag: string, content: Content): Template {
  if (!isElementName(tag)) throw problem('ELEMENT_NAME_INVALID', { name: tag })
  const space = spaceOf(tag)
  switch (content) {
    case 'none':
      return template(`<${tag}>`, [spread(0)], space)
    case 'text':
      return template(`<${tag}></${tag}>`, [spread(0), textContent(0)], space)
    case 'markup':
      return template(`<${tag}></${tag}>`, [spread(0), property(0, 'innerHTML')], space)
    case 'options':
      return template(`<${tag}><!></${tag}>`, [spread(0), child(1), property(0, 'value')], space)
    case 'children':
      return template(`<${tag}><!></${tag}>`, [spread(0), child(1)], space)
  }
}

function valuesOf(tag: string, props: Readonly<Record<string, unknown>>, content: Content): readonly unknown[] {
  if (content === 'none') return [props]
  if (content === 'markup') return [props, props['innerHTML']]
  if (content === 'options') return [props, props['children'], props['value'] ?? props['defaultValue']]
  return [props, tag === 'textarea' ? (props['defaultValue'] ?? props['children']) : props['children']]
}
