// Markup that the HTML parser would build differently from how it is written (HTML Standard §13.2.6). The browser's
// template and the server's page both go through that parser, so such markup could never be adopted: it is refused.
import { mathTags, svgTags } from './markup.ts'

/** Why an element cannot stand where it stands, and the way out. */
export interface NestingProblem {
  readonly parent: string
  readonly because: string
  readonly way: string
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))

/** Elements whose start tag ends an open paragraph (§13.2.6.4.7). */
const blocks = words(
  'address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 ' +
    'h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p plaintext pre search section summary table ul xmp',
)
/** Elements behind which an outer one is out of the parser's sight (§13.2.4.2, "has an element in scope"). */
const boundaries = words(
  'applet caption html table td th marquee object template foreignObject desc title annotation-xml mi mo mn ms mtext',
)
/**
 * Behind these a new list of formatting elements begins (§13.2.4.3), which is what nested links stumble over. The HTML in
 * an SVG is not among them: a link there ends one around the SVG, though out of its scope, for all that follows.
 */
const markers = words('applet object marquee template td th caption')
/** The parser's "special" elements, at which it stops looking for an open list item; `search` is one not everywhere yet. */
const special = words(
  'applet area article aside base basefont bgsound blockquote body br button caption center col colgroup dd details dir ' +
    'dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html ' +
    'iframe img input keygen li link listing main marquee menu meta nav noembed noframes noscript object ol param ' +
    'plaintext pre script section select source style summary table tbody td template textarea tfoot th thead ' +
    'title tr track ul wbr xmp foreignObject desc annotation-xml',
)
const headings = words('h1 h2 h3 h4 h5 h6')
/** HTML elements at whose start tag the parser leaves SVG or MathML (§13.2.6.5). */
const leavesForeign = words(
  'b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ' +
    'ol p pre ruby s small span strong strike sub sup table tt u ul var',
)
/** What the parts of a table may hold. */
const tableContent: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['table', words('caption colgroup thead tbody tfoot script style template')],
  ['thead', words('tr script style template')],
  ['tbody', words('tr script style template')],
  ['tfoot', words('tr script style template')],
  ['tr', words('td th script style template')],
  ['colgroup', words('col template')],
])
/** What a list of choices may hold. */
const choiceContent: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['select', words('option optgroup hr button script template')],
  ['optgroup', words('option legend script template')],
])
const rubyParts = words('rb rp rt rtc')
/** Elements whose end tag the parser may supply (§13.2.6.3, "generate implied end tags"). */
const impliedEnds = words('dd dt li optgroup option p rb rp rt rtc')
/** Where the parts of a table belong, when their parent is in the same template. */
const tableParents: ReadonlyMap<string, string> = new Map([
  ['tr', 'tbody'],
  ['td', 'tr'],
  ['th', 'tr'],
  ['thead', 'table'],
  ['tbody', 'table'],
  ['tfoot', 'table'],
  ['caption', 'table'],
  ['colgroup', 'table'],
  ['col', 'colgroup'],
])

/**
 * Whether the parser would move an HTML element away from where it is written.
 *
 * @param stack the tags around it in the same template, outermost first; where SVG or MathML hold HTML again, the tag of that element stands in it
 * @example
 * nestingProblem('div', ['main', 'p']) // { parent: '<p>', because: 'a paragraph ends where a block begins', … }
 */
export function nestingProblem(tag: string, stack: readonly string[]): NestingProblem | null {
  const parent = stack.at(-1)
  if (tag === 'html' || tag === 'head' || tag === 'body') {
    return problem(parent ?? 'a component', 'the document around the page is made by Layer9', documentWay(tag))
  }
  if (parent === undefined) return null
  return (
    tableProblem(tag, parent) ??
    choiceProblem(tag, parent, stack) ??
    scopeProblem(tag, stack) ??
    rubyProblem(tag, parent, stack) ??
    itemProblem(tag, stack)
  )
}

/** Whether text that is not blank would be moved out of its parent. */
export function textProblem(parent: string): NestingProblem | null {
  if (!tableContent.has(parent)) return null
  return problem(parent, 'text in a table stands in its cells', 'Put the text into a <td>, <th> or <caption>.')
}

/** Whether an element would end the SVG or MathML it stands in. */
export function foreignProblem(tag: string, parent: string): NestingProblem | null {
  if (!leavesForeign.has(tag) || svgTags.has(tag) || mathTags.has(tag)) return null
  return problem(
    parent,
    'an HTML element ends the SVG or MathML around it',
    `Put it into a <foreignObject>, or use an element of that language instead of <${tag}>.`,
  )
}

function problem(parent: string, because: string, way: string): NestingProblem {
  return { parent: parent === 'a component' ? parent : `<${parent}>`, because, way }
}

function documentWay(tag: string): string {
  return tag === 'head' ? 'Export `head` from the page or layout.' : `Leave <${tag}> out and return its content.`
}

function tableProblem(tag: string, parent: string): NestingProblem | null {
  const allowed = tableContent.get(parent)
  const wanted = tableParents.get(tag)
  if (allowed ? allowed.has(tag) : wanted === undefined || parent === 'template') return null
  if (parent === 'table' && (tag === 'tr' || tag === 'col')) {
    return problem(parent, `the parser puts a <${wanted}> between them`, `Write the <${wanted}> yourself.`)
  }
  if (wanted !== undefined) {
    return problem(parent, `it belongs into a <${wanted}>`, `Put <${tag}> into a <${wanted}>.`)
  }
  return problem(parent, 'what is no part of a table is moved out of it', `Put <${tag}> into a cell.`)
}

/** The nearest of `tags` around an element that is not hidden by one of `ends`. */
function nearest(
  stack: readonly string[],
  isOne: (tag: string) => boolean,
  ends: (tag: string) => boolean,
): string | null {
  for (let index = stack.length - 1; index >= 0; index--) {
    const tag = stack[index]!
    if (isOne(tag)) return tag
    if (ends(tag)) return null
  }
  return null
}

/** Whether an element of that name is open and not hidden by a boundary. */
function isInScope(wanted: string, stack: readonly string[]): boolean {
  return (
    nearest(
      stack,
      (one) => one === wanted,
      (one) => boundaries.has(one),
    ) !== null
  )
}

/** Lists of choices. Parsers before 2025 drop everything else in a select, those since then let some of it be. */
function choiceProblem(tag: string, parent: string, stack: readonly string[]): NestingProblem | null {
  const allowed = choiceContent.get(parent)
  const isList = parent === 'select' || (parent === 'optgroup' && stack.includes('select'))
  if (isList && allowed && !allowed.has(tag)) {
    return problem(parent, 'it holds choices alone', `Put the <${tag}> beside the <select>.`)
  }
  // A button that shows what is chosen may hold much, but no control that would end the list (§13.2.6.4.7, "input", "select").
  if ((tag === 'input' || tag === 'select') && isInScope('select', stack)) {
    return problem('select', 'it ends where another control begins', `Put the <${tag}> beside the <select>.`)
  }
  if (parent === 'option' && (tag === 'option' || tag === 'optgroup')) {
    return problem(parent, 'it ends where the next begins', `Put <${tag}> beside it.`)
  }
  // Deep in that button the parser supplies end tags before a choice (§13.2.6.4.7, "option", "optgroup", "hr").
  const isChoice = tag === 'option' || tag === 'optgroup' || tag === 'hr'
  if (isChoice && !isList && impliedEnds.has(parent) && isInScope('select', stack)) {
    return problem(parent, 'it ends where a choice begins', `Put the <${tag}> right into the <select>.`)
  }
  return null
}

/** The parts of a ruby annotation end the paragraphs and items around them (§13.2.6.4.7, "rb", "rp"). */
function rubyProblem(tag: string, parent: string, stack: readonly string[]): NestingProblem | null {
  if (!rubyParts.has(tag) || !impliedEnds.has(parent) || !isInScope('ruby', stack)) return null
  if (parent === 'rtc' && (tag === 'rt' || tag === 'rp')) return null
  return problem(parent, 'it ends where a part of the ruby begins', `Put <${tag}> right into the <ruby>.`)
}

function scopeProblem(tag: string, stack: readonly string[]): NestingProblem | null {
  const inParagraph =
    nearest(
      stack,
      (one) => one === 'p',
      (one) => one === 'button' || boundaries.has(one),
    ) !== null
  if (blocks.has(tag) && inParagraph) {
    return problem(
      'p',
      'a paragraph ends where a block begins',
      'Make the outer <p> a <div>, or the inner element a <span>.',
    )
  }
  if (
    tag === 'a' &&
    nearest(
      stack,
      (one) => one === 'a',
      (one) => markers.has(one),
    ) !== null
  ) {
    return problem('a', 'a link ends where the next begins', 'Put the links beside each other.')
  }
  if (tag === 'button' && isInScope('button', stack)) {
    return problem('button', 'a button ends where the next begins', 'Put the buttons beside each other.')
  }
  if (
    tag === 'form' &&
    nearest(
      stack,
      (one) => one === 'form',
      (one) => one === 'template',
    ) !== null
  ) {
    return problem(
      'form',
      'a form inside a form is dropped',
      'Put the forms beside each other, or give the control a form attribute.',
    )
  }
  if (tag === 'nobr' && isInScope('nobr', stack)) {
    return problem('nobr', 'it ends where the next begins', 'Use a <span> with white-space: nowrap.')
  }
  return null
}

function itemProblem(tag: string, stack: readonly string[]): NestingProblem | null {
  const parent = stack.at(-1)!
  const kinds = tag === 'li' ? ['li'] : tag === 'dd' || tag === 'dt' ? ['dd', 'dt'] : []
  const stops = (one: string): boolean => special.has(one) && one !== 'address' && one !== 'div' && one !== 'p'
  const open = nearest(stack, (one) => kinds.includes(one), stops)
  if (open !== null) {
    return problem(
      open,
      'an item ends where the next begins',
      `Put a list between them, or make the inner <${tag}> a <div>.`,
    )
  }
  if (headings.has(tag) && headings.has(parent)) {
    return problem(parent, 'a heading ends where the next begins', 'Put the headings beside each other.')
  }
  return null
}
