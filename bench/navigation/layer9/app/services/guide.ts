// What every app of this benchmark shows: 200 pages of a few KB, the navigation over all of them, a sidebar. Words come
// from a generator, so that texts compress about as prose does, and are the same in every run and in every app.

/** A link of the navigation. */
export interface Link {
  path: string
  title: string
}

/** A page: 3 to 4 KB of text. */
export interface Page {
  title: string
  lead: string
  sections: readonly { id: string; heading: string; text: string }[]
}

/** What stands around every page. */
export interface Site {
  groups: readonly { heading: string; links: readonly Link[] }[]
  recent: readonly (Link & { note: string })[]
  /** Whether links are prefetched as the framework does by default. */
  prefetch: boolean
}

const syllables =
  'ka lo mi ren ta vo si del mar un ter pol gra ne shi bo lan fe co wi dra st ur pe no qua li hem'.split(' ')

/** A generator of its own for each text (mulberry32), so that no text depends on another. */
function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

const random = createRandom(1)
const vocabulary = Array.from({ length: 1200 }, () =>
  Array.from({ length: 1 + random(3) }, () => syllables[random(syllables.length)]).join(''),
)

/** Few words are frequent and many are rare, as in prose. */
function writeWords(pick: (below: number) => number, count: number): string {
  const word = () => vocabulary[Math.floor((pick(1000) * pick(1000) * vocabulary.length) / 1_000_000)] as string
  const text = Array.from({ length: count }, word).join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function writePage(index: number): Page {
  const pick = createRandom(1000 + index)
  return {
    title: `${writeWords(pick, 3)} ${index}`,
    lead: `${writeWords(pick, 24)}.`,
    sections: Array.from({ length: 6 }, (_, section) => ({
      id: `part-${section + 1}`,
      heading: writeWords(pick, 4),
      text: `${writeWords(pick, 90)}.`,
    })),
  }
}

const pages = Array.from({ length: 200 }, (_, index) => writePage(index))
const links = pages.map(({ title }, index): Link => ({ path: `/guide/page-${index}`, title }))
const site: Site = {
  groups: Array.from({ length: 20 }, (_, group) => ({
    heading: `Part ${group + 1}`,
    links: links.slice(group * 10, group * 10 + 10),
  })),
  recent: Array.from({ length: 12 }, (_, place) => {
    const index = 199 - place * 7
    return { ...(links[index] as Link), note: writeWords(createRandom(5000 + place), 14) }
  }),
  prefetch: process.env['PREFETCH'] !== 'off',
}

/** What stands around every page. */
export const readSite = (): Site => site

/** The page of an address `page-0` to `page-199`; undefined for others. */
export const readPage = (name: string): Page | undefined => pages[Number(name.replace('page-', ''))]
