// The figures of the README: a table between two comments, made from bench/results. So none is ever copied by hand, and a
// missed mark is said as plainly as one that is met.
import type { Figure } from './status-rows.ts'

/** One file of bench/results. */
export interface BenchResult {
  /** What `npm run bench -- NAME` calls it. */
  name: string
  /** When it was measured; ISO 8601. */
  date: string
  machine: { cpu: string; cores: number; memoryGiB: number; kernel: string }
  versions: { node: string }
  rows: readonly Figure[]
}

const begin =
  '<!-- figures: made by `npm run status` from bench/results. Measure with `npm run bench` instead of editing. -->'
const end = '<!-- /figures -->'

/** What the figures are, in the order of the table. Those with a mark that nobody has described come last, by their ids. */
const subjects: Readonly<Record<string, string>> = {
  'http/http-json': 'CPU time of a request for JSON',
  'http/http-small-page': 'CPU time of a request for a small page',
  'http/http-table': 'CPU time of a request for a table of 1,000 rows',
  'middleware/middleware-json': 'CPU time that the default chain adds to a request',
  'memory/memory-idle': 'memory of an idle server',
  'start/start-first-response': 'start to the first response',
  'bytes/bytes-plain-script': 'script of a page that does nothing in the browser',
  'bytes/bytes-counter-script': 'script of a page with a counter',
  'bytes/bytes-navigation-script': 'script that is loaded once a link or a form is wanted',
  'bytes/bytes-table-html': 'HTML of the table',
  'click/click-works': 'a click works, on a slow phone',
  'navigation/ten-clicks': 'ten clicks through a heavy layout',
  'navigation/ten-clicks-bytes': 'bytes of the ten clicks, beside the lightest peer',
  'navigation/ten-clicks-cpu': 'CPU time of the ten clicks, beside the quickest peer',
  'navigation/ten-clicks-bytes-without-prefetch': 'the same bytes without prefetching',
  'navigation/ten-clicks-cpu-without-prefetch': 'the same CPU time without prefetching',
  'build/build-clean': 'a clean build of the counter',
  'dev/dev-cold-click': 'development, cold: from the command to a click that works',
  'dev/dev-warm-click': 'development, warm: from the command to a click that works',
  'dev/dev-hot-reload': 'hot reload: from a written file to the changed page, state kept',
  'data/sqlite-key': 'a row by its key from SQLite, beside node:sqlite by hand',
  'data/sqlite-list-100': 'a list of 100 rows from SQLite',
  'data/sqlite-list-1000': 'a list of 1,000 rows from SQLite',
  'data/sqlite-join': 'a join of 20 rows from SQLite',
  'data/sqlite-insert': 'a row inserted into SQLite',
  'data/sqlite-update': 'a row updated in SQLite',
  'data/sqlite-transaction': 'a transaction of three statements on SQLite',
  'data/tracking-key': 'a row by its key, beside the same without recording what is read',
  'data/tracking-list-100': 'a list of 100 rows, beside the same without recording what is read',
  'check/check/cold': 'layer check of 10,000 files, cold',
  'check/check/10-changed': 'layer check of 10,000 files, 10 of them changed',
  'check/check/unchanged': 'layer check of 10,000 files, none changed',
}

/** A figure and what it is a figure of. */
interface Subject {
  subject: string
  /** It has words of its own above. */
  isDescribed: boolean
  figure: Figure
}

/** The README with its figures as the results have them. Without the two comments it has none, and stays as it is. */
export function writeFigures(readme: string, results: readonly BenchResult[]): string {
  const place = findFigures(readme)
  return place ? [...place.before, ...drawFigures(results), ...place.after].join('\n') : readme
}

/** The README without its figures, each line where it was: nobody has to prove line by line what is made from results. */
export function withoutFigures(readme: string): string {
  const place = findFigures(readme)
  return place ? [...place.before, ...place.made.map(() => ''), ...place.after].join('\n') : readme
}

function findFigures(readme: string): { before: string[]; made: string[]; after: string[] } | undefined {
  const lines = readme.split('\n')
  const [first, last] = [lines.indexOf(begin), lines.indexOf(end)]
  if (first < 0 || last < first) return
  return { before: lines.slice(0, first + 1), made: lines.slice(first + 1, last), after: lines.slice(last) }
}

/** What stands between the comments. */
function drawFigures(results: readonly BenchResult[]): string[] {
  const subjects = sortSubjects(results)
  if (subjects.length === 0) return ['', 'Nothing has been measured yet.', '']
  const shown = subjects.filter(isShown)
  const left = subjects.length - shown.length
  return [
    '',
    drawVerdict(subjects),
    '',
    '| | Layer9 | the floor | mark | |',
    '|---|---|---|---|---|',
    ...shown.map(({ subject, figure }) => drawRow(subject, figure)),
    '',
    ...(left > 0 ? [`${left} more figures, those of others for the same among them, are in STATUS.md.`, ''] : []),
    ...drawMachines(results),
    'The floor is bare node:http with the same bytes, the same page by hand, or node:sqlite. Brackets hold the 95% interval',
    'of the ratio: a mark counts as missed when all of it is beyond, and as faster than another when all of it is below 1.',
    '',
  ]
}

function sortSubjects(results: readonly BenchResult[]): Subject[] {
  const order = Object.keys(subjects)
  const place = (key: string) => (order.indexOf(key) + order.length + 1) % (order.length + 1)
  return results
    .flatMap(({ name, rows }) => rows.map((figure) => ({ key: `${name}/${figure.id}`, figure })))
    .sort((one, other) => place(one.key) - place(other.key))
    .map(({ key, figure }) => ({ subject: subjects[key] ?? `\`${key}\``, isDescribed: key in subjects, figure }))
}

/**
 * What is missed has to be seen. Of the rest not each of the six things that a database does, beside each of those who do
 * it, nor what another figure is made of.
 */
function isShown({ isDescribed, figure: { id, met } }: Subject): boolean {
  return met === false || isDescribed || (met === true && !id.includes('-beside-'))
}

function drawVerdict(all: readonly Subject[]): string {
  const marked = all.filter(({ figure }) => figure.met !== undefined)
  const missed = marked.filter(({ figure }) => !figure.met)
  const met = `${marked.length - missed.length} of ${marked.length} marks are met.`
  if (missed.length === 0) return met
  return `${met} Missed: ${missed.map(({ subject }) => subject).join('; ')}.`
}

function drawRow(subject: string, figure: Figure): string {
  const { value, unit = '', mark = '', met } = figure
  const verdict = met === undefined ? '' : met ? 'met' : '**missed**'
  return `| ${[subject, `${short(value)} ${unit}`.trim(), drawFloor(figure), mark, verdict].join(' | ')} |`
}

function drawFloor({ floor, ratio, interval, unit = '' }: Figure): string {
  const [low, high] = interval ?? []
  const between = low === undefined || high === undefined ? '' : ` (${fixed(low)} to ${fixed(high)})`
  if (floor === undefined) return ''
  return `${short(floor)} ${unit}${ratio === undefined ? '' : `: ${fixed(ratio)}x${between}`}`
}

/** On what and when: a line for all that was measured on the same day and machine. */
function drawMachines(results: readonly BenchResult[]): string[] {
  const groups = Map.groupBy(results, ({ date, machine: { cpu, cores, memoryGiB, kernel }, versions: { node } }) => {
    return `on ${date.slice(0, 10)}: ${cpu}, ${cores} cores, ${memoryGiB} GiB, kernel ${kernel}, Node ${node.slice(1)}`
  })
  return Array.from(groups, ([where, group]) => {
    const names = groups.size === 1 ? '' : ` -- ${group.map(({ name }) => name).join(' ')}`
    return `Measured with \`npm run bench${names}\` ${where}.`
  })
}

const short = (value: number): string => String(Number(value.toPrecision(3)))
const fixed = (ratio: number): string => ratio.toFixed(2)
