/** A piece of source text, with what it is. */
export interface Token {
  kind: 'plain' | 'comment' | 'string' | 'keyword' | 'type' | 'tag'
  text: string
}

const keywords =
  'as async await catch const default else export extends for from function if import in instanceof interface let new null of return throw true false try type typeof undefined while'

// Order matters: a keyword in a comment is a comment. Each group of the expression is one kind.
const pattern = new RegExp(
  [
    String.raw`(?<comment>\/\/[^\n]*|\/\*[\s\S]*?\*\/|^#[^\n]*)`,
    String.raw`(?<string>'[^'\n]*'|"[^"\n]*"|\x60[^\x60]*\x60)`,
    String.raw`(?<tag><\/?[A-Za-z][\w.]*(?=[\s>/])|\/?>(?=$|\s*[<{]))`,
    String.raw`\b(?<keyword>${keywords.split(' ').join('|')})\b`,
    String.raw`\b(?<type>[A-Z]\w*)\b`,
  ].join('|'),
  'gm',
)

/** Splits TypeScript, TSX or shell text into coloured pieces; joined they are the text again. */
export function highlight(source: string): Token[] {
  const tokens: Token[] = []
  let end = 0
  for (const match of source.matchAll(pattern)) {
    if (match.index > end) tokens.push({ kind: 'plain', text: source.slice(end, match.index) })
    const kind = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined)?.[0] as Token['kind']
    tokens.push({ kind, text: match[0] })
    end = match.index + match[0].length
  }
  if (end < source.length) tokens.push({ kind: 'plain', text: source.slice(end) })
  return tokens
}
