// The server's half of a template: functions of the hole values, which join strings.
import { keepsState } from '../html/keeps-state.ts'
import { attributeOf } from './children.ts'
import type { Names } from './local-names.ts'
import { quote } from './markup.ts'
import type { ServerPiece, Template } from './template.ts'

/**
 * The declarations of a template: `write` joins its markup; the template itself makes the element. It does so at once
 * where every value is ready, each asked in code of its own: a list of values for every row of a table would cost more
 * than what is written.
 */
export function writeServerTemplate({ root, server, values }: Template, index: number, names: Names): string[] {
  const { call } = names
  const template = names.template(index)
  const condition = attributeOf(root, 'key') ? keyIsAsked(server) : null
  const isKeyed = condition !== null
  const html = writePieces(isKeyed ? withKey(server, condition) : server, call)
  const holes = values.map((_, hole) => `v${hole}`)
  const list = [...holes, ...(isKeyed ? ['key'] : [])].join(', ')
  const asking = server.some(asksDocument) ? [`${call('inDocument')}()`] : []
  const ready = [...asking, ...holes.map((hole) => `${call('ready')}(${hole})`)].join(' && ')
  if (ready === '') return [`const ${template} = (${list}) => ${call('written')}(${html});`]
  const write = names.write(index)
  const element = `${call('written')}(${write}(${list}))`
  return [
    `const ${write} = (${list}) => ${html};`,
    `const ${template} = (${list}) => ${ready} ? ${element} : ${call('block')}(${write}, [${list}]);`,
  ]
}

/** Whether a piece depends on the document that it is written for: links are marked by where they lead there. */
function asksDocument(piece: ServerPiece): boolean {
  if (typeof piece === 'string') return false
  if ('select' in piece) return piece.content.some(asksDocument)
  return piece.call === 'link' || piece.call === 'html' || (piece.call === 'spread' && piece.args[1] === quote('a'))
}

/**
 * Whether the key of a template is written: known by its markup, or else code that asks the values of its children, as
 * elements among them may keep a state. Most rows of most tables hold text. `null`: never.
 */
function keyIsAsked(server: readonly ServerPiece[]): string | null {
  const pieces = server.flatMap((piece) => (typeof piece === 'object' && 'select' in piece ? piece.content : [piece]))
  if (keepsState(pieces.map(markupOf).join(''))) return 'true'
  const children = pieces.flatMap((piece) => (typeof piece === 'object' && 'call' in piece ? [piece] : []))
  const asked = children.filter(({ call }) => call === 'child').map(({ args }) => `typeof ${args[0]} === 'object'`)
  return asked.length === 0 ? null : asked.join(' || ')
}

/** What a piece of markup may be, as far as it may keep a state: by its name an attribute, anything as an object. */
function markupOf(piece: ServerPiece): string {
  if (typeof piece === 'string') return piece
  if (!('call' in piece)) return ''
  if (piece.call === 'attribute') return ` ${piece.args[0]!.slice(1, -1)}`
  return piece.call === 'spread' || piece.call === 'html' ? ' data-layer9-keep' : ''
}

/** The key as the first attribute of the root, which the first piece opens. */
function withKey([first, ...rest]: readonly ServerPiece[], condition: string): ServerPiece[] {
  const start = String(first)
  const tag = /^<[^\s>]+/.exec(start)?.[0] ?? ''
  return [tag, { call: 'key', args: ['key', condition] }, start.slice(tag.length), ...rest]
}

/** Joins pieces into one expression: `'<b>' + child(v0) + '</b>'`. */
function writePieces(pieces: readonly ServerPiece[], call: Names['call']): string {
  const terms: string[] = []
  let text = ''
  const flush = (): void => {
    if (text !== '') terms.push(quote(text))
    text = ''
  }
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      text += piece
      continue
    }
    flush()
    if ('call' in piece) terms.push(`${call(piece.call)}(${piece.args.join(', ')})`)
    else terms.push(`${call('selectValue')}(${piece.select}, ${writePieces(piece.content, call)})`)
  }
  flush()
  return terms.length === 0 ? quote('') : terms.join(' + ')
}
