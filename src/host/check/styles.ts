// What a style sheet refers to: @import (and the words of preprocessors for it), `composes … from`, url().
// CSS Syntax Level 3 §4.3: comments and strings are tokens, so what looks like a reference inside them is none.
import type { Reference } from './reference.ts'

/** A comment, a string, a url() with bare content, a word with its `@` or one other character: enough to tell them apart. */
const token =
  /\/\*[\s\S]*?(?:\*\/|$)|(["'])(?:\\[\s\S]|(?!\1)[^\\\n])*\1|\burl\(\s*(?!["'\s])([^)]*?)\s*\)|@?(?:[\w-]|\\(?:[\da-f]{1,6}\s?|[^\n\da-f]))+|[^\s]/gi

/** The same where a double slash begins a comment: SCSS, Less, Stylus. */
const tokenOfPreprocessor = new RegExp(`//[^\\n]*|${token.source}`, 'gi')

type Context = 'import' | 'composes' | 'url' | undefined

/**
 * Words after which strings name other files. `@reference`, `@config` and `@plugin` are Tailwind's, `@value` and
 * `:import("…")` those of CSS modules (in `@value` and `composes` only the string after `from`), `load-css()` Sass's.
 */
const contexts = new Map<string, Context>([
  ...['@import', '@use', '@forward', '@require', '@reference', '@config', '@plugin'].map(
    (word) => [word, 'import'] as const,
  ),
  ...['url', 'src', 'import', 'image-set', '-webkit-image-set', 'load-css'].map((word) => [word, 'url'] as const),
  ...['composes', '@value'].map((word) => [word, 'composes'] as const),
])

/** All references of a style sheet; the path tells CSS from what a preprocessor reads. */
export function styleReferences(path: string, text: string): Reference[] {
  const found: Reference[] = []
  let context: Context
  let fromSeen = false
  for (const match of text.matchAll(path.endsWith('css') && !path.endsWith('.scss') ? token : tokenOfPreprocessor)) {
    const written = match[0]
    const { index } = match
    if (written.startsWith('/*') || written.startsWith('//')) continue
    if (match[2] !== undefined) {
      const at = index + written.indexOf(match[2], 4)
      if (context === 'import' || !isFragment(match[2]))
        found.push(styleReference(unescaped(match[2]), at, at + match[2].length))
      continue
    }
    if (match[1] !== undefined) {
      const wanted = context === 'import' || context === 'url' || (context === 'composes' && fromSeen)
      const name = unescaped(written.slice(1, -1))
      if (wanted && !(context === 'url' && isFragment(name)))
        found.push(styleReference(name, index, index + written.length))
      // `@import url("…") layer(x)`: after its one name the rule goes on with other things.
      if (context === 'import') context = undefined
      continue
    }
    const word = unescaped(written).toLowerCase()
    if (word === 'from') fromSeen = true
    else if (/^[;{}]$/.test(word) || (word === ')' && context === 'url')) context = undefined
    else if (context === undefined && contexts.has(word)) {
      // As a property's name (`src: url(…)`) such a word introduces no string.
      const called = contexts.get(word) !== 'url' || text[index + written.length] === '('
      if (called) [context, fromSeen] = [contexts.get(word), false]
    }
  }
  return found.filter(({ specifier }) => specifier !== null && !/^(?:[a-z][a-z\d+.-]+:|\/\/)/i.test(specifier))
}

/** In `url()` a `#` points into the document; elsewhere it begins a name of the package's `imports`. */
const isFragment = (name: string): boolean => name.startsWith('#')

/** A bare name in CSS is a path beside the sheet: `url(a.png)` is `./a.png`. Packages are tried by the resolver after. */
function styleReference(written: string, start: number, end: number): Reference {
  return { form: 'style', specifier: written, start, end, typeOnly: false, names: [] }
}

/** CSS Syntax Level 3 §4.3.7: a backslash and up to six hex digits, or the character itself. */
function unescaped(text: string): string {
  return text.replace(/\\(?:([\da-f]{1,6})\s?|([\s\S]))/gi, (_, hex: string | undefined, char: string | undefined) =>
    hex ? String.fromCodePoint(Number.parseInt(hex, 16)) : (char ?? ''),
  )
}
