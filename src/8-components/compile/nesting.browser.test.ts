// The rules of nesting against the parser they speak of: random trees, built by hand and by the browser.
import { describe, expect, it } from 'vitest'
import { eachCase, type Random } from '../../../tests/harness/random.ts'
import { htmlIslands } from './markup.ts'
import { foreignProblem, nestingProblem, textProblem } from './nesting.ts'

interface Tree {
  readonly tag: string
  readonly children: readonly (Tree | string)[]
}

const tags = (
  'a address article b blockquote button caption center col colgroup dd details div dl dt em fieldset figure font footer form h1 h2 ' +
  'header hr i img input label legend li main menu nav nobr object ol optgroup option p pre ruby rt s search section select small ' +
  'span strong summary svg table tbody td textarea tfoot th thead tr u ul video'
).split(' ')
const voids = new Set(['col', 'hr', 'img', 'input'])
const svgTags = ['g', 'path', 'foreignObject', 'title', 'desc', 'a', 'p', 'div', 'text', 'span']

/** Newer parsers keep in a select what older ones drop: there the rules are stricter than this browser. */
const isStricter = (html: string) =>
  html.includes('<select') || linkInIsland.test(html) || (inTable.test(html) && html.includes('<form></form>'))

/** A link in the HTML that SVG holds ends a link around the SVG, which shows only where something follows. */
const linkInIsland = /<a>.*<(?:foreignObject|title|desc)>.*<a>/

/** A form between the parts of a table stays there, but only as long as it is empty. */
const inTable = /<(?:table|thead|tbody|tfoot|tr)>/

/** What is likely to stand in an element, so that tables and lists get deep enough. */
const likely: Record<string, string[]> = {
  table: ['tbody', 'thead', 'caption', 'colgroup', 'tr'],
  tbody: ['tr'],
  thead: ['tr'],
  tfoot: ['tr'],
  tr: ['td', 'th'],
  colgroup: ['col'],
  ul: ['li'],
  ol: ['li'],
  dl: ['dt', 'dd', 'div'],
  select: ['option', 'optgroup', 'hr'],
  optgroup: ['option'],
}

function grow(random: Random, parent: string | null, depth: number, inSvg = false): Tree {
  const { pick, fraction } = random
  const isSvg = parent === 'svg' || (inSvg && !htmlIslands.has(parent ?? ''))
  const tag = isSvg
    ? pick(svgTags)
    : parent !== null && likely[parent] && fraction() < 0.85
      ? pick(likely[parent])
      : pick(tags)
  if (voids.has(tag) && !isSvg) return { tag, children: [] }
  const children: (Tree | string)[] = []
  const isText = !isSvg && ['textarea', 'option'].includes(tag)
  for (let count = depth > 5 ? 0 : random.below(3); count > 0; count--) {
    const last = typeof children.at(-1) === 'string'
    if (isText || (fraction() < 0.25 && !last)) {
      if (!last) children.push(fraction() < 0.7 ? 'text' : ' ')
    } else children.push(grow(random, tag, depth + 1, isSvg))
  }
  return { tag, children }
}

type Language = 'html' | 'svg'

/** Whether the rules let a tree be. */
function isAllowed(tree: Tree, language: Language = 'html', stack: readonly string[] = []): boolean {
  const parent = stack.at(-1)
  const problem =
    language === 'html'
      ? nestingProblem(tree.tag, stack)
      : parent === undefined
        ? null
        : foreignProblem(tree.tag, parent)
  if (problem) return false
  const own: Language = tree.tag === 'svg' ? 'svg' : language
  const inner: Language = own === 'svg' && htmlIslands.has(tree.tag) ? 'html' : own
  return tree.children.every((child) =>
    typeof child === 'string'
      ? inner !== 'html' || child.trim() === '' || textProblem(tree.tag) === null
      : isAllowed(child, inner, [...stack, tree.tag]),
  )
}

function write({ tag, children }: Tree): string {
  const content = children.map((child) => (typeof child === 'string' ? child : write(child))).join('')
  return voids.has(tag) ? `<${tag}>` : `<${tag}>${content}</${tag}>`
}

/** The tree that the parser made, in the same words. */
function read(node: Element): string {
  const content = [...node.childNodes]
    .map((child) => (child instanceof Element ? read(child) : child.textContent))
    .join('')
  return voids.has(node.localName) ? `<${node.localName}>` : `<${node.localName}>${content}</${node.localName}>`
}

function parse(html: string): string {
  const holder = document.createElement('template')
  holder.innerHTML = html
  return [...holder.content.childNodes]
    .map((node) => (node instanceof Element ? read(node) : node.textContent))
    .join('')
}

describe('nestingProblem', () => {
  it('agrees with the parser about random trees', async () => {
    const seen = { allowed: 0, refused: 0 }
    // Trees are small and the rules many: a hundred of them are a case.
    await eachCase((random) => {
      for (let round = 0; round < 100; round++) {
        const tree = grow(random, null, 0)
        const html = write(tree)
        const isKept = parse(html) === html
        const allowed = isAllowed(tree)
        seen[allowed ? 'allowed' : 'refused']++
        if (isKept !== allowed && !(isKept && isStricter(html))) {
          throw new Error(`${allowed ? 'allowed' : 'refused'} ${html}\nparsed as ${parse(html)}`)
        }
      }
    })
    expect(seen.allowed).toBeGreaterThan(500)
    expect(seen.refused).toBeGreaterThan(500)
  })

  it('sees a link around SVG from a link in the HTML that it holds', () => {
    const island: Tree = { tag: 'foreignObject', children: [{ tag: 'a', children: [] }] }
    const link: Tree = { tag: 'a', children: [{ tag: 'svg', children: [island] }, 'after'] }
    expect(parse(write(link))).toBe('<a><svg><foreignObject><a></a></foreignObject></svg></a>after')
    expect(isAllowed(link)).toBe(false)
  })
})
