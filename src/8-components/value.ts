// What a value becomes as an attribute: the same text on both sides, so that what the server wrote is what is adopted.

/** Classes: text, an array of classes, or a record whose true entries count. */
export type ClassValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly ClassValue[]
  | { readonly [name: string]: unknown }

/** Styles: CSS text, or a record of properties in camel case (or custom properties); numbers are pixels where CSS wants a length. */
export type StyleValue =
  | string
  | null
  | undefined
  | false
  | { readonly [property: string]: string | number | null | undefined | false }

/** The `class` attribute's text; empty: no attribute. */
export function classText(value: unknown): string {
  if (!value || value === true) return ''
  if (typeof value !== 'object') return String(value)
  const parts = Array.isArray(value)
    ? value.map(classText)
    : Object.entries(value).map(([name, on]) => (on ? name : ''))
  return parts.filter(Boolean).join(' ')
}

/** CSS properties whose numbers are no lengths. */
const unitless =
  /^--|^(?:animationI|aspect|borderImage[OSW]|column(?:Coun|s$)|counter|fill|flex(?!B)|flood|font(?:W|SizeA)|grid(?:A|Row|Column)(?!.*Gap)|line[CH]|opacity|order|orphans|scale|stop|stroke|tabS|WebkitLine|widows|z)/

/** What is one thing in CSS whatever stands in it: an address, a text in quotes (CSS Syntax 3, §4.3). */
const whole = /url\(\s*(["']?)[^"'()\\\n]*\1\s*\)|(["'])[^"'\\\n]*\2/gi

/** The `style` attribute's text; empty: no attribute. A value that would end its declaration is left out. */
export function styleText(value: unknown): string {
  if (!value || typeof value !== 'object') return typeof value === 'string' ? value : ''
  let text = ''
  for (const [property, set] of Object.entries(value)) {
    if (set == null || typeof set === 'boolean' || set === '') continue
    const name = property.startsWith('--')
      ? property
      : property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    const one = `${name}:${set}${typeof set === 'number' && set !== 0 && !unitless.test(property) ? 'px' : ''}`
    if (!/[;"'\\{}]|url\(|\/\*/i.test(one.replace(whole, ''))) text += `${text && ';'}${one}`
  }
  return text
}

/** Attributes that mean something else when absent than when `false`: HTML enumerates their values. */
const spelled = /^(?:aria-|data-|contented|dragg|spellc)/i

/** An attribute's text, or null for no attribute. */
export function attributeText(name: string, value: unknown): string | null {
  if (value == null || typeof value === 'function' || typeof value === 'symbol') return null
  if (typeof value === 'boolean') return spelled.test(name) ? String(value) : value ? '' : null
  return String(value)
}

/** React's names for attributes that have another one, or that are properties of the same name. */
export const attributeAliases: Readonly<Record<string, string>> = {
  className: 'class',
  htmlFor: 'for',
  defaultValue: 'value',
  defaultChecked: 'checked',
}

/** Set as properties of the element, because their attribute is only the value that it starts with. */
export function isProperty(name: string): boolean {
  return /^(?:value|checked|selected|muted|indeterminate)$/.test(name)
}

/** Whether a name that came from data may be written as an attribute (HTML "attribute name state"; no handlers as text). */
export function isAttributeName(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be kept out
  return /^[^\s"'<>/=\x00-\x1f\x7f]+$/.test(name) && !/^on/i.test(name)
}

/** What a value is, for messages. */
export function kindOf(value: unknown): string {
  if (value == null) return String(value)
  if (typeof value !== 'object') return typeof value === 'symbol' ? 'a symbol' : `a ${typeof value}`
  if (typeof (value as { then?: unknown }).then === 'function') return 'a promise'
  if (Array.isArray(value)) return 'an array'
  const name = value.constructor?.name
  return name && name !== 'Object' ? `an instance of ${name}` : 'a plain object'
}

/** A text child: numbers and text as they are, nothing for nothing. */
export function plainText(value: unknown): string {
  if (value == null || typeof value === 'boolean') return ''
  return Array.isArray(value) ? value.map(plainText).join('') : String(value)
}
