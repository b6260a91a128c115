// Writes JSX that no compiler saw, to the same markup as the compiled.
import { errors } from '../errors.ts'
import { hasRawContent, hasTextContent, isElementName, isVoid } from '../tag.ts'
import { component } from './component.ts'
import { keepsState } from './keeps-state.ts'
import { key as keyAttribute } from './key.ts'
import type { UncompiledElement } from './uncompiled.ts'
import { child, html, rawText, selectValue, spread, text } from './write.ts'

/** The markup of an element that `jsx()` made. */
export function writeUncompiled({ type, props, key }: UncompiledElement): string {
  if (typeof type !== 'string') return child(component(type, props, key))
  if (!isElementName(type)) throw errors.ELEMENT_NAME_INVALID({ name: type })
  const rest = `${spread(props, type)}>${isVoid(type) ? '' : `${content(type, props)}</${type}>`}`
  return `<${type}${key === undefined ? '' : keyAttribute(key, keepsState(`<${type}${rest}`))}${rest}`
}

function content(tag: string, props: Readonly<Record<string, unknown>>): string {
  const { children } = props
  if (props['innerHTML'] != null) return html(props['innerHTML'])
  if (tag === 'textarea') return text(props['value'] ?? props['defaultValue'] ?? children, tag)
  if (hasRawContent(tag)) return rawText(children, tag)
  if (hasTextContent(tag)) return text(children, tag)
  const inside = child(children)
  if (tag === 'select') return selectValue(props['value'] ?? props['defaultValue'], inside)
  // The parser drops a line feed at the beginning of a <pre> (HTML §13.1.2.5).
  return tag === 'pre' && inside.startsWith('\n') ? `\n${inside}` : inside
}
