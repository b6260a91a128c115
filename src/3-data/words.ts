// The words of a text, as both databases search for them: without upper case, accents and punctuation. There is one list of
// what each character is, and two that read it: `toWords()` (SQLite calls it) and a function of Postgres. What one of them
// did otherwise would be found on one database alone, so neither asks its own idea of letters, but for the normal form of
// Unicode (NFKD), which is the same everywhere: it takes accents off their letters, and writes ligatures out.

/** Code points, the first and the last. */
type Range = readonly [number, number]

const one = (...points: number[]): Range[] => points.map((point) => [point, point])

/** Accents and the like, and what is not seen: they are left out, within a word too. */
const unseen: readonly Range[] = [
  ...one(0xad, 0x5bf, 0x5c7, 0x640, 0x670, 0xfeff),
  ...([
    [0x300, 0x36f],
    [0x483, 0x489],
    [0x591, 0x5bd],
    [0x5c1, 0x5c2],
    [0x5c4, 0x5c5],
    [0x610, 0x61a],
    [0x64b, 0x65f],
    [0x6d6, 0x6dc],
    [0x6df, 0x6e4],
    [0x6e7, 0x6e8],
    [0x6ea, 0x6ed],
    [0x180b, 0x180e],
    [0x1ab0, 0x1aff],
    [0x1dc0, 0x1dff],
    [0x200b, 0x200f],
    [0x202a, 0x202e],
    [0x2060, 0x2064],
    [0x20d0, 0x20ff],
    [0x3099, 0x309a],
    [0xfe00, 0xfe0f],
    [0xfe20, 0xfe2f],
    [0xe0100, 0xe01ef],
  ] satisfies Range[]),
]

/** Chinese and Japanese are written without spaces: each of these is a word. */
const alone: readonly Range[] = [
  [0x2e80, 0x2fdf],
  [0x3005, 0x3007],
  [0x3021, 0x3029],
  [0x3041, 0x3096],
  [0x309d, 0x309f],
  [0x30a1, 0x30fa],
  [0x30fc, 0x30ff],
  [0x31f0, 0x31ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xf900, 0xfaff],
  [0x20000, 0x3ffff],
]

/** Spaces, punctuation, signs and pictures. All that is in no list is part of a word. */
const between: readonly Range[] = [
  ...one(0xd7, 0xf7, 0x2ed, 0x375, 0x37e, 0x387, 0x3f6, 0x482, 0x5be, 0x5c0, 0x5c3, 0x5c6, 0x6d4, 0x6e9, 0x970),
  ...one(0xe3f, 0xe4f, 0x10fb, 0x1680, 0x3030, 0x30a0, 0x30fb),
  ...([
    [0x1, 0x2f],
    [0x3a, 0x40],
    [0x5b, 0x60],
    [0x7b, 0xa9],
    [0xab, 0xb4],
    [0xb6, 0xb9],
    [0xbb, 0xbf],
    [0x2c2, 0x2c5],
    [0x2d2, 0x2df],
    [0x2e5, 0x2eb],
    [0x2ef, 0x2ff],
    [0x384, 0x385],
    [0x55a, 0x55f],
    [0x589, 0x58f],
    [0x5f3, 0x5f4],
    [0x600, 0x60f],
    [0x61b, 0x61f],
    [0x66a, 0x66d],
    [0x6dd, 0x6de],
    [0x6fd, 0x6fe],
    [0x700, 0x70f],
    [0x964, 0x965],
    [0xe5a, 0xe5b],
    [0xf04, 0xf12],
    [0xf3a, 0xf3d],
    [0x104a, 0x104f],
    [0x1360, 0x1368],
    [0x166d, 0x166e],
    [0x16eb, 0x16ed],
    [0x17d4, 0x17db],
    [0x1800, 0x180a],
    [0x2000, 0x206f],
    [0x207a, 0x207e],
    [0x208a, 0x208e],
    [0x20a0, 0x20cf],
    [0x2190, 0x245f],
    [0x2500, 0x2bff],
    [0x2e00, 0x2e7f],
    [0x3000, 0x3004],
    [0x3008, 0x3020],
    [0x3036, 0x3037],
    [0x303d, 0x303f],
    [0xe000, 0xf8ff],
    [0xfd3e, 0xfd3f],
    [0xfe10, 0xfe19],
    [0xfe30, 0xfe6f],
    [0xffe0, 0xffff],
    [0x1d100, 0x1d1ff],
    [0x1f000, 0x1fbff],
  ] satisfies Range[]),
]

/** Letters that are two. */
const pairs: readonly (readonly [string, string])[] = [
  ['ß', 'ss'],
  ['ẞ', 'ss'],
  ['æ', 'ae'],
  ['Æ', 'ae'],
  ['œ', 'oe'],
  ['Œ', 'oe'],
]

/** Letters whose stroke or form is no accent to Unicode, but to whoever searches. */
const strokes: Readonly<Record<string, string>> = { ø: 'o', đ: 'd', ħ: 'h', ı: 'i', ł: 'l', ŧ: 't', ς: 'σ' }

/** Latin, Greek, Cyrillic (modern and other) and Armenian: Postgres goes through a list for each character of a text. */
const scripts: readonly Range[] = [
  [0x80, 0x24f],
  [0x250, 0x3ff],
  [0x400, 0x42f],
  [0x430, 0x52f],
  [0x530, 0x58f],
]

/** Their letters, by what they are searched as. Those of ASCII are known to everyone. */
const lists: readonly ReadonlyMap<string, string>[] = scripts.map((script) => new Map(readLetters(script)))
const letters: ReadonlyMap<string, string> = new Map(lists.flatMap((list) => [...list]))

function* readLetters([first, last]: Range): Generator<[string, string]> {
  for (let point = first; point <= last; point++) {
    const letter = String.fromCodePoint(point)
    const lower = letter.toLowerCase()
    const plain = strokes[lower] ?? lower
    // The normal form has none of those that are made of several.
    if (plain !== letter && plain.length === 1 && letter.normalize('NFKD') === letter) yield [letter, plain]
  }
}

/** Of a longer word only its beginning is kept. A database has its limits, and nobody types that. */
const longestWord = 255
/** Characters of a text that are searched. */
const longestText = 100_000

const classOf = (ranges: readonly Range[], write: (point: number) => string): string =>
  `[${ranges.map(([first, last]) => `${write(first)}-${write(last)}`).join('')}]`

const pattern = (ranges: readonly Range[], more = ''): RegExp =>
  new RegExp(classOf(ranges, (point) => `\\u{${point.toString(16)}}`) + more, 'gu')

const [unseenPattern, alonePattern, betweenPattern] = [
  pattern(unseen),
  pattern(alone),
  pattern([[0, 0], ...between], '+'),
]
const pairOf = new Map(pairs)
const tail = new RegExp(`([^ ]{${longestWord}})[^ ]+`, 'gu')

/** The words of a text with spaces between. @example toWords('Crème brûlée!') // 'creme brulee ' */
export function toWords(text: string): string {
  const words = text
    .toWellFormed()
    .normalize('NFKD')
    .replace(/[^\0-\x7f]/g, (letter) => pairOf.get(letter) ?? letters.get(letter) ?? letter)
    .replace(/[A-Z]+/g, (upper) => upper.toLowerCase())
    .replace(unseenPattern, '')
    .replace(alonePattern, ' $& ')
    .replace(betweenPattern, ' ')
    .replace(tail, '$1')
  return words.length <= longestText ? words : [...words].slice(0, longestText).join('')
}

/** The name of the function that SQLite is given, which is `toWords()`. */
export const wordsOnSqlite = 'layer9_words'

/** The name of the function of Postgres that makes a text searchable. */
export const vectorOnPostgres = 'layer9_search'

/** The statement that makes it: the same as `toWords()`, as a `tsvector`. What a text has nothing of takes no time. */
export function vectorFunction(): string {
  const range = (ranges: readonly Range[]): string =>
    classOf(ranges, (point) => `\\U${point.toString(16).padStart(8, '0')}`)
  const pairsReplaced = pairs.reduce((inner, [pair, two]) => `replace(${inner}, '${pair}', '${two}')`, 'words')
  const translated = lists.map((list) => {
    const [from, to] = [[...list.keys()].join(''), [...list.values()].join('')]
    return `    if words ~ '[${from}]' then words := translate(words, '${from}', '${to}'); end if;`
  })
  return `create or replace function ${vectorOnPostgres}(given text) returns tsvector
language plpgsql immutable parallel safe as $$
declare
  words text collate "C" := coalesce(given, '');
begin
  if words ~ '[^\\u0001-\\u007f]' then
    words := normalize(words, NFKD);
    words := ${pairsReplaced};
${translated.join('\n')}
    words := regexp_replace(words, '${range(unseen)}', '', 'g');
    words := regexp_replace(words, '${range(alone)}', ' \\& ', 'g');
  end if;
  words := regexp_replace(lower(words), '${range(between)}+', ' ', 'g');
  return left(regexp_replace(words, '([^ ]{${longestWord}})[^ ]+', '\\1', 'g'), ${longestText})::tsvector;
end $$`
}
